// Who works here. A page tells; the page that opens without a connection asks the device.
import { copies, device } from "./store.js";

const told = document.querySelector('meta[name="viewer"]');
export const offlinePage = document.documentElement.hasAttribute("data-offline");

export async function viewerHere() {
  if (!offlinePage) return told?.content ?? "";
  return (await device.get("viewer").catch(() => null))?.id ?? "";
}

// Remembered for the page without a connection; texts that the server has leave with their writer.
async function remember() {
  if (offlinePage || !told) return;
  if (told.content) {
    await device.put({ name: "viewer", id: told.content, called: told.dataset.name ?? "",
      language: document.documentElement.lang.startsWith("en") ? "en" : "zh" });
  }
  for (const copy of await copies.all()) {
    if (copy.viewer !== told.content && copy.saved) await copies.remove([copy.viewer, copy.key]);
  }
}
remember().catch(() => null);
