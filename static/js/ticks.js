// Ticked rows bring a bar that says how many; without JavaScript the bar stands there from the start.

function boxes() {
  return [...document.querySelectorAll("input[name=row][form=bulk]")];
}

function count(bar) {
  const ticked = boxes().filter((box) => box.checked).length;
  bar.hidden = ticked === 0;
  bar.querySelector("[data-ticked]").textContent = ticked === 1 ? "1 action ticked" : `${ticked} actions ticked`;
}

export function startTicks(root) {
  const bar = root.querySelector("#bulk");
  if (!bar || bar.dataset.counting) return;
  bar.dataset.counting = "yes";
  count(bar);
  const all = bar.ownerDocument.querySelector("[data-tick-all]");
  if (all) {
    all.hidden = false;
    all.querySelector("input").addEventListener("change", (event) => {
      for (const box of boxes()) box.checked = event.target.checked;
      count(bar);
    });
  }
  bar.querySelector("[data-untick]").addEventListener("click", () => {
    for (const box of boxes()) box.checked = false;
    count(bar);
  });
}

document.addEventListener("change", (event) => {
  const bar = document.querySelector("#bulk");
  if (bar && event.target.matches("input[name=row]")) count(bar);
});
