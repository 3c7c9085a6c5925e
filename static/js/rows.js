// The plan's table by keyboard: arrows move between rows' links, Escape closes an open row; typed text stays kept.

function updateLinks() {
  return [...document.querySelectorAll(".nb-row__update")];
}

export function startRows() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = event.target.closest?.(".nb-row--open");
      open?.querySelector("[data-close-row]")?.click();
      return;
    }
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const link = event.target.closest?.(".nb-row__update");
    if (!link) return;
    const links = updateLinks();
    const next = links[links.indexOf(link) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const swapped = event.detail.elt ?? event.target;
    const focus = swapped.querySelector?.("[autofocus]") ?? (swapped.matches?.("[autofocus]") ? swapped : null);
    focus?.focus();
  });
}
