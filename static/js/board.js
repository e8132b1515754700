// The board: a card dragged to another stage opens the questions of that move. And the box that
// chooses all leads of a page.
import { each } from "./ready.js";

each("[data-board]", (board) => {
  let held = null;
  const columnOf = (target) => target.closest?.("[data-stage]");
  const unmark = () => board.querySelectorAll(".board-drop").forEach((column) => column.classList.remove("board-drop"));

  for (const card of board.querySelectorAll("[data-move-url]")) {
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      held = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.querySelector(".board-name").textContent);
    });
    card.addEventListener("dragend", () => { held = null; unmark(); });
  }
  board.addEventListener("dragover", (event) => {
    const column = held && columnOf(event.target);
    unmark();
    if (!column || column.contains(held)) return;
    event.preventDefault();
    column.classList.add("board-drop");
  });
  board.addEventListener("drop", (event) => {
    const column = held && columnOf(event.target);
    unmark();
    if (!column || column.contains(held)) return;
    event.preventDefault();
    location.href = held.dataset.moveUrl.replace("STAGE", encodeURIComponent(column.dataset.stage));
  });
});

each("[data-pick-all]", (all) => {
  const picks = () => all.closest("form").querySelectorAll("[data-pick]");
  all.addEventListener("change", () => picks().forEach((pick) => { pick.checked = all.checked; }));
});
