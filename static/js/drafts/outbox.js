// Sends what waits, each form once: its key tells the server what it has had already. Used by pages
// and by the service worker.
import { alone, copies, outbox } from "./store.js";

const PATIENCE = 60000;
const channel = "BroadcastChannel" in self ? new BroadcastChannel("portal-drafts") : null;

// Tells every open page, this one too when it listens.
const listeners = new Set();
export function tell(news) {
  channel?.postMessage(news);
  for (const listener of listeners) listener(news);
}
export function onNews(listener) {
  listeners.add(listener);
}
if (channel) channel.onmessage = ({ data }) => { for (const listener of listeners) listener(data); };

export function request(address, options = {}) {
  return fetch(address, {
    cache: "no-store", credentials: "same-origin", redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE), ...options,
    headers: { "HX-Request": "true", ...options.headers },
  });
}

// Who is signed in and the token of their forms; null when the session has ended.
// Rejects when there is no connection.
export async function whoIsHere() {
  const answer = await request("/drafts/token");
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export function bodyOf(entry) {
  const body = new FormData();
  for (const [name, value] of entry.entries) {
    if (value instanceof Blob) body.append(name, value, value.name ?? "photo.jpg");
    else body.append(name, value);
  }
  return body;
}

// What an answer means for what was sent.
export function verdict(status, location) {
  if (status === 204 && location) return { state: "sent", url: location };
  if (status === 401) return { state: "ended" };
  if (status === 400) return { state: "token" };
  // No answer yet: no connection, too busy, or a fault that passes.
  if (!status || status === 429 || status === 408 || status >= 500) return { state: "later", status };
  return { state: "refused", status };
}

async function post(entry, token) {
  const answer = await request(entry.action, {
    method: "POST", body: bodyOf(entry), headers: { "X-CSRFToken": token },
  }).catch(() => null);
  return verdict(answer?.status ?? 0, answer?.headers.get("HX-Redirect"));
}

export async function settle(entry, outcome) {
  const key = [entry.viewer, entry.key];
  if (outcome.state === "sent") {
    await outbox.remove(key);
    await copies.remove(key);
    tell({ news: "sent", viewer: entry.viewer, key: entry.key, title: entry.title, url: outcome.url });
  } else if (outcome.state === "refused") {
    // Nothing of it is thrown away: it is a draft again, opened with what is wrong.
    const copy = await copies.get(key);
    await copies.put({ ...(copy ?? copyOf(entry)), saved: false, refused: true });
    await outbox.remove(key);
    tell({ news: "refused", viewer: entry.viewer, key: entry.key, title: entry.title });
  }
}

const valueOf = (entry, wanted) => entry.entries.find(([name]) => name === wanted)?.[1] ?? "";

function copyOf(entry) {
  const { viewer, key, form, page, title, at } = entry;
  return {
    viewer, key, form, page, title, at, version: Number(valueOf(entry, "draft_version")) || 0,
    tab: valueOf(entry, "draft_tab"), fields: entry.entries.filter(([, value]) => !(value instanceof Blob)),
    files: entry.entries.filter(([, value]) => value instanceof Blob)
      .map(([name, file]) => ({ name, file })),
  };
}

// Whatever the answer says, the copy on this device stays until somebody decides.
export async function keepOnServer({ key, form, version, tab, fields }, token) {
  const answer = await request(`/drafts/${key}`, {
    method: "POST", body: JSON.stringify({ form, version, tab, fields }),
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
  });
  return answer.ok ? answer.json() : null;
}

// Everything of this person that waits. Answers how it stands: "done", "waiting", "ended", "other".
export async function sendWaiting(viewer) {
  const waiting = await outbox.of(viewer);
  if (!waiting.length) return "done";
  return alone("portal-outbox", () => sendAll(viewer), "waiting");
}

async function postAnew(entry) {
  const here = await whoIsHere().catch(() => undefined);
  if (here === undefined) return { state: "later" };
  if (!here || String(here.viewer) !== entry.viewer) return { state: "ended" };
  return post(entry, here.token);
}

async function sendAll(viewer) {
  const here = await whoIsHere().catch(() => undefined);
  if (here === undefined) return "waiting";
  if (here === null) return "ended";
  if (String(here.viewer) !== viewer) return "other";
  let left = 0;
  for (const { key } of await outbox.of(viewer)) {
    const outcome = await alone(`portal-send-${key}`, async () => {
      // Sent meanwhile by the window it was written in?
      const entry = await outbox.get([viewer, key]);
      if (!entry) return { state: "sent" };
      let answer = await post(entry, here.token);
      // Another page began a session meanwhile: its token counts now, if it is the same person's.
      if (answer.state === "token") answer = await postAnew(entry);
      // Refused: the server keeps it as a draft, to be opened anywhere with what is wrong.
      if (answer.state === "refused") await keepOnServer(copyOf(entry), here.token).catch(() => null);
      await settle(entry, answer);
      return answer;
    }, { state: "later" });
    if (outcome.state === "ended") return "ended";
    if (outcome.state === "later" || outcome.state === "token") left += 1;
  }
  return left ? "waiting" : "done";
}

// The worker sends when the connection is back, even with no page open, where browsers know how.
export async function askWorkerToSend() {
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => null);
  await registration?.sync?.register("portal-outbox").catch(() => null);
}
