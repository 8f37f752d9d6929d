// The tree of units: a line opens and closes in place (htmx brings what is below the first time); a list is sifted by name.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tree]");
  if (!button) return;
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  button.closest("li").querySelector(":scope > .tree-below").hidden = !open;
});

const simple = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").replace(/\s+/g, " ").trim();

for (const sift of document.querySelectorAll("[data-sift]")) {
  sift.addEventListener("input", () => {
    const wanted = simple(sift.value);
    for (const line of document.querySelectorAll(`${sift.dataset.sift} > .tree > li`)) {
      line.hidden = !simple(line.querySelector("a").textContent).includes(wanted);
    }
  });
}
