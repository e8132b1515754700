// The page that opens without a connection: one form for lesson, problem and alert.
import { each } from "../ready.js";
import { device, newName } from "./store.js";

each("form[data-offline-form]", async (form) => {
  const here = await device.get("viewer").catch(() => null);
  document.querySelector("[data-nobody]").hidden = Boolean(here);
  document.querySelector("[data-somebody]").hidden = !here;
  if (!here) return;
  document.querySelector("[data-called]").textContent = here.called;
  const asked = location.pathname.match(/\/cases\/new\/(lesson|problem|alert)$/)?.[1] ?? "lesson";
  const choose = (kind) => {
    const choice = form.querySelector(`input[name="kind"][value="${kind}"]`);
    choice.checked = true;
    form.action = choice.dataset.action;
    form.dataset.page = new URL(choice.dataset.action, location.href).pathname;
    form.elements.draft_form.value = `case:${kind}`;
    form.querySelector("[data-title-label]").textContent = choice.dataset.title;
  };
  for (const choice of form.querySelectorAll('input[name="kind"]')) choice.addEventListener("change", () => choose(choice.value));
  choose(asked);
});

// Before anything reads it: the stored page is the same for everybody and every time.
export function nameOfflineForm() {
  for (const form of document.querySelectorAll("form[data-offline-form]")) form.elements.draft_key.value = newName();
}
nameOfflineForm();
