// Filters left empty stay out of the address, so that it can be read and shared.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get" || !(detail.elt instanceof HTMLFormElement)) return;
  for (const [name, value] of [...detail.formData.entries()]) {
    if (value === "") detail.formData.delete(name);
  }
});
