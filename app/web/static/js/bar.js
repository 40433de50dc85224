// The bar at the foot leads to the findings, and back to the questions once they are in view.
export function startBar() {
  const findings = document.getElementById("findings");
  let seen = false;

  function show() {
    const bar = document.querySelector("a.bar");
    const words = bar?.querySelector(".bar__open");
    if (!words || !bar.querySelector(".bar__charge")) return;
    words.textContent = seen ? "Back to the questions" : "Show the findings";
    bar.hash = seen ? "#screen" : "#findings";
  }

  new IntersectionObserver(([entry]) => {
    seen = entry.isIntersecting;
    show();
  }, { rootMargin: "-35% 0px -35% 0px" }).observe(findings);
  return show;
}
