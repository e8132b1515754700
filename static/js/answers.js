// Says what happened when a request fails: the server's words, or that there is no connection.
// Nothing is swapped then, so whatever was typed stays where it is.
import { toast } from "./toast.js";

const words = (name) => document.getElementById("toasts")?.dataset[name];

// The answer is parsed without running it, and only its text is shown.
export function tellFailure(status, html) {
  if (status === 401) {
    document.dispatchEvent(new CustomEvent("session:ended"));
    return;
  }
  const page = new DOMParser().parseFromString(html, "text/html");
  const text = page.querySelector("[data-error-text]")?.textContent.replace(/\s+/g, " ").trim();
  toast(text || words("failed"), { tone: "red" });
}

export const tellNoConnection = () => toast(words("network"), { tone: "red" });

document.addEventListener("htmx:responseError", ({ detail: { xhr } }) => tellFailure(xhr.status, xhr.responseText));
document.addEventListener("htmx:sendError", tellNoConnection);
document.addEventListener("htmx:timeout", () => toast(words("timeout"), { tone: "red" }));
