// Knows which forms hold text that was not saved, and asks before the page is left.
import { isKept } from "./drafts/writing.js";

const leaving = new WeakSet();

// A page that came back with errors shows typed text as if it were saved; it is not.
function isUnsaved(area) {
  const form = area.form;
  if (!form || leaving.has(form) || isKept(form)) return false;
  return area.value !== area.defaultValue || form.querySelector("[aria-invalid=true]") !== null;
}

addEventListener("beforeunload", (event) => {
  const areas = document.querySelectorAll("[data-editor] textarea");
  if ([...areas].some((area) => area.value.trim() && isUnsaved(area))) event.preventDefault();
});
document.addEventListener("submit", (event) => leaving.add(event.target));
addEventListener("pageshow", () => {
  for (const form of document.forms) leaving.delete(form);
});
// A refused or failed save leaves the text unsaved again.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.successful && detail.elt instanceof HTMLFormElement) leaving.delete(detail.elt);
});
