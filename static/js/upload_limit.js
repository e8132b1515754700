// A form that says how many bytes it takes (data-max-bytes) refuses more before they travel.
import { each } from "./ready.js";

each("form[data-max-bytes]", (form) => {
  const problem = form.querySelector("[data-upload-problem]");
  const size = () => [...form.querySelectorAll("input[type=file]")]
    .flatMap((input) => [...input.files]).reduce((sum, file) => sum + file.size, 0);
  const check = () => {
    const tooLarge = size() > Number(form.dataset.maxBytes);
    problem.textContent = tooLarge ? form.dataset.tooLarge : "";
    problem.hidden = !tooLarge;
    return tooLarge;
  };
  form.addEventListener("change", check);
  form.addEventListener("submit", (event) => {
    if (check()) event.preventDefault();
  });
});
