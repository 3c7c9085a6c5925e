// A fact put where the cursor stands, at the end where it never stood anywhere. Without this its button saves the
// text with the fact at its end.
import { keepTyped } from "./keep.js";

const text = document.getElementById("text");
let placed = false;
text?.addEventListener("focus", () => {
  placed = true;
});

for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", (event) => {
    if (!text) return;
    event.preventDefault();
    const start = placed ? text.selectionStart : text.value.length;
    const end = placed ? text.selectionEnd : text.value.length;
    const before = /[^\s(]$/.test(text.value.slice(0, start)) ? " " : "";
    const after = /^[\w[{]/.test(text.value.slice(end)) ? " " : "";
    text.setRangeText(before + button.dataset.insert + after, start, end, "end");
    text.focus();
    keepTyped(text.form);
  });
}
