// The check-first box: answers in pauses of the typing, never in the middle of a composed word.
import htmx from "htmx.org";
import { each } from "./ready.js";

const ENOUGH = 2;
const TOO_MANY_REQUESTS = 429;

each("[data-check-box]", (form) => {
  const input = form.querySelector("input[name=q]");
  const answer = () => document.querySelector(input.getAttribute("hx-target"));
  let composing = false;
  let asked = input.value.trim();

  function typed() {
    const now = input.value.trim();
    if (composing || now === asked) return;
    asked = now;
    if (now.length >= ENOUGH) return htmx.trigger(input, "check");
    // An answer under way belongs to words that are gone.
    htmx.trigger(input, "htmx:abort");
    answer()?.replaceChildren();
  }

  input.addEventListener("input", typed);
  input.addEventListener("compositionstart", () => { composing = true; });
  input.addEventListener("compositionend", () => { composing = false; typed(); });
  input.addEventListener("htmx:beforeRequest", (event) => {
    // The waiting time may end in the middle of the next word.
    if (composing || input.value.trim().length < ENOUGH) event.preventDefault();
  });
  input.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== TOO_MANY_REQUESTS) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
});
