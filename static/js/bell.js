// The bell counts what is unhandled: asked for every minute while somebody looks at the page. A lost
// connection or a proxy's own page changes nothing; when the session has ended, it stops asking.
const MINUTE = 60_000;
// Coming back to a tab again and again asks no more often than this.
const PAUSE = 10_000;
let stopped = false;
let asked = Date.now();

const bell = () => document.getElementById("bell");
const token = () => document.querySelector('meta[name="csrf-token"]').content;

function show(part) {
  const count = part.querySelector("[data-bell-count]")?.textContent ?? "";
  bell().replaceWith(part);
  for (const mirror of document.querySelectorAll("[data-bell-mirror]")) {
    mirror.textContent = count;
    mirror.hidden = !count;
  }
}

async function ask() {
  asked = Date.now();
  // A redirect leads to a page of words, not to a bell.
  const answer = await fetch(bell().dataset.bellUrl, {
    headers: { "HX-Request": "true" }, redirect: "error",
  }).catch(() => null);
  if (answer?.status === 401) stopped = true;
  if (!answer?.ok) return;
  const words = await answer.text().catch(() => "");
  const part = new DOMParser().parseFromString(words, "text/html").getElementById("bell");
  if (part && bell()) show(part);
}

function askIfSeen(pause) {
  const seen = document.visibilityState === "visible" && bell();
  if (seen && !stopped && Date.now() - asked >= pause) ask();
}

// The page of a record handles what was told about it, once somebody really looks at it.
async function tellOpened(meta) {
  const url = meta.dataset.toldUrl;
  if (!url || document.visibilityState !== "visible") return;
  delete meta.dataset.toldUrl;
  const body = new FormData();
  body.set("csrf_token", token());
  body.set("subject", meta.content);
  const answer = await fetch(url, { method: "POST", body, redirect: "error" }).catch(() => null);
  if (answer?.ok) ask();
}

if (bell()) {
  const opened = () => document.querySelectorAll("meta[name=subject]").forEach(tellOpened);
  opened();
  setInterval(() => askIfSeen(MINUTE - 1000), MINUTE);
  document.addEventListener("visibilitychange", () => { opened(); askIfSeen(PAUSE); });
  addEventListener("focus", () => askIfSeen(PAUSE));
}
