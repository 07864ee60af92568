/**
 * Keeps the site for offline use.
 *
 * A release is index.html and the files named after their content that belong
 * to it. They are kept together when the release is installed and never mixed:
 * a fresh index.html comes from the network and, where that gives none or only
 * an error, from the release that is kept. So what is offline always fits
 * together. A worker waits until no page uses the last release, then drops that.
 * The first one takes the pages that are open already, so that they go on with
 * their release after the next has been put in its place.
 *
 * Storage may be full, forbidden or emptied at any time. Then everything comes
 * from the network: no answer waits for what is kept or depends on keeping it.
 */

/** The events of service workers, which TypeScript's library for pages lacks. */
interface WorkerEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
/** The page names files that it has used, or may need with what it has used. */
type KeepEvent = WorkerEvent & MessageEvent<readonly string[]>;
declare const registration: ServiceWorkerRegistration;
declare const clients: { claim(): Promise<void> };

/** Several copies of the site may share an origin: each has its own caches. */
const PREFIX = `inkling ${registration.scope} `;
const CACHE = PREFIX + INKLING_VERSION;

/** The page's address, under which index.html is kept ("./" in INKLING_PRECACHE). */
const PAGE = new URL("./", registration.scope).href;

/** How long, in ms, the network may take over index.html where one is kept, and the browser over what it keeps. */
const PATIENCE = 4000;

/** Whether the browser, as in a damaged profile, has not answered for longer about what it keeps: the next files do not wait for it. */
let hangs = false;

/** Names that carry a content hash: what they hold never changes. */
const HASHED = /-[A-Z2-7]{8}\.\w+$/;

addEventListener("install", (event) => (event as WorkerEvent).waitUntil(install()));
addEventListener("activate", (event) => (event as WorkerEvent).waitUntil(activate()));
addEventListener("message", (event) => (event as KeepEvent).waitUntil(keep((event as KeepEvent).data)));
addEventListener("fetch", (event) => answer(event as FetchEvent));

/** Keeps all files of the release, or fails and keeps none. */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(INKLING_PRECACHE.map((file) => (HASHED.test(file) ? file : new Request(file, { cache: "no-cache" }))));
}

async function activate(): Promise<void> {
  await clients.claim();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
}

/** Keeps further files of the release; one that cannot be kept is left out. */
async function keep(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const request = new Request(new URL(file, registration.scope));
    if (HASHED.test(file) && !(await kept(request))) await put(request, await fetch(request).catch(() => Response.error()));
  }
}

/** Answers for what belongs to the site; everything else goes its way untouched. */
function answer(event: FetchEvent): void {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(registration.scope)) return;
  if (url.pathname === new URL(PAGE).pathname || url.pathname === new URL("index.html", PAGE).pathname) {
    event.respondWith(networkFirst(request, PAGE));
  } else if (HASHED.test(url.pathname)) {
    event.respondWith(file(request, (done) => event.waitUntil(done)));
  } else {
    event.respondWith(networkFirst(request, request));
  }
}

/** The network's answer, unless it is late, down or an error and there is one that is kept. */
async function networkFirst(request: Request, key: RequestInfo): Promise<Response> {
  const old = await kept(key);
  if (!old) return fetch(request).catch((error: unknown) => keptAfterAll(key, error));
  const late = new Promise<Response>((resolve) => setTimeout(resolve, PATIENCE, old));
  const fresh = fetch(request).then((response) => (isError(response) ? old : response), () => old);
  return Promise.race([fresh, late]);
}

/** A hashed file: the kept one, unless the page asks to pass over it (Retry); the network's good answers are kept. */
async function file(request: Request, meanwhile: (done: Promise<unknown>) => void): Promise<Response> {
  const old = await kept(request);
  if (old && request.cache !== "reload") return old;
  try {
    const response = await fetch(request);
    if (isError(response) && old) return old;
    meanwhile(put(request, response.clone()));
    return response;
  } catch (error) {
    return old ?? keptAfterAll(request, error);
  }
}

/** What is kept, however long that takes: nothing else is left where the network gives nothing but an error. */
async function keptAfterAll(key: RequestInfo, error: unknown): Promise<Response> {
  const late = hangs ? await match(key).catch(() => undefined) : undefined;
  if (late) return late;
  throw error;
}

async function match(key: RequestInfo): Promise<Response | undefined> {
  return caches.match(key, { cacheName: CACHE, ignoreVary: true });
}

/** Returns what is kept for a request, where anything is and the browser lets it be read in time. */
async function kept(key: RequestInfo): Promise<Response | undefined> {
  if (hangs) return undefined;
  return new Promise((resolve) => {
    const clock = setTimeout(() => {
      hangs = true;
      resolve(undefined);
    }, PATIENCE);
    const answered = (found?: Response) => {
      clearTimeout(clock);
      hangs = false;
      resolve(found);
    };
    match(key).then(answered, () => answered());
  });
}

/** Keeps a good answer, where there is room; a page in place of a file is none. */
async function put(request: Request, response: Response): Promise<void> {
  if (!response.ok || response.headers.get("Content-Type")?.startsWith("text/html")) return;
  try {
    await (await caches.open(CACHE)).put(request, response);
  } catch {
    // It comes from the network again the next time.
  }
}

/** Whether a response is an error; a redirect, which only the browser may follow, is none. */
function isError(response: Response): boolean {
  return !response.ok && response.type !== "opaqueredirect";
}
