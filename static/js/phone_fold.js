// What a wide page shows at once is folded on a phone. Whoever unfolds it there keeps it unfolded,
// also when the part comes anew from the server.
import { each } from "./ready.js";

const phone = matchMedia("(max-width: 767px)");
const kept = new Set();

each("details[data-phone-fold]", (fold) => {
  const name = fold.dataset.phoneFold;
  if (phone.matches && !kept.has(name)) fold.open = false;
  fold.addEventListener("toggle", () => {
    if (fold.isConnected) kept[fold.open ? "add" : "delete"](name);
  });
  // A window that grows wide has no button to unfold.
  phone.addEventListener("change", () => { if (!phone.matches) fold.open = true; });
});
