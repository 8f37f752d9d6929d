// Choosing figures: the fields that belong to the kind of period, and measures that match what is typed, marks or none.
const bare = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").replace(/\s+/g, " ").trim();

const kind = document.querySelector("[data-period]");
if (kind) {
  const show = () => {
    const byDays = kind.value === "D";
    for (const field of document.querySelectorAll("[data-period-days]")) field.hidden = !byDays;
    for (const field of document.querySelectorAll("[data-period-year]")) field.hidden = byDays;
    for (const input of document.querySelectorAll("[data-period-days] input")) input.disabled = !byDays;
    for (const input of document.querySelectorAll("[data-period-year] input")) input.disabled = byDays;
  };
  kind.addEventListener("change", show);
  show();
}

// On a telephone the answer comes first: the questions fold away once there is one.
const choosing = document.querySelector("[data-choosing]");
if (choosing && matchMedia("(width < 48rem)").matches && document.querySelector("[data-answer]")) choosing.open = false;

const find = document.querySelector("[data-measures-find]");
find?.addEventListener("input", () => {
  const wanted = bare(find.value);
  let any = false;
  for (const room of document.querySelectorAll("[data-measures] fieldset")) {
    let some = false;
    for (const label of room.querySelectorAll("label")) {
      label.hidden = !label.dataset.plain.includes(wanted);
      some ||= !label.hidden;
    }
    room.hidden = !some;
    any ||= some;
  }
  document.querySelector("[data-measures-none]").hidden = any;
});
