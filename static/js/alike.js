// While a new case is being written, shows what the library holds about it already. Never in the
// way of typing: asked for in pauses, silent when it fails, and folded away for good on request.
import htmx from "htmx.org";
import { each } from "./ready.js";

const ENOUGH = 4;
const FIRST_LINES = 300;

// What was written beside the template that the form came with.
function firstLines(area, template) {
  const own = area.value.split("\n").map((line) => line.trim())
    .filter((line) => line && !template.has(line));
  return own.join("\n").slice(0, FIRST_LINES);
}

each("[data-alike]", (box) => {
  const { title, body, looked, kind } = box.closest("form").elements;
  const template = new Set(body.defaultValue.split("\n").map((line) => line.trim()));
  const said = box.querySelector("[data-alike-said]");
  let composing = false;
  let folded = false;
  let asked = "";

  // Who is shown what is alike while typing need not be stopped when publishing.
  looked.value = "yes";

  function typed() {
    if (composing || folded) return;
    const now = `${title.value.trim()}\n${firstLines(body, template)}`;
    if (now === asked) return;
    asked = now;
    if (title.value.trim().length >= ENOUGH) return htmx.trigger(box, "look");
    htmx.trigger(box, "htmx:abort");
    box.querySelector("#alike").replaceChildren();
  }

  function fold() {
    folded = true;
    htmx.trigger(box, "htmx:abort");
    const panel = box.querySelector("details");
    if (panel) panel.open = false;
    body.focus();
  }

  for (const field of [title, body]) {
    field.addEventListener("input", typed);
    field.addEventListener("compositionstart", () => { composing = true; });
    field.addEventListener("compositionend", () => { composing = false; typed(); });
  }
  box.addEventListener("htmx:configRequest", (event) => {
    Object.assign(event.detail.parameters, {
      title: title.value.trim(), body: firstLines(body, template), kind: kind.value,
    });
  });
  box.addEventListener("htmx:beforeRequest", (event) => {
    // The waiting time may end in the middle of the next word.
    if (composing || folded) event.preventDefault();
  });
  // What somebody folded away, or is choosing from, is not taken from under their hands.
  box.addEventListener("htmx:beforeSwap", (event) => {
    if (folded || box.querySelector("#alike").contains(document.activeElement)) {
      event.detail.shouldSwap = false;
    }
  });
  box.addEventListener("htmx:afterSettle", () => {
    said.textContent = box.querySelector("#alike").dataset.said ?? "";
  });
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    box.addEventListener(failure, (event) => {
      if (event.detail.xhr.status !== 401) event.stopPropagation();
    });
  }
  box.addEventListener("click", (event) => {
    if (event.target.closest("[data-still-new]")) fold();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.querySelector("details")?.open) fold();
  });
  // A title may have come with the address.
  typed();
});
