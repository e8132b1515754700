// The fields of a form as pairs, and pairs put back into a form.
const OWN = /^(csrf_token|as|kind|looked|draft_.*)$/;

export function pairsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OWN.test(name));
}

export function filesOf(form) {
  return [...new FormData(form)].filter(([, value]) => value instanceof File && value.size)
    .map(([name, file]) => ({ name, file }));
}

export function titleOf(pairs) {
  for (const wanted of ["title", "body"]) {
    const text = pairs.find(([name]) => name === wanted)?.[1] ?? "";
    const line = text.split("\n").map((each) => each.replace(/^[\s#*>-]+/, "").trim()).find(Boolean);
    if (line) return line.slice(0, 200);
  }
  return "";
}

// `but` names fields that stay as the page brought them.
export function fillIn(form, pairs, but = []) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || OWN.test(field.name) || but.includes(field.name)) continue;
    const given = values.get(field.name);
    if (field.type === "checkbox" || field.type === "radio") field.checked = given?.includes(field.value) ?? false;
    else if (field.type !== "file" && field.type !== "submit" && given?.length) field.value = given.shift();
  }
  for (const area of form.querySelectorAll("textarea")) area.dispatchEvent(new Event("input", { bubbles: true }));
}

// A chosen file goes back into the field it came from, as far as there is one.
export function putFiles(form, files) {
  for (const input of form.querySelectorAll("input[type=file]")) {
    const mine = files.filter(({ name }) => name === input.name);
    if (!mine.length || input.files.length) continue;
    const list = new DataTransfer();
    for (const { file } of mine) list.items.add(file);
    if (mine.length > 1) input.multiple = true;
    input.files = list.files;
    input.dispatchEvent(new Event("restored", { bubbles: true }));
    return;
  }
}
