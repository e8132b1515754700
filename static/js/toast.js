// Short messages in the corner, read out by screen readers. Texts come from the page or the server.
import htmx from "htmx.org";

const SECONDS = 8;

function button(label, className) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = className;
  element.textContent = label;
  return element;
}

// tone: green, amber, red or grey. undo: an address that takes the action back when posted to.
export function toast(text, { tone = "grey", undo = null } = {}) {
  const box = document.getElementById("toasts");
  if (!box || !text) return;
  // The same failure twice in a row is said once.
  for (const old of box.children) if (old.dataset.text === text) old.remove();
  const item = document.createElement("div");
  item.className = `toast-note tone-${tone}`;
  item.dataset.text = text;
  const words = document.createElement("p");
  words.textContent = text;
  item.append(words);
  if (undo) {
    const back = button(box.dataset.undo, "btn btn-sm");
    back.addEventListener("click", () => {
      item.remove();
      htmx.ajax("POST", undo, { source: document.body, swap: "none" });
    });
    item.append(back);
  }
  const close = button("×", "toast-close");
  close.setAttribute("aria-label", box.dataset.close);
  close.addEventListener("click", () => item.remove());
  item.append(close);
  box.append(item);
  // Failures and offers of undo wait to be read; plain news goes by itself.
  if (tone !== "red" && !undo) setTimeout(() => item.remove(), SECONDS * 1000);
}

// The server asks for one with the header HX-Trigger: {"toast": {"text": …, "tone": …, "undo": …}}.
document.addEventListener("toast", (event) => toast(event.detail.text ?? event.detail.value, event.detail));
