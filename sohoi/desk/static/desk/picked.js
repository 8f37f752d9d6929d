// A search result that is picked becomes one of the choices, chosen, so that a new search does not lose it; where many
// may be chosen (data-many) those picked before stay.
function choose(name, value, words) {
  const picked = document.querySelector(`[data-picked="${name}"]`);
  if (!picked) return null;
  const same = [...picked.querySelectorAll("input")].find((radio) => radio.value === value);
  if (same) return same;
  const many = "many" in picked.dataset;
  if (!many) for (const other of picked.querySelectorAll("[data-came]")) other.remove();
  const option = document.createElement("label");
  const radio = Object.assign(document.createElement("input"), { type: many ? "checkbox" : "radio", name, value });
  option.className = "option";
  option.dataset.came = "";
  option.append(radio, Object.assign(document.createElement("span"), { textContent: words }));
  picked.append(option);
  return radio;
}

// A name that is picked is written into the box where it was typed.
function fill(found, value) {
  const box = document.getElementById(found.dataset.fill);
  const said = Object.assign(document.createElement("p"), { textContent: found.dataset.filled, className: "sign-known" });
  box.value = value;
  found.replaceChildren(said);
  box.dispatchEvent(new Event("change", { bubbles: true }));
  box.focus();
}

const wordsOf = (option) => option.innerText.trim().replace(/\s*\n\s*/g, ", ");

addEventListener("click", (event) => {
  const button = event.target.closest("[data-pick]");
  if (!button) return;
  const found = button.closest("[data-found]");
  if (found.dataset.fill) return fill(found, button.dataset.pick);
  const radio = choose(found.dataset.found, button.dataset.pick, wordsOf(button));
  const search = document.querySelector(`#hoi-${found.dataset.found} [type=search]`);
  found.replaceChildren();
  search.value = "";
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  radio.focus();
});

document.addEventListener("htmx:afterSwap", (event) => {
  const name = event.detail.target.dataset.found;
  const said = name && document.querySelector(`[data-found-said="${name}"]`);
  const count = event.detail.target.querySelectorAll("[data-pick]").length;
  const sign = event.detail.target.querySelector(".sign-new, .sign-known")?.innerText ?? "";
  if (said) said.textContent = count ? `${sign} ${count} kết quả` : event.detail.target.innerText;
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.xhr.responseURL.includes("/tai-khoan/")) return;
  event.detail.shouldSwap = false; // she was logged out meanwhile: to the log-in page, and back to what is kept
  location.reload();
});

for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    const said = document.createElement("p");
    said.textContent = "Chưa tìm được vì mất kết nối. Có mạng thì gõ lại.";
    if (event.detail.target?.matches("[data-found]")) event.detail.target.replaceChildren(said);
  });
}

addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-no-enter]")) event.preventDefault();
});
