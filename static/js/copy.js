// Copies the field that a button names. Without a secure connection there is no clipboard to write
// to; then the field is selected and the browser's own command copies it.
import { each } from "./ready.js";

async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return document.execCommand("copy");
  }
}

each("[data-copy]", (button) => {
  const label = button.querySelector("span") ?? button;
  const words = label.textContent;
  button.addEventListener("click", async () => {
    if (!await copy(document.getElementById(button.dataset.copy))) return;
    label.textContent = button.dataset.copied;
    setTimeout(() => { label.textContent = words; }, 2500);
  });
});
