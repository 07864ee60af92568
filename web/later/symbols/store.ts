/** What the browser keeps of the symbols: the set's file, in IndexedDB. */

const DATABASE = "inkling";
const STORE = "sets";

/** Other tabs and windows of the page hear here what has been kept; null: an old browser. */
const channel = globalThis.BroadcastChannel ? new BroadcastChannel(DATABASE) : null;

let opened: Promise<IDBDatabase> | null = null;

/** Calls changed when another tab has kept something else under a name, not before this one is seen. */
export function onKeptElsewhere(name: () => string, changed: () => void): void {
  let isOld = false;
  const catchUp = () => {
    if (!isOld || document.hidden) return;
    isOld = false;
    changed();
  };
  channel?.addEventListener("message", ({ data }) => {
    isOld ||= data === name();
    catchUp();
  });
  document.addEventListener("visibilitychange", catchUp);
}

/** Returns the file kept under a name, null if there is none. Rejects where the browser keeps nothing, as in some private windows. */
export async function kept(name: string): Promise<Uint8Array | null> {
  const sets = (await database()).transaction(STORE).objectStore(STORE);
  const file: unknown = await done(sets.get(name));
  return file instanceof Uint8Array ? file : null;
}

/** Keeps a file under a name; resolves when it is on the disk. Rejects with a QuotaExceededError where that is full. */
export async function keep(name: string, file: Uint8Array): Promise<void> {
  const transaction = (await database()).transaction(STORE, "readwrite");
  transaction.objectStore(STORE).put(file, name);
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(channel?.postMessage(name));
    transaction.onabort = () => reject(transaction.error);
  });
}

function database(): Promise<IDBDatabase> {
  opened ??= open().catch((error: unknown) => {
    opened = null; // The next call tries again.
    throw error;
  });
  return opened;
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const database = await done(request);
  database.onversionchange = database.onclose = () => {
    database.close();
    opened = null;
  };
  return database;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
