// The search box: what was asked before, suggestions while typing, arrows and Enter to choose,
// "/" to get there.
import htmx from "htmx.org";
import { each } from "./ready.js";

function setUp(form) {
  const input = form.querySelector("[role=combobox]");
  const list = form.querySelector("[role=listbox]");
  const options = () => [...list.querySelectorAll("[role=option]")];
  // The arrows up and down pass by what removes an earlier search; it stands beside that search.
  const choices = () => options().filter((option) => !option.dataset.forget);
  // What the list was asked for; null while it was asked for nothing.
  let asked = input.value.trim() || null;
  let composing = false;

  const marked = () => document.getElementById(input.getAttribute("aria-activedescendant"));

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
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(null);
  }

  function forgetAnswer() {
    // An answer under way belongs to words that are gone.
    htmx.trigger(input, "htmx:abort");
    asked = null;
  }

  function ask() {
    const text = input.value.trim();
    if (composing || text === asked) return;
    if (!text) {
      forgetAnswer();
      list.replaceChildren();
      close();
    }
    send(text);
  }

  function send(text) {
    asked = text;
    htmx.trigger(input, "suggest");
  }

  function move(step) {
    const found = choices();
    if (list.hidden || !found.length) return;
    const now = found.indexOf(marked()?.closest(".option-pair")?.querySelector("a") ?? marked());
    // One place more than options: past either end the typed words are chosen again.
    const next = (now + 1 + step + found.length + 1) % (found.length + 1);
    mark(next ? found[next - 1] : null);
  }

  // To the sign that removes an earlier search, and back.
  function moveAside(selector) {
    const option = marked()?.closest(".option-pair")?.querySelector(selector);
    if (!option || option === marked()) return false;
    mark(option);
    return true;
  }

  async function forget(button) {
    const text = button.dataset.forget;
    button.closest(text === undefined ? ".option-group" : ".option-pair").remove();
    open();
    const body = new FormData();
    body.set("csrf_token", document.querySelector('meta[name="csrf-token"]').content);
    if (text !== undefined) body.set("q", text);
    const url = text === undefined ? form.dataset.forgetAllUrl : form.dataset.forgetUrl;
    await fetch(url, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (!composing) send(input.value.trim());
  }

  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; ask(); });
  input.addEventListener("input", ask);
  input.addEventListener("focus", () => {
    if (!input.value.trim()) forgetAnswer();
    if (asked) open(); else ask();
  });
  // The waiting time may end in the middle of the next word.
  input.addEventListener("htmx:beforeRequest", (event) => {
    if (composing) event.preventDefault();
  });
  list.addEventListener("htmx:afterSwap", () => {
    if (document.activeElement === input && asked !== null) open();
  });
  // Suggestions are a courtesy: when they fail, even for lack of a session, the box still searches,
  // and nobody is told.
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    input.addEventListener(failure, (event) => event.stopPropagation());
  }

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      if (moveAside(event.key === "ArrowRight" ? "[data-forget]" : "a")) event.preventDefault();
    } else if (event.key === "Delete" && marked()) {
      const pair = marked().closest(".option-pair");
      if (!pair) return;
      event.preventDefault();
      pair.querySelector("[data-forget]").click();
    } else if (event.key === "Enter") {
      const chosen = marked();
      if (!chosen) return close();
      event.preventDefault();
      chosen.click();
    } else if (event.key === "Escape") {
      if (!list.hidden) event.preventDefault();
      forgetAnswer();
      list.replaceChildren();
      close();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  // Keeps the focus in the box, so that the list is still there when the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-forget], [data-forget-all]");
    if (button) forget(button);
  });
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
