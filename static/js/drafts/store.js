// What this device keeps, each person's own: texts being written ("copies"), forms that wait to be
// sent ("outbox"), and who works here ("device"). Used by pages and by the service worker.
const NAME = "portal";
let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const database = request.result;
      database.createObjectStore("copies", { keyPath: ["viewer", "key"] });
      database.createObjectStore("outbox", { keyPath: ["viewer", "key"] });
      database.createObjectStore("device", { keyPath: "name" });
    };
    request.onsuccess = () => {
      // Another window brings a newer portal: it must not wait for this one.
      request.result.onversionchange = () => { request.result.close(); opened = null; };
      resolve(request.result);
    };
    request.onerror = () => { opened = null; reject(request.error); };
  });
  return opened;
}

async function run(store, mode, act) {
  const database = await open();
  return new Promise((resolve, reject) => {
    // Strict: what is said to be kept survives a power cut.
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

const table = (store) => ({
  get: (key) => run(store, "readonly", (rows) => rows.get(key)),
  put: (row) => run(store, "readwrite", (rows) => rows.put(row)),
  remove: (key) => run(store, "readwrite", (rows) => rows.delete(key)),
  all: () => run(store, "readonly", (rows) => rows.getAll()),
  // Keys begin with whose row it is; an array comes after every string.
  of: (viewer) => run(store, "readonly", (rows) => rows.getAll(IDBKeyRange.bound([viewer], [viewer, []]))),
});

export const copies = table("copies");
export const outbox = table("outbox");
export const device = table("device");

// A name that no other window has; randomUUID is missing where there is no encryption.
export function newName() {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

// One at a time among all windows and the worker; `busy` answers when somebody else is at it.
export function alone(name, act, busy) {
  if (!navigator.locks) return act();
  if (busy === undefined) return navigator.locks.request(name, act);
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? act() : busy));
}
