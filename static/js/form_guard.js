// A form is sent once, and after a refusal the focus goes to what is wrong.
const sending = new WeakSet();

const buttons = (form) => [...form.elements].filter((part) => part.type === "submit");

function hold(form) {
  sending.add(form);
  form.setAttribute("aria-busy", "true");
  // Not "disabled": the pressed button's own name and value must still be sent.
  for (const button of buttons(form)) button.setAttribute("aria-disabled", "true");
  // A download leaves the page standing, and nothing tells us that it came.
  setTimeout(() => release(form), 15000);
}

function release(form) {
  sending.delete(form);
  form.removeAttribute("aria-busy");
  for (const button of buttons(form)) button.removeAttribute("aria-disabled");
}

// The second half of a double tap belongs to the button that was pressed first. By then the answer
// may have come, and something else may stand in its place.
const DOUBLE_TAP = { milliseconds: 500, pixels: 30 };
let pressed = null;

function isSecondTap(event, button) {
  if (!pressed || pressed.button === button || event.timeStamp - pressed.at > DOUBLE_TAP.milliseconds) return false;
  return Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < DOUBLE_TAP.pixels;
}

document.addEventListener("click", (event) => {
  // A key presses without a place.
  if (!event.detail) return;
  const button = event.target.closest("[type=submit]");
  if (isSecondTap(event, button)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (button) {
    pressed = { button, at: event.timeStamp, x: event.clientX, y: event.clientY };
  }
}, { capture: true });

// Capture, so that a second press is stopped before htmx sees it.
document.addEventListener("submit", (event) => {
  if (!sending.has(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, { capture: true });

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!event.defaultPrevented && form.method === "post") hold(form);
});
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.elt instanceof HTMLFormElement) hold(detail.elt);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.elt instanceof HTMLFormElement) release(detail.elt);
});
// The back button may show this very page again, as it was left.
addEventListener("pageshow", () => [...document.forms].forEach(release));

function focusFirstError(root) {
  const wrong = root.querySelector("[aria-invalid=true]");
  for (let box = wrong?.closest("details"); box; box = box.parentElement.closest("details")) {
    box.open = true;
  }
  const summary = root.querySelector("[data-form-errors]");
  (wrong ?? summary)?.focus();
}

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.xhr?.status === 422) focusFirstError(detail.elt.isConnected ? detail.elt : document);
});
focusFirstError(document);
