// What pages do beyond the design system. Everything here only helps: each form and link works without it.
import { initAll } from "../vendor/govuk-frontend.min.js";
import { keepTyped, startForgetting, startKeeping } from "./keep.js";
import { startNarrowing } from "./narrowing.js";
import { startRows } from "./rows.js";
import { startTicks } from "./ticks.js";

initAll();
startForgetting();
startKeeping(document);
startRows();
startNarrowing(document);
startTicks(document);

document.addEventListener("htmx:afterSwap", (event) => {
  // the design system's own scripts (button, radios, error summary) for what came in
  initAll({ scope: event.target.closest("main") ?? document.body });
  startKeeping(document);
  startNarrowing(document);
  startTicks(document);
});

// an answer that is an error still has something to say
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

document.addEventListener("htmx:sendError", (event) => {
  const form = event.target.closest("form");
  if (!form) return;
  keepTyped(form);
  let note = form.querySelector("[data-offline]");
  if (!note) {
    note = document.createElement("p");
    note.className = "govuk-error-message";
    note.dataset.offline = "";
    note.setAttribute("role", "alert");
    form.prepend(note);
  }
  note.textContent = "The connection is lost. What you typed is kept in this browser: try again in a moment.";
});
