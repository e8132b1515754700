// Files pasted, dropped or chosen in a Markdown box: uploaded one by one, each leaving its Markdown
// where the cursor was. While one is under way, a placeholder holds its place.
import { tellFailure, tellNoConnection } from "./answers.js";
import { each } from "./ready.js";

function replace(area, from, to) {
  const start = area.value.indexOf(from);
  if (start < 0) return;
  area.setRangeText(to, start, start + from.length, "preserve");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

async function send(url, file) {
  const body = new FormData();
  body.append("file", file);
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const headers = { "X-CSRFToken": token, "HX-Request": "true" };
  const answer = await fetch(url, { method: "POST", body, headers }).catch(() => null);
  if (!answer) tellNoConnection();
  else if (!answer.ok) tellFailure(answer.status, await answer.text());
  return answer?.ok ? (await answer.text()).trim() : "";
}

each("file-attachment[data-upload-url]", (box) => {
  const area = box.querySelector("textarea");
  box.addEventListener("file-attachment-accepted", async ({ detail }) => {
    for (const { file } of detail.attachments) {
      const placeholder = `[${box.dataset.wait} ${file.name} …]()`;
      area.setRangeText(`${placeholder}\n`, area.selectionStart, area.selectionEnd, "end");
      replace(area, placeholder, await send(box.dataset.uploadUrl, file));
    }
  });
});
