// What was typed is kept for one account on this machine: dropped when another one is here, or on logging out,
// and a deed's answers as soon as the deed is saved.
const KEPT = "sohoi:";
const account = document.body.dataset.account ?? "";
const saved = document.querySelector("[data-saved]")?.dataset.saved;

function forget(unwanted) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(KEPT) && unwanted(key, localStorage.getItem(key))) localStorage.removeItem(key);
    }
  } catch {
    return; // no storage on this machine: nothing was kept
  }
}

if (account) forget((key) => !key.startsWith(`${KEPT}${account}:`));
if (saved) forget((_, kept) => kept.includes(saved));
for (const form of document.querySelectorAll("[data-forget]")) form.addEventListener("submit", () => forget(() => true));
