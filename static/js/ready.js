// Runs a set-up for every matching element, now and in whatever htmx brings later.
import htmx from "htmx.org";

const selectors = [];

export function each(selector, setUp) {
  const known = new WeakSet();
  const run = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    for (const element of found) {
      if (known.has(element)) continue;
      known.add(element);
      setUp(element);
    }
  };
  selectors.push(run);
  run(document);
}

htmx.onLoad((root) => selectors.forEach((run) => run(root)));
