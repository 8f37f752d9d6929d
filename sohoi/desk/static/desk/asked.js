// A question that hangs on another answer (show_when) is there only while that answer is given. One tap sends once;
// without a connection nothing is sent and the page says so.
const AGAIN_MS = 8000; // after that a tap may send again: the deed has its id, so it counts once anyway

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
    const offline = document.querySelector("[data-offline]");
    if (offline) offline.hidden = navigator.onLine;
    if (form.dataset.sent || !navigator.onLine) event.preventDefault();
    if (!navigator.onLine) return;
    form.dataset.sent = "yes";
    form.querySelector("[type=submit]")?.setAttribute("aria-disabled", "true");
    setTimeout(() => delete form.dataset.sent, AGAIN_MS);
  });
}

addEventListener("online", () => {
  const offline = document.querySelector("[data-offline]");
  if (offline) offline.hidden = true;
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-once]")) {
    delete form.dataset.sent;
    form.querySelector("[type=submit]")?.removeAttribute("aria-disabled");
  }
});
