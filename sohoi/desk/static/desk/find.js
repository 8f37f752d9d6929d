// The box that finds a woman. What is found is said to those who do not see it; arrows walk from the box into the rows
// and back, Enter opens the only one or goes to the first, Escape empties the box.
const box = document.querySelector("[data-find]");
const rows = box && document.querySelector(box.dataset.find);
const said = document.querySelector("[data-find-said]");
let wanted = false;

const links = () => [...rows.querySelectorAll("a.item")];

function enter() {
  const found = links();
  if (found.length === 1) found[0].click();
  else found[0]?.focus();
}

if (box) {
  addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = links().indexOf(event.target);
    if (event.target !== box && at < 0) return;
    if (step && (at >= 0 || step > 0)) {
      event.preventDefault();
      (at + step < 0 ? box : (links()[at + step] ?? event.target)).focus();
    }
    if (event.key === "Enter" && event.target === box) wanted = true;
    if (event.key === "Escape") {
      box.value = "";
      rows.replaceChildren();
      said.textContent = "";
      box.focus();
    }
  });

  box.addEventListener("input", () => {
    wanted = false;
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== rows || event.detail.xhr.responseURL.includes(box.form.getAttribute("action"))) return;
    event.detail.shouldSwap = false; // she was logged out meanwhile: to the log-in page
    location.reload();
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== rows) return;
    said.textContent = rows.querySelector("[data-said]")?.innerText ?? "";
    if (wanted) enter();
    wanted = false;
  });

  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      if (event.detail.target !== rows) return;
      const sentence = document.createElement("p");
      sentence.className = "notice notice-late";
      sentence.textContent = said.textContent = "Chưa tìm được vì mất kết nối. Có mạng thì gõ lại.";
      rows.replaceChildren(sentence);
    });
  }
}
