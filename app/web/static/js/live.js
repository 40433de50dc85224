// Posts the form a moment after each change and puts the parts that the server drew in place of the old ones.
const WAIT = 350;
const SLOW = 1000;
const MARKED = 5000;
const AGAIN = 5000;

const byId = (id) => document.getElementById(id);

export function formBody(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value !== "") body.append(name, value);
  }
  return body;
}

export function startLive(form) {
  const after = [];
  let timer = 0;
  let number = 0;
  let want = "";

  async function update() {
    const mine = ++number;
    const body = formBody(form);
    if (want) body.set("want", want);
    const slow = setTimeout(() => { byId("busy").hidden = false; }, SLOW);
    try {
      const answer = await fetch("/", { method: "POST", body, headers: { Accept: "application/json" } });
      byId("too-long").hidden = answer.status !== 413;
      if (answer.status === 413) return;
      if (!answer.ok) throw new Error(String(answer.status));
      const data = await answer.json();
      if (mine === number) {
        want = "";
        swap(data);
      }
      byId("offline").hidden = true;
    } catch {
      if (mine === number) {
        byId("offline").hidden = false;
        timer = setTimeout(update, AGAIN);
      }
    } finally {
      clearTimeout(slow);
      byId("busy").hidden = true;
    }
  }

  function swap(data) {
    const before = sentences();
    for (const [name, html] of Object.entries(data.parts)) replace(byId(`part-${name}`), html);
    showStates(form, data.states);
    markChanges(before, sentences(), data.changed);
    for (const follow of after) follow();
  }

  function later(event) {
    if (event?.target?.name === "act") want = "act";
    clearTimeout(timer);
    timer = setTimeout(update, WAIT);
  }

  document.addEventListener("input", (event) => { if (event.target.form === form) later(event); });
  document.addEventListener("change", (event) => { if (event.target.form === form) later(event); });
  return { later, onSwap: (follow) => after.push(follow) };
}

// Keeps what is opened open, and the focus where it was.
function replace(part, html) {
  if (!part) return;
  const open = new Map([...part.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
  const active = document.activeElement;
  const held = part.contains(active) ? active.id || active.closest("[id]")?.id : null;
  const place = held && !active.id ? [...byId(held).querySelectorAll("a, button, summary, input")].indexOf(active) : -1;
  const { scrollLeft } = part.querySelector("ol") ?? part;
  part.innerHTML = html;
  for (const one of part.querySelectorAll("details[id]")) {
    if (open.has(one.id)) one.open = open.get(one.id);
  }
  const list = part.querySelector("ol");
  if (list) list.scrollLeft = scrollLeft;
  if (held && byId(held)) {
    (place < 0 ? byId(held) : byId(held).querySelectorAll("a, button, summary, input")[place] ?? byId(held)).focus({ preventScroll: true });
  }
}

function showStates(form, states) {
  for (const [id, { state, most }] of Object.entries(states)) {
    const question = byId(id);
    if (!question) continue;
    question.dataset.state = state;
    const inBack = question.closest(".back");
    const words = most ? form.dataset.most : state === "back" && !inBack ? form.dataset.back : "";
    question.querySelector("[data-tag]").textContent = words;
  }
}

function sentences() {
  const lines = document.querySelectorAll("#part-findings [data-sentence]");
  return new Map([...lines].map((one) => [one.id, one.querySelector(".stands, p, h2").textContent + (one.querySelector(".rest-of-it")?.textContent ?? "") + (one.querySelector("h2")?.textContent ?? "")]));
}

function markChanges(before, after, words) {
  const changed = [...after.keys()].filter((id) => before.get(id) !== after.get(id));
  const said = changed.map((id) => words[id] ?? byId(id).querySelector("h2, strong")?.textContent ?? "").filter(Boolean);
  if (said.length) byId("said").textContent = said.slice(0, 3).join(" ");
  for (const id of changed) {
    byId(id).classList.add("is-changed");
    setTimeout(() => byId(id)?.classList.remove("is-changed"), MARKED);
  }
}
