// "@" in a Markdown box offers people; the server answers with ready list items.
import { each } from "./ready.js";

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

each("text-expander[data-url]", (expander) => {
  expander.addEventListener("text-expander-change", (event) => {
    const { provide, text } = event.detail;
    provide(people(expander.dataset.url, text)
      .then((fragment) => ({ matched: fragment !== null, fragment })));
  });
  expander.addEventListener("text-expander-value", (event) => {
    event.detail.value = event.detail.item.dataset.value;
  });
});
