// A second source beside the first, and the fields that only the person's own words need, without a new page.
export function startSources(form) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest(".add-source");
    if (!button) return;
    event.preventDefault();
    addSource(button.closest(".question"));
  });
  form.addEventListener("change", (event) => {
    if (event.target.name?.endsWith(".src")) showOwnWords(event.target);
  });
}

function addSource(question) {
  const answers = question.querySelectorAll(".answer");
  const last = answers[answers.length - 1];
  const from = last.dataset.source;
  const stem = from.slice(0, from.lastIndexOf(".") + 1);
  const name = stem + (Number(from.slice(stem.length)) + 1);
  for (const box of [last, question.querySelector(`.evidence[data-source="${CSS.escape(from)}"]`)]) {
    const copy = box.cloneNode(true);
    copy.dataset.source = name;
    copy.querySelector(".own")?.remove();
    for (const field of copy.querySelectorAll("[name]")) {
      field.name = name + field.name.slice(from.length);
      if (field.type === "radio" || field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
    copy.setAttribute("role", "group");
    copy.setAttribute("aria-label", `Source ${answers.length + 1}`);
    box.after(copy);
  }
  question.querySelectorAll(".answer")[answers.length].querySelector("input").focus();
}

function showOwnWords(select) {
  const name = select.name.slice(0, -".src".length);
  const evidence = select.closest(".question").querySelector(`.evidence[data-source="${CSS.escape(name)}"]`);
  const shown = evidence.querySelector(".own");
  if (select.value !== "own_statement" || shown) return;
  const fields = document.getElementById("own-words").content.cloneNode(true);
  for (const field of fields.querySelectorAll("[name]")) field.name = field.name.replace("NAME", name);
  evidence.append(fields);
  select.closest(".question").querySelector(".why").open = true;
}
