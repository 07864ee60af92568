/** What the browser keeps of the symbols: the set's file, in IndexedDB. */

const DATABASE = "inkling";
const STORE = "sets";

/** Other tabs and windows of the page hear here what has been kept; null: an old browser. */
const channel = globalThis.BroadcastChannel ? new BroadcastChannel(DATABASE) : null;

/** How long, in ms, the browser may take over a request: in a damaged profile, or while a site's data are deleted, it never answers. */
const PATIENCE = 5000;

let opened: Promise<IDBDatabase> | null = null;

/** Whether a request takes longer; the next ones do not wait for it. */
let hangs = false;

/** The names of files that could not be read, and so are not written over. */
const unread = new Set<string>();

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

/**
 * Returns the file kept under a name, null if there is none. Rejects where the browser keeps nothing, as in some private windows, or
 * does not answer in time.
 */
export async function kept(name: string): Promise<Uint8Array | null> {
  unread.add(name);
  const file = await inTime(() => read(name));
  unread.delete(name);
  return file instanceof Uint8Array ? file : null;
}

/**
 * Keeps a file under a name; resolves when it is on the disk. Rejects with a QuotaExceededError where that is full, and where the
 * file that is kept could not be read: it may be all that somebody has taught.
 */
export async function keep(name: string, file: Uint8Array): Promise<void> {
  if (unread.has(name)) throw new Error(`store: ${name}: what is kept could not be read`);
  await inTime(() => write(name, file));
}

async function read(name: string): Promise<unknown> {
  return done((await database()).transaction(STORE).objectStore(STORE).get(name));
}

async function write(name: string, file: Uint8Array): Promise<void> {
  const transaction = (await database()).transaction(STORE, "readwrite");
  transaction.objectStore(STORE).put(file, name);
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(channel?.postMessage(name));
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Waits for a request as long as may be; rejects at once while another one hangs. */
function inTime<T>(request: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = new Error("store: the browser does not answer");
    if (hangs) return reject(late);
    const clock = setTimeout(() => {
      hangs = true;
      reject(late);
    }, PATIENCE);
    const answered = () => {
      clearTimeout(clock);
      hangs = false;
    };
    request().finally(answered).then(resolve, reject);
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
