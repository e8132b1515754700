// Photos: made smaller before they travel, which also takes the place out of them, and shown small.
import { each } from "./ready.js";

const LONGEST = 2000;
const THUMBNAIL = 160;
const QUALITY = 0.85;
const SHRINKABLE = /^image\/(jpeg|png|webp|heic|heif|bmp)$/;

function draw(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const look = (file) => createImageBitmap(file, { imageOrientation: "from-image" });

// The same file when it is no photo, small already without a place in it, or cannot be read here.
async function smaller(file) {
  if (!SHRINKABLE.test(file.type)) return file;
  try {
    const picture = await look(file);
    const large = Math.max(picture.width, picture.height) > LONGEST;
    if (!large && file.type !== "image/jpeg" && !file.type.startsWith("image/hei")) return file;
    const blob = await new Promise((done) => { draw(picture, LONGEST).toBlob(done, "image/jpeg", QUALITY); });
    picture.close();
    if (!blob) return file;
    const name = `${file.name.replace(/\.[^.]*$/, "") || "photo"}.jpg`;
    return new File([blob], name, { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}

async function show(item, file) {
  const image = document.createElement("img");
  image.alt = "";
  try {
    const picture = await look(file);
    image.src = draw(picture, THUMBNAIL).toDataURL("image/jpeg", 0.7);
    picture.close();
    item.prepend(image);
  } catch { /* Its name is enough. */ }
}

each("[data-photos]", (box) => {
  const input = box.querySelector("[data-photo]");
  const list = box.querySelector("[data-photo-list]");
  const { form } = input;
  let photos = [];

  function put() {
    const chosen = new DataTransfer();
    for (const photo of photos) chosen.items.add(photo);
    input.multiple = photos.length > 1;
    input.files = chosen.files;
    list.replaceChildren(...photos.map((photo) => {
      const item = document.createElement("li");
      const name = document.createElement("span");
      name.textContent = photo.name;
      const remove = document.createElement("button");
      Object.assign(remove, { type: "button", className: "btn btn-sm", textContent: list.dataset.remove });
      remove.setAttribute("aria-label", `${list.dataset.remove} ${photo.name}`);
      remove.addEventListener("click", () => {
        photos = photos.filter((each) => each !== photo);
        put();
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
      item.append(name, remove);
      show(item, photo);
      return item;
    }));
  }

  // Taken one after the other, they are sent together.
  input.addEventListener("change", () => {
    const taken = [...input.files];
    form.photosReady = Promise.all([form.photosReady, (async () => {
      const small = await Promise.all(taken.map(smaller));
      photos = [...photos, ...small];
      put();
      input.dispatchEvent(new Event("input", { bubbles: true }));
    })()]);
  });
  input.addEventListener("restored", () => { photos = [...input.files]; put(); });
});
