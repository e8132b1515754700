// A form that keeps itself: first on this device, then on the server, and says so only when it is so.
import { each } from "../ready.js";
import { copies, newName } from "./store.js";
import { fillIn, filesOf, pairsOf, putFiles, titleOf } from "./fields.js";
import { request, whoIsHere } from "./outbox.js";
import { stateLine } from "./state.js";
import { viewerHere } from "./viewer.js";

const LOCALLY = 250;
const ON_SERVER = 1500;
const AGAIN = 15000;
// What a browser sends after a page is gone may not be larger.
const LARGEST_PARTING = 60000;
export const tab = newName();
export const writings = new Map();

export class Writing {
  constructor(form, viewer) {
    Object.assign(this, { form, viewer, leaving: false, kept: true, saving: false, pending: false });
    this.inputs = form.elements;
    this.show = stateLine(form);
    const mark = document.createElement("input");
    Object.assign(mark, { type: "hidden", name: "draft_tab", value: tab });
    form.append(mark);
    this.timers = {};
    this.last = this.begun = this.now();
  }

  get key() { return this.inputs.draft_key.value; }
  set key(key) { this.inputs.draft_key.value = key; }
  get name() { return this.inputs.draft_form.value; }
  get version() { return Number(this.inputs.draft_version.value) || 0; }
  set version(version) { this.inputs.draft_version.value = version; }
  now() { return JSON.stringify([pairsOf(this.form), filesOf(this.form).map(({ file }) => [file.name, file.size])]); }
  get untouched() { return this.now() === this.begun; }

  later(name, wait, act) {
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(() => act.call(this), wait);
  }

  changed() {
    const now = this.now();
    if (this.leaving || now === this.last) return;
    this.last = now;
    Object.assign(this, { kept: false, pending: true });
    this.later("local", LOCALLY, this.keep);
    this.later("server", ON_SERVER, this.save);
  }

  async keep(more = {}) {
    clearTimeout(this.timers.local);
    const written = this.now();
    const pairs = pairsOf(this.form);
    const copy = {
      viewer: this.viewer, key: this.key, form: this.name, page: this.form.dataset.page ?? location.pathname,
      title: titleOf(pairs), fields: pairs, files: filesOf(this.form), version: this.version, tab,
      at: Date.now(), saved: false, ...more,
    };
    const done = await copies.put(copy).then(() => true, () => false);
    if (done && written === this.now()) this.kept = true;
    return done;
  }

  forget(key = this.key) {
    return copies.remove([this.viewer, key]).catch(() => null);
  }

  async save({ parting = false } = {}) {
    clearTimeout(this.timers.server);
    if (this.leaving || (this.saving && !parting)) return;
    this.saving = true;
    const sent = this.now();
    const key = this.key;
    if (!parting) {
      this.show("saving");
      if (!this.kept) await this.keep();
    }
    const answer = await this.ask(key, parting);
    this.saving = false;
    await this.heed(answer, key, sent);
    if (this.now() !== sent) this.later("server", ON_SERVER, this.save);
  }

  async ask(key, parting) {
    const body = JSON.stringify({ form: this.name, version: this.version, tab, fields: pairsOf(this.form) });
    const send = (token) => request(`/drafts/${key}`, {
      method: "POST", body, keepalive: parting && body.length < LARGEST_PARTING,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    });
    try {
      let answer = await send(document.querySelector('meta[name="csrf-token"]').content);
      if (answer.status === 400 && !parting) {
        // The form is from an earlier session of the same person, or of somebody else.
        const here = await whoIsHere();
        if (!here || String(here.viewer) !== this.viewer) return { state: "ended" };
        answer = await send(here.token);
      }
      if (answer.status === 401) return { state: "ended" };
      return answer.status < 500 ? await answer.json() : { state: "offline" };
    } catch {
      return { state: "offline" };
    }
  }

  async heed(answer, key, sent) {
    const { state } = answer;
    if (state === "saved" || state === "beside") {
      this.pending = this.now() !== sent;
      this.version = answer.version;
      if (state === "beside") {
        await this.forget(key);
        this.key = answer.key;
      }
      const files = filesOf(this.form);
      // Files are on the server only when the form is sent: their copy stays here.
      if (files.length || this.now() !== sent) await this.keep({ saved: !files.length && this.now() === sent });
      else await this.forget(key);
      this.show(state, { at: answer.at, url: answer.compare });
    } else if (state === "sent") {
      // From another window. What is typed here goes on as a draft of its own.
      await this.forget(key);
      Object.assign(this, { key: newName(), version: 0, kept: false });
      this.show("already");
      this.later("server", ON_SERVER, this.save);
    } else if (state === "blank" || state === "discarded") {
      await this.forget(key);
      this.show("");
    } else if (state === "ended") {
      this.show(this.kept ? "ended" : "lost");
      document.dispatchEvent(new CustomEvent("session:ended"));
    } else if (state === "refused") {
      this.show("refused", { text: answer.text });
    } else {
      this.show(this.kept ? "device" : "lost");
      this.later("server", AGAIN, this.save);
    }
  }

  async restore() {
    const copy = await copies.get([this.viewer, this.key]).catch(() => null);
    if (copy) this.take(copy);
  }

  // The page of a comparison knows the newest revision: that must not be set back.
  take(copy) {
    const compared = this.form.hasAttribute("data-draft-conflict");
    this.key = copy.key;
    if (!compared && !copy.saved && this.untouched) {
      if (!this.form.querySelector("[aria-invalid=true]")) fillIn(this.form, copy.fields, compared ? ["base"] : []);
      this.version = Math.max(copy.version, 0);
    }
    putFiles(this.form, copy.files ?? []);
    this.last = this.now();
    if (copy.saved) return;
    this.pending = true;
    this.show(copy.refused ? "refused" : "device");
    this.later("server", ON_SERVER, this.save);
  }
}

// Whether what is in this form is safe if the page goes away now.
export function isKept(form) {
  return writings.get(form)?.kept ?? false;
}

each("form[data-draft]", async (form) => {
  const viewer = await viewerHere();
  if (!viewer || !form.isConnected) return;
  const writing = new Writing(form, viewer);
  writings.set(form, writing);
  for (const event of ["input", "change"]) form.addEventListener(event, () => writing.changed());
  await writing.restore();
  form.dispatchEvent(new CustomEvent("draft:ready", { bubbles: true }));
  form.dataset.draftReady = "";
});

function part() {
  for (const writing of writings.values()) {
    if (writing.leaving || !writing.pending) continue;
    writing.keep();
    writing.save({ parting: true });
  }
}
addEventListener("pagehide", part);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") part(); });
addEventListener("online", () => { for (const writing of writings.values()) if (writing.pending) writing.save(); });
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const writing of writings.values()) writing.leaving = false;
});
