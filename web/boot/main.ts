/**
 * Begins what the first answer waits for as soon as the page's head is read: the worker, and in it the requests for the
 * binary and the model, so that neither they nor the compiler take the page's thread. A binary that is kept from an
 * earlier visit is compiled beside the worker, which takes longer to come up than the binary to be found. The build puts
 * this script into index.html itself. The page's script adopts the worker, and where anything here fails it begins again
 * by itself and says why.
 */
import type { Begun } from "../begun";

/** The part of internal/site's Info that is needed here. */
interface Site {
  readonly wasm: string;
  readonly worker: string;
  readonly symbols: string;
  readonly defaultModel: string;
  readonly models: Readonly<Record<string, { readonly url: string } | undefined>>;
}

/** Returns the addresses of the binary and of the model that the page will read with; none where it will want others. */
function wanted({ wasm, models, defaultModel, symbols }: Site): readonly string[] {
  const name = new URLSearchParams(location.search).get("model") || defaultModel;
  if (name === "symbols" && symbols) return [];
  const model = (Object.hasOwn(models, name) ? models[name] : models[defaultModel])?.url;
  return model && !wasm.startsWith("data:") ? [wasm, model] : []; // A page of one file has all in itself.
}

/** Whole, as a worker made of a text has no address that others could be relative to. */
function whole(url: string): string {
  return new URL(url, document.baseURI).href;
}

/** How long, in ms, the browser may take over what it keeps. */
const PATIENCE = 4000;

/** Compiles the binary that the service worker keeps for the page; null where there is none, or the browser does not say. */
async function compiled(wasm: string): Promise<WebAssembly.Module | null> {
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE));
  const kept = await Promise.race([caches.match(wasm, { ignoreVary: true }), late]);
  return kept ? WebAssembly.compileStreaming(kept) : null;
}

/**
 * The worker's first steps; its script comes meanwhile. files are names with whole addresses, the binary first, unless
 * the page will send it, as {module}.
 */
function begin(base: string, files: readonly (readonly [name: string, url: string])[], sendsModule: boolean): void {
  const abort = new AbortController();
  const sent = (resolve: (module: WebAssembly.Module | null) => void) => {
    addEventListener("message", (event) => {
      const { module } = (event as MessageEvent<{ readonly module?: WebAssembly.Module | null }>).data;
      if (module === undefined) return;
      event.stopImmediatePropagation();
      resolve(module);
    });
  };
  // Low, so that a server that heeds it sends style and scripts first, and one can draw.
  const requests = files.map(([name, url]) => [name, fetch(url, { signal: abort.signal, priority: "low" })] as const);
  const module = sendsModule ? new Promise(sent) : null;
  globalThis.inklingBegun = { base, module, files: new Map(requests), abort } satisfies Begun;
  importScripts(base);
}

try {
  const site = JSON.parse(document.getElementById("site")?.textContent ?? "") as Site;
  const files = wanted(site);
  const sendsModule = files.length > 0 && Boolean(navigator.serviceWorker?.controller);
  const begun = files.slice(sendsModule ? 1 : 0).map((url) => [url, whole(url)]);
  const steps = `(${begin.toString()})(${JSON.stringify(whole(site.worker))},${JSON.stringify(begun)},${sendsModule})`;
  const worker = new Worker(files.length > 0 ? URL.createObjectURL(new Blob([steps])) : site.worker);
  globalThis.inklingWorker = worker;
  worker.onerror = (event) => {
    event.preventDefault();
    globalThis.inklingWorker = null;
  };
  if (sendsModule) {
    void compiled(site.wasm)
      .catch(() => null)
      .then((module) => worker.postMessage({ module }));
  }
} catch {
  // Where no worker may run, the page says so.
}
