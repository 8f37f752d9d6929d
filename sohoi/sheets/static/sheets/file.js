// The name of the file that was chosen, in place of the browser's own words.
for (const input of document.querySelectorAll("[data-file]")) {
  const said = input.parentElement.querySelector("[data-file-said]");
  const none = said.textContent;
  input.addEventListener("change", () => {
    said.textContent = input.files[0]?.name ?? none;
  });
}
