// What comes next gets a day as soon as it is written: the one most often meant, in sight and one
// tap away from another. Whoever chose a day, or no next step, keeps the choice.
import { each } from "./ready.js";

const USUAL = "three";

each("form:has([name=next_step]):has([name=next_when])", (form) => {
  const step = form.elements.next_step;
  const chips = form.elements.next_when;
  const of = (value) => [...chips].find((chip) => chip.value === value);
  let ours = false;

  form.addEventListener("change", (event) => {
    if (event.target.name === "next_when") ours = null;
  });
  step.addEventListener("input", () => {
    if (ours === null) return;
    const wanted = step.value.trim() ? USUAL : "";
    if (!ours && chips.value !== "") return;
    const chip = of(wanted);
    if (chip) chip.checked = true;
    ours = Boolean(wanted);
  });
});
