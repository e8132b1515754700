// The Markdown box: keys for bold, italic and link, a preview, and a height that follows the text.
import htmx from "htmx.org";
import { subscribe } from "@github/paste-markdown";
import "./unsaved.js";
import { each } from "./ready.js";

const KEYS = { b: "bold", i: "italic", k: "link" };

function growWith(area) {
  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  // Browsers that size the field themselves need no help.
  if (CSS.supports("field-sizing", "content")) return;
  area.addEventListener("input", grow);
  grow();
}

function addKeys(editor, area) {
  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    const tool = editor.querySelector(`[data-md-button="${KEYS[event.key.toLowerCase()]}"]`);
    if (!tool) return;
    event.preventDefault();
    tool.click();
  });
}

function addPreview(editor, area) {
  const write = editor.querySelector("[data-editor-write]");
  const show = editor.querySelector("[data-editor-preview]");
  const text = editor.querySelector(".editor-text");
  const preview = editor.querySelector(".editor-preview");

  function choose(previewing) {
    // The same height on both sides, so that the page does not jump.
    if (previewing) preview.style.minHeight = `${text.offsetHeight}px`;
    text.hidden = previewing;
    preview.hidden = !previewing;
    for (const [tab, chosen] of [[write, !previewing], [show, previewing]]) {
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    editor.querySelector("markdown-toolbar").classList.toggle("is-off", previewing);
  }

  write.addEventListener("click", () => { choose(false); area.focus(); });
  show.addEventListener("click", () => {
    preview.replaceChildren();
    choose(true);
    htmx.ajax("POST", editor.dataset.previewUrl, {
      source: show, target: preview, swap: "innerHTML", values: { text: area.value },
    });
  });
  for (const tab of [write, show]) {
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = tab === write ? show : write;
      other.click();
      other.focus();
    });
  }
}

each("[data-editor]", (editor) => {
  const area = editor.querySelector("textarea");
  growWith(area);
  addKeys(editor, area);
  addPreview(editor, area);
  // A table copied from a spreadsheet arrives as a Markdown table, a link on a word as a link.
  subscribe(area);
});
