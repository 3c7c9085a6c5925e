// A fact put where the cursor stands. Without this its button saves the text with the fact at its end.
import { keepTyped } from "./keep.js";

const text = document.getElementById("text");

for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", (event) => {
    if (!text) return;
    event.preventDefault();
    const before = text.value.slice(0, text.selectionStart);
    const space = before && !/\s$/.test(before) ? " " : "";
    text.setRangeText(space + button.dataset.insert, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    keepTyped(text.form);
  });
}
