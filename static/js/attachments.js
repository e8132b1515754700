// Files pasted, dropped, chosen or photographed in a text box: sent one after the other, each leaving
// its Markdown where the cursor was. A list under the box shows how far each has come, lets one stop
// it, and says beside the text why one was not taken; what was typed stays as it is.
import { tellFailure } from "./answers.js";
import { each } from "./ready.js";

const MB = 1024 * 1024;

function replace(area, from, to) {
  const start = area.value.indexOf(from);
  if (start < 0) return;
  area.setRangeText(to, start, start + from.length, "preserve");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

// The words of the server's page, which is parsed without running it.
function reason(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return page.querySelector("[data-error-text]")?.textContent.replace(/\s+/g, " ").trim();
}

// A draft may have moved to another key since the page was opened: its form knows.
function address(box) {
  const draft = box.closest("form")?.elements.draft_key;
  const url = box.dataset.uploadUrl;
  return draft ? url.replace(/\/drafts\/[^/]+\/files/, `/drafts/${encodeURIComponent(draft.value)}/files`) : url;
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function button(text, onClick) {
  const made = element("button", "btn btn-sm", text);
  made.type = "button";
  made.addEventListener("click", onClick);
  return made;
}

class Upload {
  constructor(box, file) {
    Object.assign(this, { box, file, area: box.querySelector("textarea"), words: box.dataset });
    this.row = element("li", "upload");
    this.bar = element("progress", "upload-bar");
    this.bar.max = 1;
    this.bar.setAttribute("aria-label", file.name);
    box.querySelector("[data-uploads]").append(this.row);
  }

  // Tells whether it went through: the next one waits for it.
  run() {
    this.placeholder = `[${this.words.wait} ${this.file.name} …]()`;
    this.area.setRangeText(`${this.placeholder}\n`, this.area.selectionStart, this.area.selectionEnd, "end");
    this.row.replaceChildren(element("span", "upload-name", this.file.name), this.bar, button(this.words.cancel, () => this.request?.abort()));
    if (this.file.size > Number(this.words.limitMb) * MB) return this.fail(this.words.tooLarge, false);
    return new Promise((done) => this.send(() => done()));
  }

  send(done) {
    const request = (this.request = new XMLHttpRequest());
    const body = new FormData();
    body.append("file", this.file);
    body.append("draft_form", this.box.closest("form")?.elements.draft_form?.value ?? "");
    request.open("POST", address(this.box));
    request.setRequestHeader("X-CSRFToken", document.querySelector('meta[name="csrf-token"]').content);
    request.setRequestHeader("HX-Request", "true");
    request.upload.addEventListener("progress", ({ loaded, total }) => { this.bar.value = total ? loaded / total : 0; });
    request.addEventListener("load", () => { this.answered(request); done(); });
    request.addEventListener("error", () => { this.fail(this.words.network, true); done(); });
    request.addEventListener("abort", () => { this.leave(""); done(); });
    request.send(body);
  }

  answered({ status, responseText }) {
    if (status === 200) this.leave(responseText.trim());
    else if (status === 401) {
      tellFailure(status, responseText);
      this.fail(this.words.network, true);
    } else this.fail(reason(responseText) || this.words.failed, status >= 500 || status === 429);
  }

  // The Markdown, or nothing, takes the place that was held in the text.
  leave(markdown) {
    replace(this.area, markdown ? this.placeholder : `${this.placeholder}\n`, markdown);
    this.row.remove();
  }

  fail(text, again) {
    replace(this.area, `${this.placeholder}\n`, "");
    const why = element("span", "upload-why", text);
    why.setAttribute("role", "alert");
    this.row.replaceChildren(element("span", "upload-name", this.file.name), why);
    if (again) this.row.append(button(this.words.again, () => queue(this.box, [this])));
    this.row.append(button(this.words.dismiss, () => this.row.remove()));
  }
}

const queues = new WeakMap();
const waiting = new WeakMap();

function queue(box, uploads) {
  waiting.set(box, (waiting.get(box) ?? 0) + uploads.length);
  let last = queues.get(box) ?? Promise.resolve();
  for (const upload of uploads) {
    last = last.then(() => upload.run()).finally(() => waiting.set(box, waiting.get(box) - 1));
  }
  queues.set(box, last);
}

// Text that was copied along with its picture, as spreadsheets do, is pasted as text.
function takePasted(box, event) {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.stopPropagation();
  if (event.clipboardData.getData("text/plain")) return;
  event.preventDefault();
  box.attach(files);
}

each("file-attachment[data-upload-url]", (box) => {
  box.querySelector("textarea").addEventListener("paste", (event) => takePasted(box, event));
  box.querySelector("[data-camera]")?.addEventListener("change", ({ target }) => {
    if (target.files.length) box.attach(target.files);
    target.value = "";
  });
  box.addEventListener("file-attachment-accepted", ({ detail }) => {
    queue(box, detail.attachments.map(({ file }) => new Upload(box, file)));
  });
  // Sent now, the text would name a file that is not there yet.
  box.closest("form")?.addEventListener("submit", (event) => {
    if (!waiting.get(box)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box.querySelector("[data-uploads-said]").textContent = box.dataset.busy;
  }, { capture: true });
});
