// The week plan: a visit is dragged to another day. The menu beside it does the same by keyboard
// and on the phone; what is planned in place comes into sight.
import { each } from "./ready.js";

each("[data-week]", (week) => {
  let held = null;
  const dayOf = (target) => target.closest?.("[data-day]");
  const unmark = () => week.querySelectorAll(".week-drop").forEach((day) => day.classList.remove("week-drop"));

  for (const visit of week.querySelectorAll("[data-move-url]")) {
    visit.draggable = true;
    visit.addEventListener("dragstart", (event) => {
      held = visit;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", visit.querySelector(".week-whom").textContent);
    });
    visit.addEventListener("dragend", () => { held = null; unmark(); });
  }
  week.addEventListener("dragover", (event) => {
    const day = held && dayOf(event.target);
    unmark();
    if (!day || day.classList.contains("week-past")) return;
    event.preventDefault();
    day.classList.add("week-drop");
  });
  week.addEventListener("drop", (event) => {
    const day = held && dayOf(event.target);
    unmark();
    if (!day || day.classList.contains("week-past")) return;
    event.preventDefault();
    if (day.contains(held)) return;
    // The form of its menu knows the rest.
    const form = held.querySelector('form[action$="/move"]');
    const to = document.createElement("input");
    Object.assign(to, { type: "hidden", name: "day", value: day.dataset.day });
    form.append(to);
    form.submit();
  });
});

each("[data-add-visit]", (box) => {
  box.addEventListener("htmx:afterSettle", () => {
    box.scrollIntoView({ block: "nearest" });
    // What was chosen is gone with the list: the keyboard goes on in the form that took its place.
    if (document.activeElement === document.body) {
      box.querySelector("input:not([type=hidden]), select, textarea")?.focus({ preventScroll: true });
    }
  });
});
