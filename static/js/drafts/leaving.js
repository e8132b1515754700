// Signing out: what waits to be sent is spoken of first; what the server has leaves this device.
import { copies, device, outbox } from "./store.js";
import { words } from "./state.js";
import { viewerHere } from "./viewer.js";

async function unsent(viewer) {
  const waiting = await outbox.of(viewer);
  const keys = new Set(waiting.map(({ key }) => key));
  const kept = (await copies.of(viewer)).filter(({ saved, key }) => !saved && !keys.has(key));
  return waiting.length + kept.length;
}

// The page of this person and their texts go; the files of the portal's look come again by themselves.
async function clear(viewer) {
  for (const copy of await copies.of(viewer)) if (copy.saved) await copies.remove([viewer, copy.key]);
  await device.remove("viewer");
  for (const name of await self.caches?.keys() ?? []) await caches.delete(name);
}

function agreed(count) {
  const dialog = document.getElementById("unsent-dialog");
  dialog.querySelector("[data-text]").textContent = words(count === 1 ? "unsentOne" : "unsentMany").replace("{count}", count);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "leave"), { once: true });
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-sign-out]") || event.defaultPrevented) return;
  event.preventDefault();
  const viewer = await viewerHere();
  const count = await unsent(viewer).catch(() => 0);
  if (count && !await agreed(count)) return;
  await clear(viewer).catch(() => null);
  form.submit();
}, { capture: true });
