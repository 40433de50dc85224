// Adds the time left to the clocks of duties, by the clock of this device; the moment itself comes from the server.
const MINUTE = 60_000;

export function startClocks() {
  function show() {
    for (const one of document.querySelectorAll("[data-clock]")) {
      const left = Math.floor((new Date(one.dateTime) - Date.now()) / MINUTE);
      const words = left < 0 ? "time is over" : `${Math.floor(left / 60)} h ${left % 60} m left`;
      one.dataset.words ??= one.textContent;
      one.textContent = `${words}, ${one.dataset.words}`;
    }
  }
  show();
  setInterval(show, MINUTE);
  return show;
}
