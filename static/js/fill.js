// Filling in a playbook: what is typed stands in the text at once, is remembered in this browser
// alone, and never sent. Printing, copying or keeping the page counts as a use, once.
import { each } from "./ready.js";

const MARKED = /\ue000([^\ue001]*)\ue001([^\ue002]*)\ue002/g;
const BLANK = "____";

// A day as the reader writes days; everything else as it was typed.
function inWords(value) {
  if (!/^\d{4}-\d\d-\d\d$/.test(value)) return value;
  return new Date(`${value}T00:00:00Z`).toLocaleDateString(document.documentElement.lang, {
    dateStyle: "medium", timeZone: "UTC",
  });
}

// The same as `escaped` in portal/cases/playbooks/filling.py.
function asMarkdown(value) {
  return value.replace(/([\\`*_{}[\]()~|])/g, "\\$1").replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;").replaceAll("@", "&#64;").replace(/^=/, "&#61;")
    .replace(/^(\d{0,9})([#>+\-.)])/, "$1\\$2");
}

function memoryOf(page) {
  const key = `fill:${page.dataset.fillPage}`;
  const read = () => {
    try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return {}; }
  };
  const write = (values) => {
    try { localStorage.setItem(key, JSON.stringify(values)); } catch { /* full, or forbidden */ }
  };
  return { read, write };
}

function download(name, text) {
  const link = document.createElement("a");
  link.download = `${name.replace(/[\\/:*?"<>|\s]+/g, " ").trim()}.md`;
  link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  link.click();
  URL.revokeObjectURL(link.href);
}

each("[data-fill-page]", (page) => {
  const inputs = [...page.querySelectorAll("[data-fill-input]")];
  const memory = memoryOf(page);
  const [message, markdown] = ["message", "markdown"].map(
    (name) => page.querySelector(`[data-fill-template="${name}"]`));
  const [messageMarks, markdownMarks] = [message.value, markdown.value];
  const value = (key) => inputs.find((input) => input.name === key)?.value.trim() ?? "";

  function show() {
    for (const place of page.querySelectorAll("[data-fill]")) {
      const said = value(place.dataset.fill) || place.dataset.default;
      place.textContent = said ? inWords(said) : place.dataset.label;
      place.className = said ? "filled" : "blank";
    }
    message.value = messageMarks.replace(
      MARKED, (_, key, otherwise) => inWords(value(key) || otherwise) || BLANK);
  }

  const asked = new URLSearchParams(location.search);
  const known = memory.read();
  for (const input of inputs) {
    // What the address or a lead says comes before what was typed the last time.
    if (!asked.has(input.name) && !asked.has("from") && known[input.name]) {
      input.value = known[input.name];
    }
    input.addEventListener("input", () => {
      memory.write({ ...memory.read(), [input.name]: input.value.trim() });
      show();
    });
  }
  page.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  page.querySelector("[data-fill-forget]")?.addEventListener("click", () => {
    memory.write({});
    for (const input of inputs) input.value = "";
    inputs[0]?.focus();
    show();
  });
  page.querySelector("[data-fill-save]").addEventListener("click", () => download(
    markdown.dataset.name, markdownMarks.replace(MARKED, (_, key, otherwise) => {
      const said = value(key) || otherwise;
      return said ? asMarkdown(said) : `{{${key}}}`;
    })));
  const used = page.querySelector("[data-fill-used]");
  for (const button of page.querySelectorAll("[data-fill-use]")) {
    button.addEventListener("click", () => used?.dispatchEvent(new Event("fill-used")));
  }
  show();
});

// The buttons that put a placeholder into the text that is being written.
each("[data-insert]", (box) => {
  box.addEventListener("click", (event) => {
    const text = event.target.closest("[data-insert-text]")?.dataset.insertText;
    const area = document.getElementById(box.dataset.insert);
    if (!text || !area) return;
    area.focus();
    // By the browser's own command, so that it can be undone like typing.
    if (!document.execCommand("insertText", false, text)) area.setRangeText(text);
  });
});
