// What a form says about its draft. The line is for the eye; screen readers hear only news: the first
// time it is kept, and trouble.
const words = (name) => document.getElementById("draft-words")?.dataset[name] ?? "";
const LOUD = new Set(["device", "ended", "lost", "beside", "refused", "waiting", "sent", "sending"]);

export function stateLine(form) {
  const line = form.querySelector("[data-draft-state]");
  const said = form.querySelector("[data-draft-said]");
  let before = "";

  return function show(state, { at = "", text = "", url = "" } = {}) {
    if (!line) return;
    const shown = (text || words(state)).replace("{time}", at);
    line.replaceChildren(shown);
    line.dataset.state = state;
    if (url) {
      const link = document.createElement("a");
      link.href = url;
      link.textContent = words(`${state}Link`);
      line.append(" ", link);
    }
    const first = state === "saved" && before === "";
    if (state !== before && (first || LOUD.has(state))) said.textContent = shown;
    if (state !== "saving" && state) before = state;
  };
}

export { words };
