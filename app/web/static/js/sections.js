// Finds sections while someone types, by number or by words; the list is drawn by the server.
export function startSections(form, live) {
  for (const input of form.querySelectorAll("[data-section]")) setUp(input, live);
}

function setUp(input, live) {
  const list = document.createElement("ul");
  list.className = "options";
  list.id = `${input.id}-options`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Sections found");
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) {
    input.setAttribute(name, value);
  }
  const place = input.closest(".charge").querySelector("[data-place]");
  let timer = 0;
  let asked = 0;

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  async function look() {
    const mine = ++asked;
    const text = input.value.trim();
    if (!text || !place.value) return close();
    try {
      const answer = await fetch("/sections", {
        method: "POST", body: new URLSearchParams({ place: place.value, q: text }), headers: { Accept: "text/html" },
      });
      if (!answer.ok || mine !== asked || document.activeElement !== input) return undefined;
      list.innerHTML = await answer.text();
    } catch {
      return close();
    }
    options().forEach((option, i) => { option.id = `${list.id}-${i}`; });
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    return undefined;
  }

  const options = () => [...list.querySelectorAll("[role=option]")];

  function choose(option) {
    input.value = option.dataset.section;
    document.getElementById(input.getAttribute("aria-describedby")).textContent = option.dataset.name;
    close();
    live.later();
  }

  function step(by) {
    const all = options();
    if (!all.length) return;
    const now = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const next = all[(now + by + all.length) % all.length];
    for (const one of all) one.setAttribute("aria-selected", String(one === next));
    input.setAttribute("aria-activedescendant", next.id);
    next.scrollIntoView({ block: "nearest" });
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 200); });
  input.addEventListener("blur", () => { asked += 1; setTimeout(close, 150); });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const chosen = list.querySelector('[aria-selected="true"]');
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen) choose(chosen);
    else return;
    event.preventDefault();
  });
}
