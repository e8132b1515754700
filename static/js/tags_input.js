// Comma-separated tags with suggestions for the tag being typed. A browser's own list only knows
// the whole text, so each suggestion is offered with the tags before it.
import { each } from "./ready.js";

const COMMAS = /[,，、;；]/;

function setUp(box) {
  const input = box.querySelector("input");
  const list = box.querySelector("datalist");
  const known = [...list.options].map((option) => option.value);

  function offer() {
    const parts = input.value.split(COMMAS).map((part) => part.trim());
    const typing = parts.pop().toLowerCase();
    const before = parts.filter(Boolean);
    const fits = known.filter((tag) => !before.includes(tag) && tag.toLowerCase().includes(typing));
    list.replaceChildren(...fits.slice(0, 20).map((tag) => {
      const option = document.createElement("option");
      option.value = [...before, tag].join(", ");
      option.label = tag;
      return option;
    }));
  }

  function tidy() {
    const tags = input.value.split(COMMAS).map((part) => part.trim()).filter(Boolean);
    input.value = [...new Set(tags)].join(", ");
  }

  input.addEventListener("focus", offer);
  input.addEventListener("input", (event) => { if (!event.isComposing) offer(); });
  input.addEventListener("compositionend", offer);
  input.addEventListener("change", tidy);
}

each("[data-tags]", setUp);
