// Menus are <details>; here they also close by Escape, by a click elsewhere, and move by arrows.
const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("focusin", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest("details[data-menu]");
  if (!menu?.open) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.target.matches("input, textarea, select")) {
    return;
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const items = [...menu.querySelectorAll(":scope > :not(summary) :is(a[href], button, summary, input:not([type=hidden]))")]
      .filter((item) => item.checkVisibility());
    const step = event.key === "ArrowDown" ? 1 : -1;
    const now = items.indexOf(document.activeElement);
    event.preventDefault();
    items.at((now < 0 && step < 0 ? 0 : now) + step - (now + step >= items.length ? items.length : 0))?.focus();
  }
});
