// What the keyboard begins with, without leaving the top of the page: on a phone it stands below.
import { each } from "./ready.js";

each("[data-focus]", (element) => element.focus({ preventScroll: true }));
