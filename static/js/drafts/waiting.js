// On every page: sends what waits, says what went out, and shows what only this device has.
import { toast } from "../toast.js";
import { copies, outbox } from "./store.js";
import { askWorkerToSend, keepOnServer, onNews, sendWaiting, whoIsHere } from "./outbox.js";
import { words } from "./state.js";
import { offlinePage, viewerHere } from "./viewer.js";

const AGAIN = 20000;
let timer = null;

async function look() {
  clearTimeout(timer);
  const viewer = await viewerHere();
  if (!viewer) return;
  await bring(viewer).catch(() => null);
  const left = await sendWaiting(viewer).catch(() => "done");
  if (left === "ended" && !offlinePage) document.dispatchEvent(new CustomEvent("session:ended"));
  if (left === "waiting") {
    askWorkerToSend();
    timer = setTimeout(look, AGAIN);
  }
}

// What this device kept while there was no connection goes to the server as a draft, so that it can
// be gone on with elsewhere. Files stay here until the form is sent.
async function bring(viewer) {
  const open = new Set([...document.querySelectorAll('input[name="draft_key"]')].map(({ value }) => value));
  const queued = new Set((await outbox.of(viewer)).map(({ key }) => key));
  const mine = (await copies.of(viewer)).filter((copy) => !copy.saved && !copy.refused
    && !open.has(copy.key) && !queued.has(copy.key));
  if (!mine.length) return;
  const here = await whoIsHere();
  if (!here || String(here.viewer) !== viewer) return;
  for (const copy of mine) await bringOne(copy, here.token);
  list();
}

async function bringOne(copy, token) {
  const answer = await keepOnServer(copy, token);
  const now = await copies.get([copy.viewer, copy.key]);
  const safe = answer && (answer.state === "sent" || !copy.files?.length);
  if (safe && now?.at === copy.at) await copies.remove([copy.viewer, copy.key]);
}

onNews(async ({ news, viewer, title }) => {
  if (viewer !== await viewerHere()) return;
  if (news === "waiting") {
    clearTimeout(timer);
    timer = setTimeout(look, AGAIN);
  }
  if (news === "sent" && !document.querySelector("form[aria-busy]")) toast(words("wentOutTitle").replace("{title}", title), { tone: "green" });
  if (news === "refused") toast(words("cameBackTitle").replace("{title}", title), { tone: "red" });
  list();
});

export const pageOf = ({ page, key, form, refused }) =>
  `${page}?draft_key=${encodeURIComponent(key)}&draft_form=${encodeURIComponent(form)}${refused ? "&check=1" : ""}`;

function line(template, row, state) {
  const item = template.content.firstElementChild.cloneNode(true);
  item.querySelector(".draft-title").textContent = row.title || row.form;
  const what = item.querySelector("[data-what]");
  what.textContent = what.dataset[state];
  item.querySelector("a").href = pageOf(row);
  item.querySelector("[data-forget]").addEventListener("click", async () => {
    await outbox.remove([row.viewer, row.key]);
    await copies.remove([row.viewer, row.key]);
    list();
  });
  return item;
}

async function list() {
  const box = document.querySelector("[data-on-device]");
  const viewer = await viewerHere();
  if (!box || !viewer) return;
  const waiting = await outbox.of(viewer);
  const keys = new Set(waiting.map(({ key }) => key));
  const kept = (await copies.of(viewer)).filter(({ key, saved }) => !saved && !keys.has(key));
  const template = box.querySelector("template");
  box.querySelector("[data-on-device-lines]").replaceChildren(
    ...waiting.map((row) => line(template, row, "waiting")),
    ...kept.map((row) => line(template, row, row.refused ? "refused" : "kept")),
  );
  box.hidden = !waiting.length && !kept.length;
  const now = box.querySelector("[data-send-now]");
  now.hidden = !waiting.length;
  now.onclick = look;
}

addEventListener("online", look);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") look(); });
look();
list().catch(() => null);

