// Wide tables and code scroll inside their own box; the keyboard must be able to get there.
import { each } from "./ready.js";

each(".prose table, .prose pre, .table-scroll", (box) => {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
});
