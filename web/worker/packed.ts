/**
 * Files as hosts send them. A site has gzip forms beside its large files, FILE.gz, which many hosts know nothing of:
 * they send the file as it is, four times as large. Some decode FILE.gz, some send its bytes under the name of the file.
 * What browsers decode by themselves (Content-Encoding) passes through here untouched.
 */

import { FetchError } from "../fetch";

/** How the files begin that Go reads, by their endings. */
const BEGINNINGS: Readonly<Record<string, readonly number[]>> = {
  wasm: [0x00, 0x61, 0x73, 0x6d],
  ink: [0x89, 0x49, 0x4e, 0x4b],
};

/** The ending of an address that says what kind of file it is. */
const ENDING = /\.(wasm|ink)(?:\?.*)?$/;

const GZIP = [0x1f, 0x8b];

/** From this size on, in bytes, it pays to ask for the gzip form. */
const LARGE = 200_000;

/**
 * Fetches a file, from its gzip form if the host sends large files as they are, and unpacks it. Rejects with a FetchError
 * if it is a web page or seems to be compressed in another way than gzip. begun is the file's request if there is one.
 */
export async function fetchUnpacked(url: string, options: RequestInit, begun = fetch(url, options)): Promise<Response> {
  const response = await begun;
  if (!response.ok || response.headers.has("Content-Encoding")) return response;
  const smaller = Number(response.headers.get("Content-Length")) >= LARGE && (await smallerForm(url, options));
  if (smaller) {
    response.body?.cancel().catch(() => {}); // It may have ended early.
    if (smaller.headers.has("Content-Encoding")) return typed(smaller.body, url);
  }
  return opened(smaller || response, url);
}

/** Returns what the host has as a file's gzip form; null if that is nothing, or a page in its place. */
async function smallerForm(url: string, options: RequestInit): Promise<Response | null> {
  if (!ENDING.test(url)) return null;
  const response = await fetch(url.replace(ENDING, (ending) => ending.replace(/\?|$/, ".gz$&")), options).catch(() => null);
  return response?.ok && !response.headers.get("Content-Type")?.startsWith("text/html") ? response : null;
}

/** Returns the content of a response, unpacked if it is gzip. */
async function opened(response: Response, url: string): Promise<Response> {
  const beginning = BEGINNINGS[ENDING.exec(url)?.[1] ?? ""];
  if (!beginning || !response.body) return response;
  const reader = response.body.getReader();
  const { value: first = new Uint8Array() } = await reader.read().catch(() => {
    throw new FetchError("lost", url);
  });
  const begins = (bytes: readonly number[]) => bytes.every((byte, i) => first[i] === byte);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(first),
    async pull(controller) {
      const { value } = await reader.read();
      if (value) controller.enqueue(value);
      else controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  });
  if (begins(GZIP)) return typed(body.pipeThrough(new DecompressionStream("gzip")), url);
  // Hosts that serve a page for whatever they lack may call it a file.
  const problem = first[0] === "<".charCodeAt(0) ? "notFile" : "packed";
  if (begins(beginning) || (problem === "packed" && !looksPacked(first))) return typed(body, url);
  void body.cancel();
  throw new FetchError(problem, url);
}

/** Whether bytes may be compressed: half of those are above 127, of text and of nothing none. */
function looksPacked(bytes: Uint8Array): boolean {
  const some = bytes.subarray(0, 256);
  return some.length > 0 && some.filter((byte) => byte > 127).length >= some.length / 4;
}

/** Returns a response with a file's own type, as browsers ask it of WebAssembly that they compile while it comes. */
function typed(body: ReadableStream<Uint8Array<ArrayBuffer>> | null, url: string): Response {
  const type = ENDING.exec(url)?.[1] === "wasm" ? "application/wasm" : "application/octet-stream";
  return new Response(body, { headers: { "Content-Type": type } });
}
