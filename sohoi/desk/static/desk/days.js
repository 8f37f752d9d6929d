// A day is written day/month/year, whatever the language of the browser; slashes come by themselves as she types, and a
// button opens the calendar of the device. Hôm nay, hôm qua: one tap. The day is also said in words.
const WEEK = ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"];

// "4/5/2024", "4-5-2024" or "2024-05-04" as "2024-05-04"; empty for what is not a day of the calendar
function isoDay(text) {
  const typed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  const iso = typed ? `${typed[3]}-${typed[2].padStart(2, "0")}-${typed[1].padStart(2, "0")}` : text.trim();
  if (!/^\d{4}-\d\d-\d\d$/.test(iso)) return "";
  const day = new Date(`${iso}T00:00:00Z`);
  return !isNaN(day) && day.toISOString().startsWith(iso) ? iso : "";
}

// As the papers write it: a zero before days 1-9 and months 1-2 only
function writtenDay(iso) {
  const [year, month, day] = iso.split("-");
  return `${day}/${Number(month) > 2 ? Number(month) : month}/${year}`;
}

function inWords(text) {
  const iso = isoDay(text);
  if (!iso) return text.length > 7 ? "Ngày này không có trong lịch." : "";
  const [year, month, day] = iso.split("-").map(Number);
  return `${WEEK[new Date(iso).getUTCDay()]}, ngày ${day} tháng ${month} năm ${year}`;
}

function setDay(box, iso) {
  box.value = writtenDay(iso);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function show(box) {
  for (const words of document.querySelectorAll(`[data-day-words="${box.id}"]`)) words.textContent = inWords(box.value);
  for (const row of document.querySelectorAll(`[data-days="${box.id}"]`)) {
    for (const chip of row.querySelectorAll("[data-day]")) {
      chip.setAttribute("aria-pressed", String(chip.dataset.day === isoDay(box.value)));
    }
  }
}

// 15042024 becomes 15/04/2024 while it is typed; a slash or dot that she types herself is taken as it is meant
function slashes(box, event) {
  if (event.data?.length !== 1 || box.selectionStart !== box.value.length) return;
  const text = box.value.replace(/[.\-\s]/g, "/").replace(/\/+/g, "/");
  const ends = /^(\d\d|[4-9])$|^\d{1,2}\/(\d\d|[2-9])$/.test(text);
  box.value = ends ? `${text}/` : text;
}

for (const moment of ["input", "change"]) {
  document.addEventListener(moment, (event) => {
    const box = event.target;
    if (box.matches("[data-day-text]")) {
      if (moment === "input") slashes(box, event);
      show(box);
    } else if (moment === "change" && box.matches(".day-native") && box.value) {
      const text = box.closest("[data-day-box]").querySelector("[data-day-text]");
      setDay(text, box.value);
      text.focus();
    }
  });
}

document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-days] [data-day]");
  if (chip) setDay(document.getElementById(chip.closest("[data-days]").dataset.days), chip.dataset.day);
  const open = event.target.closest("[data-day-open]");
  if (!open) return;
  const [text, native] = open.closest("[data-day-box]").querySelectorAll("input");
  native.value = isoDay(text.value);
  native.showPicker();
});

function begin(part) {
  for (const box of part.querySelectorAll("[data-day-text]")) show(box);
  const opens = "showPicker" in HTMLInputElement.prototype;
  for (const button of part.querySelectorAll("[data-day-open]")) button.hidden = !opens;
}

begin(document);
document.addEventListener("htmx:afterSwap", (event) => begin(event.detail.target));
