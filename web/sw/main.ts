/**
 * Keeps the site for offline use.
 *
 * A release is index.html and the files named after their content that belong
 * to it. They are kept together when the release is installed and never mixed:
 * a fresh index.html comes from the network and, where that gives none or only
 * an error, from the release that is kept. So what is offline always fits
 * together. A worker waits until no page uses the last release, then drops that.
 */

/** The events of service workers, which TypeScript's library for pages lacks. */
interface WorkerEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
declare const registration: ServiceWorkerRegistration;

/** Several copies of the site may share an origin: each has its own caches. */
const PREFIX = `inkling ${registration.scope} `;
const CACHE = PREFIX + INKLING_VERSION;

/** The page's address, under which index.html is kept ("./" in INKLING_PRECACHE). */
const PAGE = new URL("./", registration.scope).href;

/** How long, in ms, the network may take over index.html where one is kept. */
const PATIENCE = 4000;

/** Names that carry a content hash: what they hold never changes. */
const HASHED = /-[A-Z2-7]{8}\.\w+$/;

addEventListener("install", (event) => (event as WorkerEvent).waitUntil(install()));
addEventListener("activate", (event) => (event as WorkerEvent).waitUntil(dropOthers()));
addEventListener("fetch", (event) => answer(event as FetchEvent));

/** Keeps all files of the release, or fails and keeps none. */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(INKLING_PRECACHE.map((file) => (HASHED.test(file) ? file : new Request(file, { cache: "no-cache" }))));
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)));
}

/** Answers for what belongs to the site; everything else goes its way untouched. */
function answer(event: FetchEvent): void {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(registration.scope)) return;
  if (url.pathname === new URL(PAGE).pathname || url.pathname === new URL("index.html", PAGE).pathname) {
    event.respondWith(page(request));
  } else if (HASHED.test(url.pathname)) {
    event.respondWith(file(request));
  } else {
    event.respondWith(networkFirst(request, request));
  }
}

/** index.html: the network's, unless it is late, down or answers with an error. */
function page(request: Request): Promise<Response> {
  return networkFirst(request, PAGE);
}

async function networkFirst(request: Request, key: RequestInfo): Promise<Response> {
  const kept = await caches.match(key, { cacheName: CACHE, ignoreVary: true });
  if (!kept) return fetch(request);
  const late = new Promise<Response>((resolve) => setTimeout(resolve, PATIENCE, kept));
  const fresh = fetch(request).then((response) => (isError(response) ? kept : response), () => kept);
  return Promise.race([fresh, late]);
}

/** A hashed file: the kept one, unless the page asks to pass over it (Retry); the network's good answers are kept. */
async function file(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept && request.cache !== "reload") return kept;
  try {
    const response = await fetch(request);
    if (isError(response) && kept) return kept;
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/** Whether a response is an error; a redirect, which only the browser may follow, is none. */
function isError(response: Response): boolean {
  return !response.ok && response.type !== "opaqueredirect";
}
