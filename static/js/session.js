// When the session ended, a notice says so while the text stays. After signing in again in another
// tab, this page fetches the new form token, so that saving works without reloading.
const notice = document.getElementById("session-notice");

function show(moment) {
  notice.hidden = false;
  for (const part of notice.querySelectorAll("[data-when]")) {
    part.hidden = part.dataset.when !== moment;
  }
}

function useToken(token) {
  document.querySelector('meta[name="csrf-token"]').content = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  for (const input of document.querySelectorAll('input[name="csrf_token"]')) input.value = token;
}

async function renew() {
  if (notice.hidden || document.visibilityState !== "visible") return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const content = (name) => page.querySelector(`meta[name="${name}"]`)?.content;
  const before = document.querySelector('meta[name="viewer"]').content;
  // Someone else signed in: their name must not come under this text.
  if (!before || content("viewer") !== before) return;
  useToken(content("csrf-token"));
  show("back");
}

if (notice) {
  document.addEventListener("session:ended", () => show("ended"));
  document.addEventListener("visibilitychange", renew);
  addEventListener("focus", renew);
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) notice.hidden = true;
  });
}
