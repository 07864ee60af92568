/**
 * Files that a page has begun to fetch before this script came. One that is not just as it should be counts as not there:
 * the worker then fetches it in whatever form the host has, and says what is wrong with it.
 */
import type { Early } from "../early";
import { FetchError, fetchCounted } from "../fetch";

/** Larger files that come as they are may be had smaller (worker/packed.ts), in bytes. */
const LARGE = 200_000;

/** The first byte of an .ink file. */
const INK = 0x89;

let begun: Omit<Early, "worker"> | null = null;

/** Resolves when bytes may be taken. */
let open: Promise<void> = Promise.resolve();

/** The modules asked for, so that all who start a program share one. */
const modules = new Map<string, Promise<WebAssembly.Module | null>>();

/** Has the files taken from what has been begun, each once, as soon as from resolves. */
export function take(early: Early, from: Promise<void>): void {
  begun = early;
  open = from;
}

/** Returns the module of a binary; null: it is not there. count hears how many bytes have come. Rejects where nothing more comes. */
export function earlyModule(url: string, count: (bytes: number) => void): Promise<WebAssembly.Module | null> {
  const module = modules.get(url) ?? early(url, count, compiled);
  modules.set(url, module);
  module.catch(() => modules.delete(url));
  return module;
}

/** Compiles while the bytes come where the host says application/wasm, else after they have come. */
async function compiled(response: Response): Promise<WebAssembly.Module> {
  const streams = response.headers.get("Content-Type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Returns the content of a model's file; else as earlyModule. */
export function earlyModel(url: string, count: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer> | null> {
  return early(url, count, async (response) => {
    const content = new Uint8Array(await response.arrayBuffer());
    return content[0] === INK ? content : null;
  });
}

async function early<T>(url: string, count: (bytes: number) => void, use: (response: Response) => Promise<T>): Promise<T | null> {
  const response = begun?.files.get(url);
  if (!begun || !response) return null;
  const { abort } = begun;
  begun.files.delete(url);
  try {
    return await fetchCounted(url, "default", count, use, async (url, { signal }) => {
      signal?.addEventListener("abort", () => abort.abort(signal.reason));
      await open;
      return asItShouldBe(url, await response);
    });
  } catch (error) {
    if (error instanceof FetchError && error.problem === "stalled") throw error;
    return null;
  }
}

/** Throws where the host sends a large file without compressing it. */
function asItShouldBe(url: string, response: Response): Response {
  if (response.headers.has("Content-Encoding") || !(Number(response.headers.get("Content-Length")) >= LARGE)) return response;
  response.body?.cancel().catch(() => {}); // It may have ended early.
  throw new FetchError("packed", url);
}
