// While an input method is composing, Enter chooses a Chinese word: it must never submit a form,
// pick an option or fire a request. Safari ends the composition before it reports that Enter, so
// a key with code 229 counts as composing too.
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !isComposing(event)) return;
  // The input method has the key already; only our page must not see it.
  event.stopImmediatePropagation();
  if (event.target instanceof HTMLInputElement) event.preventDefault();
}, { capture: true });

// `typed` is an `input` that is no part of a word still being composed: what the server is asked
// about while somebody types.
const typed = (field) => field.dispatchEvent(new CustomEvent("typed", { bubbles: true }));
document.addEventListener("input", (event) => { if (!event.isComposing) typed(event.target); });
document.addEventListener("compositionend", (event) => typed(event.target));
