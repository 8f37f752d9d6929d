// A list narrowed as she types: what has the very words, else what has words beginning so, else so anywhere; marks do
// not matter in the last two. Enter opens the first that is left.
const plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");

const exact = (text) => text.normalize("NFC").toLowerCase();
const WAYS = [
  (asked, text) => exact(text).includes(exact(asked)),
  (asked, text) => plain(asked).split(/\s+/).every((word) => ` ${plain(text)}`.includes(` ${word}`)),
  (asked, text) => plain(asked).split(/\s+/).every((word) => plain(text).includes(word)),
];

for (const box of document.querySelectorAll("[data-filter]")) {
  const list = document.querySelector(box.dataset.filter);
  const items = [...list.querySelectorAll("[data-words]")].map((item) => [item, item.dataset.words]);
  const said = box.parentElement.querySelector("[data-filter-said]");
  const narrow = () => {
    const asked = box.value.trim();
    const fits = WAYS.find((way) => items.some(([, text]) => way(asked, text))) ?? WAYS[0];
    for (const [item, text] of items) item.hidden = !fits(asked, text);
    for (const group of list.querySelectorAll("[data-filter-group]")) {
      group.hidden = !group.querySelector("[data-words]:not([hidden])");
    }
    const left = items.filter(([item]) => !item.hidden).length;
    said.textContent = !asked ? "" : left ? `${left} loại việc` : "Không có loại việc nào như vậy. Gõ từ khác.";
  };
  box.addEventListener("input", narrow);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") list.querySelector("[data-words]:not([hidden]) a")?.click();
    if (event.key === "Escape") {
      box.value = "";
      narrow();
    }
  });
  narrow();
}
