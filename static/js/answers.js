// Says what happened when a request fails: the server's words, or that there is no connection.
// Nothing is swapped then, so whatever was typed stays where it is.
import { toast } from "./toast.js";

const words = (name) => document.getElementById("toasts")?.dataset[name];

// The answer is parsed without running it, and only its text is shown.
function serverText(xhr) {
  const type = xhr.getResponseHeader("Content-Type") ?? "";
  if (!type.startsWith("text/html")) return null;
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  return page.querySelector("[data-error-text]")?.textContent.replace(/\s+/g, " ").trim();
}

document.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.status === 401) {
    document.dispatchEvent(new CustomEvent("session:ended"));
    return;
  }
  toast(serverText(detail.xhr) || words("failed"), { tone: "red" });
});
document.addEventListener("htmx:sendError", () => toast(words("network"), { tone: "red" }));
document.addEventListener("htmx:timeout", () => toast(words("timeout"), { tone: "red" }));
