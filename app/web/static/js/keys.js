// Y, N and K answer the question in focus, arrows move between questions, ? shows the list of keys.
const ANSWERS = { y: "yes", n: "no", k: "not_known" };
const TYPED = "textarea, select, input:not([type=radio]):not([type=checkbox]), [contenteditable]";

export function startKeys() {
  const panel = document.getElementById("keys");
  const opener = document.getElementById("keys-open");
  opener.hidden = false;

  function toggle(open) {
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  }

  opener.addEventListener("click", () => toggle(panel.hidden));
  document.getElementById("keys-close").addEventListener("click", () => { toggle(false); opener.focus(); });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.(TYPED)) return;
    const question = event.target.closest?.(".question");
    const answer = ANSWERS[event.key.toLowerCase()];
    if (event.key === "?") toggle(panel.hidden);
    else if (event.key === "Escape" && !panel.hidden) toggle(false);
    else if (answer && question) choose(question, answer);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!question && !event.target.matches("body, main")) return;
      if (move(question, event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    }
  });
}

function choose(question, answer) {
  const box = document.activeElement.closest(".answer") ?? question.querySelector(".answer");
  const input = box.querySelector(`input[value="${answer}"]`);
  if (!input) return;
  input.checked = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function move(from, step) {
  const shown = [...document.querySelectorAll("#screen .question")].filter((one) => one.checkVisibility());
  const place = from ? shown.indexOf(from) + step : 0;
  const next = shown[place];
  if (!next) return false;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
  return true;
}
