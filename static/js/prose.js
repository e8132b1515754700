// Small repairs to written text and wide tables, for people who use the keyboard or a screen reader.
import { each } from "./ready.js";

// What scrolls inside its own box must be reachable without a mouse.
each(".prose table, .prose pre, .table-scroll", (box) => {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
});

// The box of a task has no words of its own; the item's words name it.
each(".prose .task-list-item input[type=checkbox]", (box) => {
  box.setAttribute("aria-label", box.closest("li").textContent.trim().slice(0, 120));
});
