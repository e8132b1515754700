// Says before sending that a file is too large: a refused upload would have to travel first.
import { each } from "./ready.js";

const MB = 1024 * 1024;

each("input[type=file][data-limit-mb]", (input) => {
  input.addEventListener("change", () => {
    const limit = Number(input.dataset.limitMb) * MB;
    const files = [...input.files];
    const large = files.filter((file) => file.size > limit);
    const together = files.reduce((sum, file) => sum + file.size, 0);
    const wrong = together > 4 * limit ? files : large;
    input.setCustomValidity(
      wrong.length ? `${input.dataset.tooLarge} ${wrong.map((file) => file.name).join(", ")}` : "",
    );
    input.reportValidity();
  });
  // The form checks nothing else in the browser: the server's words are better.
  input.form?.addEventListener("submit", (event) => {
    if (input.validity.customError) {
      event.preventDefault();
      event.stopImmediatePropagation();
      input.closest("details")?.setAttribute("open", "");
      input.reportValidity();
    }
  }, { capture: true });
});
