// A form that opens afresh offers what this device kept of the same kind; a short one simply goes on.
import { each } from "../ready.js";
import { copies, outbox } from "./store.js";
import { pageOf } from "./waiting.js";
import { writings } from "./writing.js";

const SHORT = /^(solution-to|comment-on):/;

each("form[data-draft]", (form) => {
  form.addEventListener("draft:ready", async () => {
    const writing = writings.get(form);
    if (!writing.untouched || new URLSearchParams(location.search).has("draft_key")) return;
    const queued = new Set((await outbox.of(writing.viewer)).map(({ key }) => key));
    const others = (await copies.of(writing.viewer)).filter((copy) => copy.form === writing.name && !copy.saved
      && copy.key !== writing.key && !queued.has(copy.key) && !document.querySelector(`[data-draft-offer="${CSS.escape(copy.key)}"]`));
    const newest = others.sort((one, other) => other.at - one.at)[0];
    if (!newest || !writing.untouched) return;
    if (SHORT.test(writing.name)) {
      if (!form.elements.body.value.trim()) writing.take(newest);
      return;
    }
    offer(form, newest);
  });
});

function offer(form, copy) {
  const template = document.querySelector("[data-draft-offer-template]");
  const box = template?.content.firstElementChild.cloneNode(true);
  if (!box) return;
  box.querySelector("[data-title]").textContent = copy.title;
  box.querySelector("a").href = pageOf(copy);
  form.before(box);
}
