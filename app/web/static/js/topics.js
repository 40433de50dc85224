// Shows one topic at a time; links to a question open its topic, whatever fold it stands in.
export function startTopics(form) {
  const all = () => [...form.querySelectorAll("section[data-topic]")];
  let current = "";

  function show(name) {
    const sections = all();
    if (!sections.some((one) => one.dataset.topic === name)) return;
    current = name;
    for (const one of sections) one.hidden = one.dataset.topic !== name;
    for (const one of form.querySelectorAll("[data-topics]")) one.hidden = !one.dataset.topics.split(" ").includes(name);
    for (const link of document.querySelectorAll("#part-topics a")) {
      if (link.dataset.topic === name) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const link = document.querySelector("#part-topics [aria-current]");
    const list = link?.closest("ol");
    if (list && list.scrollWidth > list.clientWidth) list.scrollLeft = link.offsetLeft - list.offsetLeft - 16;
  }

  function follow(move) {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const topic = target?.closest("section[data-topic]");
    if (!topic || !form.contains(topic)) return;
    show(topic.dataset.topic);
    for (let fold = target.parentElement.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (move) {
      target.scrollIntoView({ block: target === topic ? "start" : "center" });
      target.focus({ preventScroll: true });
    }
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (!link || link.hash !== location.hash) return;
    event.preventDefault();
    follow(true);
  });
  addEventListener("hashchange", () => follow(true));
  show(all()[0].dataset.topic);
  follow(true);
  return { refresh: () => show(current) };
}
