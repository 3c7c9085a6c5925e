// Typed text outlives being signed out, a lost connection and the back button: it is kept in this tab's own
// storage until the form it belongs to has been saved.

const PREFIX = "noticeboard:";

function fields(form) {
  return [...form.elements].filter(
    (field) => field.name && !["hidden", "submit", "button", "file", "password"].includes(field.type),
  );
}

function keyOf(form) {
  return PREFIX + (form.dataset.keep ?? form.getAttribute("action") ?? "");
}

export function keepTyped(form) {
  const typed = {};
  for (const field of fields(form)) {
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) typed[field.name] = field.value;
    } else {
      typed[field.name] = field.value;
    }
  }
  sessionStorage.setItem(keyOf(form), JSON.stringify(typed));
}

function bringBack(form) {
  const kept = sessionStorage.getItem(keyOf(form));
  if (!kept || form.querySelector(".govuk-error-summary, .nb-conflict")) return;
  const typed = JSON.parse(kept);
  let differs = false;
  for (const field of fields(form)) {
    if (!(field.name in typed)) continue;
    if (field.type === "radio" || field.type === "checkbox") {
      const checked = typed[field.name] === field.value;
      differs ||= field.checked !== checked;
      field.checked = checked;
    } else {
      differs ||= field.value !== typed[field.name];
      field.value = typed[field.name];
    }
  }
  if (differs) tell(form);
}

function tell(form) {
  const note = document.createElement("p");
  note.className = "govuk-inset-text";
  note.setAttribute("role", "status");
  note.textContent = "What you had typed before is back. It is not saved yet. ";
  const forget = document.createElement("button");
  forget.type = "button";
  forget.className = "govuk-button govuk-button--secondary nb-small";
  forget.textContent = "Start afresh";
  forget.addEventListener("click", () => {
    sessionStorage.removeItem(keyOf(form));
    form.reset();
    note.remove();
  });
  note.append(forget);
  form.prepend(note);
}

export function startKeeping(root) {
  // first what was saved, so that it does not come back
  for (const saved of [...root.querySelectorAll("[data-forget]")]) {
    sessionStorage.removeItem(PREFIX + saved.dataset.forget);
  }
  for (const form of root.querySelectorAll("form[data-keep]")) {
    if (form.dataset.keeping) continue;
    form.dataset.keeping = "yes";
    bringBack(form);
    form.addEventListener("input", () => keepTyped(form));
    form.addEventListener("change", () => keepTyped(form));
  }
  // "keep theirs": what was typed is given up
  for (const drop of root.querySelectorAll("[data-drop]")) {
    drop.addEventListener("click", () => sessionStorage.removeItem(PREFIX + drop.dataset.drop));
  }
}

// leaving on purpose leaves nothing behind for whoever has this screen next; being signed out keeps what was typed
export function startForgetting() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(`form[action$="/account/logout/"]`)) return;
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
    }
  });
}
