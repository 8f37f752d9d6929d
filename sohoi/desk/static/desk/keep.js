// What was typed survives a lost connection: kept on this machine for this account and kind, at most a day,
// with the id of the deed, so that sending it again counts once. Deeds of sensitive kinds are never kept.
const form = document.querySelector("[data-keep]");
const notice = document.querySelector("[data-kept]");
const DAY_MS = 24 * 3600 * 1000;

if (form && document.body.dataset.account) {
  const key = `sohoi:${document.body.dataset.account}:${form.dataset.keep}`;
  const quiet = (work) => {
    try {
      return work();
    } catch {
      return null; // storage is full or forbidden: the form works without
    }
  };
  const read = () => quiet(() => JSON.parse(localStorage.getItem(key)));
  const drop = () => quiet(() => localStorage.removeItem(key));
  const unkept = ["csrfmiddlewaretoken", "tim", ...[...form.querySelectorAll("[data-unkept]")].map((box) => box.name)];
  const save = () => {
    const answers = [...new FormData(form)].filter(([name]) => !unkept.includes(name));
    const names = [...form.querySelectorAll("[data-picked] input:checked")].map((radio) => [
      radio.name,
      radio.value,
      wordsOf(radio.closest(".option")),
    ]);
    quiet(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), answers, names })));
  };
  const restore = (kept) => {
    for (const [name, value, words] of kept.names) choose(name, value, words);
    for (const box of form.querySelectorAll("[type=checkbox], [type=radio]")) box.checked = false;
    for (const [name, value] of kept.answers) {
      for (const box of form.querySelectorAll(`[name="${name}"]`)) {
        if (box.type === "checkbox" || box.type === "radio") box.checked ||= box.value === value;
        else box.value = value;
      }
    }
    form.dispatchEvent(new Event("input"));
    for (const day of form.querySelectorAll("[data-day-text]")) day.dispatchEvent(new Event("change"));
  };
  const kept = read();
  if (kept && (Date.now() - kept.at > DAY_MS || "answered" in form.dataset || location.search)) drop();
  else if (kept) {
    restore(kept);
    const at = new Date(kept.at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    notice.querySelector("[data-kept-said]").textContent = `Đã lấy lại những gì chị nhập dở lúc ${at}. `;
    notice.hidden = false;
    notice.querySelector("[data-kept-drop]").addEventListener("click", () => {
      drop();
      location.reload();
    });
  }
  form.addEventListener("input", (event) => event.isTrusted && save());
  form.addEventListener("change", save);
  form.addEventListener("submit", save);
}
