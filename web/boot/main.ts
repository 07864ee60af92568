/**
 * Begins what the first answer waits for as soon as the page's head is read: the worker, the binary and the model. The
 * build puts this script into index.html itself. The page's script goes on from there (element/early.ts), and where
 * anything here fails it begins again by itself and says why.
 */
import type { Early } from "../early";

/** The part of internal/site's Info that is needed here. */
interface Site {
  readonly wasm: string;
  readonly worker: string;
  readonly symbols: string;
  readonly defaultModel: string;
  readonly models: Readonly<Record<string, { readonly url: string } | undefined>>;
}

/** Returns the addresses of the binary and of the model that the page will read with; none where it will want others. */
function wanted({ wasm, models, defaultModel, symbols }: Site): (string | undefined)[] {
  const name = new URLSearchParams(location.search).get("model") || defaultModel;
  if (name === "symbols" && symbols) return [];
  return [wasm, (Object.hasOwn(models, name) ? models[name] : models[defaultModel])?.url];
}

try {
  const site = JSON.parse(document.getElementById("site")?.textContent ?? "") as Site;
  const worker = new Worker(site.worker);
  const early: Early = { worker, files: new Map(), abort: new AbortController() };
  worker.onerror = (event) => {
    event.preventDefault();
    early.worker = null;
  };
  for (const url of wanted(site)) {
    if (!url || url.startsWith("data:")) continue; // A page of one file has all in itself.
    // Low, so that a server that heeds it sends style and scripts first, and one can draw.
    const response = fetch(url, { signal: early.abort.signal, priority: "low" });
    response.catch(() => {}); // Whoever takes it hears why.
    early.files.set(url, response);
  }
  globalThis.inklingEarly = early;
} catch {
  // Where no worker may run, the page says so.
}
