// The search box: suggestions while typing, arrows and Enter to choose, "/" to get there.
import htmx from "htmx.org";
import { each } from "./ready.js";

function setUp(form) {
  const input = form.querySelector("[role=combobox]");
  const list = form.querySelector("[role=listbox]");
  const options = () => [...list.querySelectorAll("[role=option]")];
  let asked = input.value.trim();
  let composing = false;

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function open() {
    const found = options();
    found.forEach((option, index) => {
      option.id ||= `search-option-${index}`;
      option.tabIndex = -1;
    });
    list.hidden = list.textContent.trim() === "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(null);
  }

  function typed() {
    const text = input.value.trim();
    if (composing || text === asked) return;
    asked = text;
    if (text) return htmx.trigger(input, "suggest");
    // An answer under way belongs to words that are gone.
    htmx.trigger(input, "htmx:abort");
    list.replaceChildren();
    close();
  }

  function move(step) {
    const found = options();
    if (list.hidden || !found.length) return;
    const now = found.findIndex((option) => option.id === input.getAttribute("aria-activedescendant"));
    // One place more than options: past either end the typed words are chosen again.
    const next = (now + 1 + step + found.length + 1) % (found.length + 1);
    mark(next ? found[next - 1] : null);
  }

  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; typed(); });
  input.addEventListener("input", typed);
  input.addEventListener("focus", () => { if (asked && list.textContent.trim()) open(); });
  // The waiting time may end in the middle of the next word.
  input.addEventListener("htmx:beforeRequest", (event) => {
    if (composing || !input.value.trim()) event.preventDefault();
  });
  list.addEventListener("htmx:afterSwap", () => {
    if (document.activeElement === input && asked) open();
  });
  // Suggestions are a courtesy: when they fail, the box still searches, and nobody is told.
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    input.addEventListener(failure, (event) => {
      if (event.detail.xhr.status !== 401) event.stopPropagation();
    });
  }

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      const chosen = document.getElementById(input.getAttribute("aria-activedescendant"));
      if (!chosen) return;
      event.preventDefault();
      chosen.click();
    } else if (event.key === "Escape") {
      if (!list.hidden) event.preventDefault();
      close();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  // Keeps the focus in the box, so that the list is still there when the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
}

each("[data-search-box]", setUp);

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  const input = document.querySelector("[data-search-box] input");
  if (!input) return;
  event.preventDefault();
  input.focus();
  input.select();
});
