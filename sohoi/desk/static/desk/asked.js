// A question that hangs on another answer (show_when) is there only while that answer is given. One tap saves once.
function given(form, code) {
  const answer = new FormData(form).get(code);
  return answer === "yes" ? true : answer === "no" ? false : answer;
}

for (const form of document.querySelectorAll("form")) {
  const hanging = [...form.querySelectorAll("[data-show-when]")];
  const show = () => {
    for (const question of hanging) {
      const wanted = Object.entries(JSON.parse(question.dataset.showWhen));
      question.hidden = !wanted.every(([code, value]) => given(form, code) === value);
    }
  };
  if (hanging.length) form.addEventListener("input", show);
  if (hanging.length) form.addEventListener("change", show);
  show();
}

for (const form of document.querySelectorAll("[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    form.querySelector("[type=submit]")?.setAttribute("aria-disabled", "true");
  });
}

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-once]")) {
    delete form.dataset.sent;
    form.querySelector("[type=submit]")?.removeAttribute("aria-disabled");
  }
});
