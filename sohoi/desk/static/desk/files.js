// How many files were chosen, in place of the browser's own words: the name of one, the number of several.
for (const input of document.querySelectorAll("[data-files]")) {
  const said = input.parentElement.querySelector("[data-files-said]");
  const none = said.textContent;
  input.addEventListener("change", () => {
    const many = input.files.length;
    said.textContent = many > 1 ? `${many} ${said.dataset.filesSaid}` : (input.files[0]?.name ?? none);
  });
}
