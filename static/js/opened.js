// Tells the portal which hit was chosen, so that it learns which questions find no answer. Sent
// while the page is left; when it fails, nobody is told.
function tell(link) {
  const body = new FormData();
  const asked = link.closest("[data-asked]")?.dataset.asked ?? link.closest("[data-q]")?.dataset.q;
  body.set("csrf_token", document.querySelector('meta[name="csrf-token"]').content);
  body.set("q", asked ?? "");
  body.set("ref", link.dataset.opened);
  body.set("rank", link.dataset.rank);
  navigator.sendBeacon(document.querySelector("[data-search-box]").dataset.openedUrl, body);
}

for (const kind of ["click", "auxclick"]) {
  document.addEventListener(kind, (event) => {
    // The right button only opens a menu.
    const link = event.button === 2 ? null : event.target.closest("a[data-opened]");
    if (link) tell(link);
  });
}
