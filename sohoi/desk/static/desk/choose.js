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
  for (const room of document.querySelectorAll("[data-measures] .measures-room")) {
    let some = false;
    for (const label of room.querySelectorAll("label")) {
      label.hidden = !label.dataset.plain.includes(wanted);
      some ||= !label.hidden;
    }
    room.hidden = !some;
    room.open = wanted ? some : "used" in room.dataset;
    any ||= some;
  }
  document.querySelector("[data-measures-none]").hidden = any;
});

// The units that reported nothing are one line on a telephone, and anywhere when they are many; whoever follows the
// map to one of them sees it.
const MANY = 12;
for (const button of document.querySelectorAll("[data-fold]")) {
  const rows = document.getElementById(button.dataset.fold);
  const show = (open) => {
    rows.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => show(rows.hidden));
  document.addEventListener("click", (event) => event.target.closest("a[href^='#don-vi-']") && show(true));
  if (matchMedia("(width < 48rem)").matches || rows.rows.length > MANY) show(false);
}
