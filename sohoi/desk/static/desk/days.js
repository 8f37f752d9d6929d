// Hôm nay, hôm qua: one tap sets the day; the one that is set looks pressed. The day is also said in words, because
// the calendar of a device may write it in another country's order.
const WEEK = ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"];

function inWords(value) {
  const [year, month, day] = value.split("-").map(Number);
  const week = WEEK[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  return year > 999 && week ? `${week}, ngày ${day} tháng ${month} năm ${year}` : "";
}

for (const words of document.querySelectorAll("[data-day-words]")) {
  const box = document.getElementById(words.dataset.dayWords);
  const say = () => (words.textContent = inWords(box.value));
  for (const moment of ["input", "change"]) box.addEventListener(moment, say);
  say();
}

for (const row of document.querySelectorAll("[data-days]")) {
  const box = document.getElementById(row.dataset.days);
  const buttons = [...row.querySelectorAll("[data-day]")];
  const show = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.day === box.value));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      box.value = button.dataset.day;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  box.addEventListener("input", show);
  box.addEventListener("change", show);
  show();
}
