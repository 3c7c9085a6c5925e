// Rows by keyboard: arrows move between rows' links, Escape closes an open row; typed text stays kept.

const LINKS = ".nb-row__update, [data-row-link]";
const NARROW = matchMedia("(max-width: 700px)");

export function startRows() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = event.target.closest?.(".nb-row--open");
      open?.querySelector("[data-close-row]")?.click();
      return;
    }
    if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const link = event.target.closest?.(LINKS);
    if (!link) return;
    const links = [...document.querySelectorAll(LINKS)];
    const next = links[links.indexOf(link) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });

  // one question at a time on a phone: the page of its own instead of the row
  document.addEventListener("htmx:beforeRequest", (event) => {
    const link = event.detail.elt;
    if (NARROW.matches && link.matches("[data-page-on-phones]")) {
      event.preventDefault();
      location.assign(link.href);
    }
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const swapped = event.detail.elt ?? event.target;
    const focus = swapped.querySelector?.("[autofocus]") ?? (swapped.matches?.("[autofocus]") ? swapped : null);
    focus?.focus();
  });
}
