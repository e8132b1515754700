// The print button of a page.
import { each } from "./ready.js";

each("[data-print]", (button) => button.addEventListener("click", () => print()));
