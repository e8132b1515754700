// Sends a form so that nothing is lost on the way: kept first as waiting to be sent, then sent, and
// taken out only when the server has answered. A refusal is shown by the server's own page.
import { each } from "../ready.js";
import { alone, copies, newName, outbox } from "./store.js";
import { filesOf, pairsOf, titleOf } from "./fields.js";
import { askWorkerToSend, bodyOf, onNews, settle, tell, verdict, whoIsHere } from "./outbox.js";
import { words } from "./state.js";
import { writings } from "./writing.js";

const PATIENCE = 30000;
const PATIENCE_WITH_FILES = 600000;

function entryOf(writing, submitter) {
  const { form, viewer, key } = writing;
  const data = new FormData(form, submitter?.name ? submitter : undefined);
  data.delete("csrf_token");
  return {
    viewer, key, form: writing.name, action: form.action, page: form.dataset.page ?? location.pathname,
    title: titleOf(pairsOf(form)), at: Date.now(),
    entries: [...data].filter(([, value]) => typeof value === "string" || value.size),
  };
}

// An old way of asking, because only it tells how far a photo has come.
function upload(entry, token, onProgress) {
  return new Promise((resolve) => {
    const asked = new XMLHttpRequest();
    asked.open("POST", entry.action);
    asked.setRequestHeader("HX-Request", "true");
    asked.setRequestHeader("X-CSRFToken", token);
    const heavy = entry.entries.some(([, value]) => value instanceof Blob);
    asked.timeout = heavy ? PATIENCE_WITH_FILES : PATIENCE;
    if (heavy) asked.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    asked.onloadend = () => resolve(verdict(asked.status, asked.getResponseHeader("HX-Redirect")));
    asked.send(bodyOf(entry));
  });
}

async function sendOnce(entry, onProgress) {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const outcome = await upload(entry, token, onProgress);
  if (outcome.state !== "token") return outcome;
  const here = await whoIsHere().catch(() => undefined);
  if (here === undefined) return { state: "later" };
  if (!here || String(here.viewer) !== entry.viewer) return { state: "ended" };
  return upload(entry, here.token, onProgress);
}

function go(url) {
  const next = new URL(url, location.href);
  if (next.pathname + next.search !== location.pathname + location.search) return location.assign(next);
  history.replaceState(null, "", next);
  location.reload();
}

// The browser's own way: the server answers with a page that says what to do.
function sendPlainly(form, submitter) {
  writings.get(form).plainly = true;
  form.requestSubmit(submitter);
}

async function send(writing, submitter) {
  const { form } = writing;
  await form.photosReady;
  const entry = entryOf(writing, submitter);
  const files = filesOf(form).length > 0;
  await writing.keep();
  const queued = await outbox.put(entry).then(() => true, () => false);
  if (!queued) return sendPlainly(form, submitter);
  writing.leaving = true;
  const percent = (part) => writing.show("sending", { text: `${words("sending")} ${Math.round(part * 100)} %` });
  const outcome = await alone(`portal-send-${entry.key}`, async () => {
    const known = navigator.onLine === false ? { state: "later" } : await sendOnce(entry, percent);
    if (known.state === "sent") await settle(entry, known);
    return known;
  });
  if (outcome.state === "sent") return go(outcome.url);
  if (outcome.state === "later") return wait(writing, submitter);
  if (outcome.state === "ended" && files) return wait(writing, submitter, "ended");
  await outbox.remove([entry.viewer, entry.key]);
  return sendPlainly(form, submitter);
}

// What waits is shown instead of the form; it can be taken back and changed.
function wait(writing, submitter, why = "waiting") {
  const { form } = writing;
  askWorkerToSend();
  tell({ news: "waiting", viewer: writing.viewer });
  const panel = document.getElementById("waiting-panel").content.firstElementChild.cloneNode(true);
  panel.querySelector("[data-text]").textContent = words(why);
  panel.dataset.key = writing.key;
  panel.querySelector("[data-change]").addEventListener("click", async () => {
    await outbox.remove([writing.viewer, writing.key]);
    writing.leaving = false;
    panel.remove();
    form.hidden = false;
    free(form);
  });
  form.before(panel);
  form.hidden = true;
  panel.querySelector("[data-text]").setAttribute("role", "status");
  panel.focus();
  if (why === "ended") document.dispatchEvent(new CustomEvent("session:ended"));
}

function hold(form) {
  form.setAttribute("aria-busy", "true");
  for (const part of form.elements) if (part.type === "submit") part.setAttribute("aria-disabled", "true");
}

function free(form) {
  form.removeAttribute("aria-busy");
  for (const part of form.elements) if (part.type === "submit") part.removeAttribute("aria-disabled");
}

each("form[data-draft]", (form) => {
  form.addEventListener("submit", (event) => {
    const writing = writings.get(form);
    if (event.defaultPrevented || !writing) return;
    const { submitter } = event;
    if (writing.plainly || submitter?.hasAttribute("formaction")) {
      writing.plainly = false;
      writing.leaving = true;
      return;
    }
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    hold(form);
    send(writing, submitter).catch(() => sendPlainly(form, submitter)).finally(() => free(form));
  });
});

onNews(({ news, key, url }) => {
  if (news === "waiting") return;
  const panel = document.querySelector(`[data-waiting-panel][data-key="${CSS.escape(key ?? "")}"]`);
  if (!panel) return;
  panel.querySelector("[data-change]").hidden = true;
  panel.querySelector("[data-text]").textContent = words(news === "sent" ? "wentOut" : "cameBack");
  const link = panel.querySelector("[data-open]");
  link.hidden = false;
  const writing = [...writings.values()].find((each) => each.key === key);
  link.href = url ?? `${writing.form.dataset.page ?? location.pathname}?draft_key=${key}&draft_form=${writing.name}&check=1`;
});

// The button Back shows a form as it was when it was sent: what follows is another text.
addEventListener("pageshow", async ({ persisted }) => {
  if (!persisted) return;
  for (const writing of writings.values()) {
    free(writing.form);
    if (await copies.get([writing.viewer, writing.key]).catch(() => null)) continue;
    Object.assign(writing, { key: newName(), version: 0, last: writing.now(), begun: writing.now() });
  }
});
