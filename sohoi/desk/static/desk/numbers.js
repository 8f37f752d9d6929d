// Numbers get their thousand dots as she types; the caret stays after the digit it stood after. Anything that is not
// digits, dots and spaces is left as it was typed: the gate refuses it with a sentence, nothing is guessed.
const dotted = (digits) => digits.replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+$)/g, ".");

function dot(box) {
  if (!/^[\d.\s]*$/.test(box.value)) return;
  const before = box.value.slice(0, box.selectionStart ?? box.value.length).replace(/\D/g, "").length;
  const value = dotted(box.value.replace(/\D/g, ""));
  if (value === box.value) return;
  box.value = value;
  let place = 0;
  for (let seen = 0; seen < before && place < value.length; place += 1) seen += /\d/.test(value[place]);
  if (document.activeElement === box) box.setSelectionRange(place, place);
}

for (const box of document.querySelectorAll("[data-dots]")) {
  box.addEventListener("input", () => dot(box));
  if (/^\d+$/.test(box.value)) dot(box);
}
