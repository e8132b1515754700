// While somebody writes about a deal or a visit, shows cases that may help with it. Asked for in
// pauses, never in the middle of a composed word, silent when it fails.
import htmx from "htmx.org";
import { each } from "./ready.js";

const ENOUGH = 4;
const MOST = 600;

each("[data-looks-at]", (box) => {
  const { elements } = box.closest("form");
  const fields = box.dataset.looksAt.split(" ").map((name) => elements[name]).filter(Boolean);
  let composing = false;
  let asked = "";

  const words = () => fields.map((field) => field.value.trim()).filter(Boolean).join("\n").slice(0, MOST);

  function typed() {
    const now = words();
    if (composing || now === asked) return;
    asked = now;
    if (now.length >= ENOUGH) return htmx.trigger(box, "look");
    htmx.trigger(box, "htmx:abort");
    box.querySelector("#lead_alike")?.replaceChildren();
  }

  for (const field of fields) {
    field.addEventListener("input", typed);
    field.addEventListener("compositionstart", () => { composing = true; });
    field.addEventListener("compositionend", () => { composing = false; typed(); });
  }
  box.addEventListener("htmx:configRequest", (event) => {
    if (event.target === box) event.detail.parameters.words = words();
  });
  box.addEventListener("htmx:beforeRequest", (event) => {
    // The waiting time may end in the middle of the next word.
    if (event.target === box && composing) event.preventDefault();
  });
  // What somebody is choosing from is not taken from under their hands.
  box.addEventListener("htmx:beforeSwap", (event) => {
    const panel = box.querySelector("#lead_alike");
    if (event.detail.requestConfig.elt === box && panel.contains(document.activeElement)) {
      event.detail.shouldSwap = false;
    }
  });
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    box.addEventListener(failure, (event) => {
      if (event.detail.elt === box && event.detail.xhr.status !== 401) event.stopPropagation();
    });
  }
  typed();
});
