// Results that come in place of others: what was unfolded stays so, the focus is not lost, and the
// box on top says what is asked now.
let unfolded = [];

document.addEventListener("htmx:beforeSwap", ({ target }) => {
  if (target.id !== "results") return;
  unfolded = [...target.querySelectorAll("details[id]")].map(({ id, open }) => [id, open]);
});

document.addEventListener("htmx:afterSettle", ({ target }) => {
  const results = target.closest?.("#results") ?? document.getElementById("results");
  if (!results || !unfolded.length) return;
  for (const [id, open] of unfolded) {
    const details = document.getElementById(id);
    if (details) details.open = open;
  }
  unfolded = [];
  // A filter that was lifted is gone from the page; its number of results takes the focus.
  if (document.activeElement === document.body) {
    document.getElementById("results-count")?.focus({ preventScroll: true });
  }
  const box = document.querySelector("[data-search-box] input");
  if (box) box.value = results.dataset.q;
});
