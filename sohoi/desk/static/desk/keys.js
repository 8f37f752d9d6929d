// Keys and focus: "/" goes to the search box and is no sign of a number, Escape closes an open menu, arrows walk the links of a table's rows,
// a list of errors takes the focus. What folds away on a phone (data-open-wide) lies open on a desk.
function search() {
  const box = document.querySelector("[type=search]");
  if (box?.closest("details")) box.closest("details").open = true;
  box?.focus();
  return box;
}

function walk(from, step) {
  const links = [...from.closest("tbody").rows].map((row) => row.querySelector("a")).filter(Boolean);
  const next = links[links.indexOf(from.closest("tr").querySelector("a")) + step];
  next?.focus();
  return next;
}

addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "/" && (event.target.closest("[data-dots]") || (!typing && search()))) event.preventDefault();
  if (step && event.target.closest("tbody") && !typing && walk(event.target, step)) event.preventDefault();
  const open = event.key === "Escape" && document.querySelector("[data-drop][open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("[data-drop][open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

if (matchMedia("(min-width: 62rem)").matches) {
  for (const folded of document.querySelectorAll("[data-open-wide]")) folded.open = true;
}
document.querySelector("[data-focus]")?.focus();
