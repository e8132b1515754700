// Brings in the service worker: the portal then opens without a connection, and sends by itself.
import { offlinePage } from "./viewer.js";

const worker = document.querySelector('meta[name="service-worker"]')?.content;

async function start() {
  const registration = await navigator.serviceWorker.register(worker).catch(() => null);
  // After signing out its store is empty; after signing in it is filled again.
  registration?.active?.postMessage("fill");
}

if (worker && !offlinePage && "serviceWorker" in navigator) {
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}
