// The light/dark/automatic buttons in the user menu.
import { each } from "./ready.js";

function current() {
  const own = /(?:^|; )theme=(\w+)/.exec(document.cookie);
  return own ? own[1] : document.documentElement.dataset.theme;
}

function show() {
  for (const button of document.querySelectorAll("[data-theme-value]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeValue === current()));
  }
}

each("[data-theme-switch]", (group) => {
  show();
  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-value]");
    if (!button) return;
    document.cookie = `theme=${button.dataset.themeValue}; path=/; max-age=31536000; samesite=lax`;
    dispatchEvent(new Event("theme"));
    show();
  });
});
