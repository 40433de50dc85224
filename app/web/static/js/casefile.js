// Copies the case file that the server writes, and prints.
import { formBody } from "./live.js";

export function startCaseFile(form) {
  const copy = document.getElementById("copy");
  const print = document.getElementById("print");
  const words = copy.textContent;
  print.hidden = false;
  print.addEventListener("click", () => window.print());
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    let said = "Copied";
    try {
      const answer = await fetch("/case.yaml", { method: "POST", body: formBody(form) });
      if (!answer.ok) throw new Error(String(answer.status));
      await navigator.clipboard.writeText(await answer.text());
    } catch {
      said = "Could not be copied";
    }
    copy.textContent = said;
    document.getElementById("said").textContent = said;
    setTimeout(() => { copy.textContent = words; }, 3000);
  });
}
