// Turns the unfolding question of confirm_button into a real dialog.
import { each } from "./ready.js";

each("[data-confirm]", (box) => {
  const summary = box.querySelector("summary");
  const dialog = box.querySelector("dialog");
  dialog.removeAttribute("open");

  summary.addEventListener("click", (event) => {
    event.preventDefault();
    box.open = true;
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    box.open = false;
    summary.focus();
  });
  dialog.addEventListener("click", (event) => {
    // A click on the dialog itself, not on its content, is a click on the backdrop.
    if (event.target === dialog || event.target.closest("[data-dialog-close]")) dialog.close();
  });
});
