// The service worker. It keeps the look of the portal and one page that is the same for everybody,
// never anything that somebody wrote; and it sends what waits when the connection is back.
import { device, outbox } from "./drafts/store.js";
import { sendWaiting } from "./drafts/outbox.js";

// The server puts this line in front: const PORTAL = { version, files: […], offline: { zh, en } }.
const { version, files, offline } = self.PORTAL;
const NAME = `portal-${version}`;
const pages = Object.values(offline);

async function fill() {
  const cache = await caches.open(NAME);
  await Promise.all([...files, ...pages].map(async (address) => {
    if (await cache.match(address, { ignoreVary: true })) return;
    // Nobody in particular asks for it, so that nobody's name is in it.
    const answer = await fetch(address, { credentials: "omit", cache: "no-cache" });
    if (answer.ok) await cache.put(address, answer);
  }));
}

async function forgetOthers() {
  for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
}

// Not by opening it: that would make it again when it was emptied.
const kept = (address) => caches.match(address, { cacheName: NAME, ignoreVary: true });

async function withoutConnection() {
  const here = await device.get("viewer").catch(() => null);
  const page = await kept(offline[here?.language] ?? offline.zh);
  return page ?? Response.error();
}

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return withoutConnection();
  }
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fill());
});
self.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([
    forgetOthers(), self.clients.claim(), self.registration.navigationPreload?.enable(),
  ]));
});
self.addEventListener("message", (event) => {
  if (event.data === "fill") event.waitUntil(fill().catch(() => null));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  // A form that is sent goes its own way: it is kept by its page.
  if (request.method !== "GET") return undefined;
  if (request.mode === "navigate") return event.respondWith(page(event));
  const address = new URL(request.url);
  if (address.origin !== location.origin) return undefined;
  if (!files.includes(address.pathname + address.search)) return undefined;
  return event.respondWith(kept(request.url).then((found) => found ?? fetch(request)));
});
// The browser says that there is a connection again.
self.addEventListener("sync", (event) => {
  event.waitUntil((async () => {
    const here = await device.get("viewer");
    if (!here || !(await outbox.of(here.id)).length) return;
    const left = await sendWaiting(here.id);
    if (left === "waiting") throw new Error("still waiting");
  })());
});
