// What the browser says of an empty or impossible answer it says in the language of the telephone; here in Vietnamese.
function fault(field) {
  const found = field.validity;
  if (found.valueMissing && field.tagName === "SELECT") return "Chọn một mục trong danh sách này.";
  if (found.valueMissing && field.type === "file") return "Chọn một tệp.";
  if (found.valueMissing && field.type === "checkbox") return "Đánh dấu ô này rồi mới tiếp tục được.";
  if (found.valueMissing && field.type === "radio") return "Chọn một trong các mục này.";
  if (found.valueMissing) return "Điền ô này.";
  if (found.rangeUnderflow) return `Nhỏ nhất là ${field.min}.`;
  if (found.rangeOverflow) return `Lớn nhất là ${field.max}.`;
  if (found.tooShort) return `Ô này cần ít nhất ${field.minLength} ký tự.`;
  if (found.tooLong) return `Ô này nhiều nhất ${field.maxLength} ký tự.`;
  return found.valid ? "" : "Ô này chưa đúng dạng. Xem lại rồi gõ lại.";
}

addEventListener(
  "invalid",
  (event) => {
    event.target.setCustomValidity("");
    event.target.setCustomValidity(fault(event.target));
  },
  true,
);

// A sentence that was said stands until it is taken back, and holds the form: whoever answers or sends again starts anew.
function takeBack(form) {
  for (const field of form?.elements ?? []) field.setCustomValidity?.("");
}

addEventListener("input", (event) => takeBack(event.target.form), true);
addEventListener("click", (event) => takeBack(event.target.closest("button, [type=submit]")?.form), true);
