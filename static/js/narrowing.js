// Filters stand open on a desk; on a phone they would push the list out of sight, so they begin closed there.

const NARROW = matchMedia("(max-width: 700px)");
let opened = false; // by hand, so that they stay open when the list comes anew

export function startNarrowing(root) {
  for (const box of root.querySelectorAll("[data-closed-on-phones]")) {
    if (box.dataset.narrowing) continue;
    box.dataset.narrowing = "yes";
    if (NARROW.matches && !opened) box.open = false;
    box.querySelector("summary").addEventListener("click", () => {
      opened = !box.open;
    });
    NARROW.addEventListener("change", () => {
      box.open = !NARROW.matches || opened;
    });
  }
}
