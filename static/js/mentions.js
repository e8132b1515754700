// "@" in a text offers people; the server answers with ready list items. Arrows choose, Enter and
// Tab take, Escape closes. Nothing is asked while an input method is composing: what it shows then
// is not what the person means.
import { each } from "./ready.js";

// Who types on is not asked for each letter, in milliseconds.
const PAUSE = 100;
let asked = 0;

async function people(url, text) {
  const address = new URL(url, location.href);
  address.searchParams.set("q", text);
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = [...page.querySelectorAll("[role=option][data-value]")].slice(0, 8);
  if (!found.length) return null;
  const list = document.createElement("ul");
  list.className = "mention-list dropdown-menu";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", page.querySelector("[role=listbox]")?.getAttribute("aria-label") ?? "@");
  found.forEach((option, index) => {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.id = `mention-${index}`;
    item.className = "dropdown-item";
    item.dataset.value = option.dataset.value;
    item.textContent = option.textContent;
    list.append(item);
  });
  return list;
}

// A question, or an answer, that was overtaken by a newer question stays without effect: it must
// neither show what was meant before nor close what is shown now.
async function offer(url, text) {
  asked += 1;
  const mine = asked;
  const never = new Promise(() => {});
  await new Promise((go) => { setTimeout(go, PAUSE); });
  if (mine !== asked) return never;
  const fragment = await people(url, text);
  return mine === asked ? { matched: fragment !== null, fragment } : never;
}

each("text-expander[data-url]", (expander) => {
  const field = expander.querySelector("textarea");
  let composing = false;
  field?.addEventListener("compositionstart", () => { composing = true; });
  field?.addEventListener("compositionend", () => {
    composing = false;
    // Browsers differ in whether an input event still follows; one more asks for the same.
    setTimeout(() => field.dispatchEvent(new Event("input", { bubbles: true })));
  });
  expander.addEventListener("text-expander-change", (event) => {
    const { provide, text } = event.detail;
    // Without an offer an open list closes, and takes no Enter that chooses a Chinese word.
    if (composing || text.length > 40) return;
    provide(offer(expander.dataset.url, text));
  });
  expander.addEventListener("text-expander-value", (event) => {
    event.detail.value = event.detail.item.dataset.value;
  });
  // Drafts and warnings listen for what is typed.
  expander.addEventListener("text-expander-committed", (event) => {
    event.detail.input.dispatchEvent(new Event("input", { bubbles: true }));
  });
});
