/** Files of the site, fetched with a count of bytes. Runs in the worker, too, which speaks no language. */

/**
 * What can go wrong: the server answers with an error, with a page in the file's place, or with other bytes; nothing more comes; the
 * connection ends before the file does; nobody answers; a content security policy forbids it; or it came, and the browser
 * runs no such script.
 */
export type Problem = "answered" | "notFile" | "packed" | "stalled" | "lost" | "unreachable" | "blocked" | "barred";

/** Why a file did not come; format.ts makes a sentence of it. */
export class FetchError extends Error {
  constructor(
    readonly problem: Problem,
    readonly url: string,
    /** The server's, where it answered. */
    readonly status = 0,
  ) {
    super(`${url}: ${problem}`);
  }
}

/** A download from which nothing comes for this long, in ms, is given up. */
const STALL = 30_000;

/** Fetches a file, as fetch does. */
type Get = (url: string, options: RequestInit) => Promise<Response>;

/** What engines say where a policy forbids them to compile wasm. */
const FORBIDDEN = /Content Security Policy|blocked by CSP/i;

/**
 * Fetches a file, calls count with the number of bytes come so far, and returns what use makes of the response, which
 * is the browser's own, so that it may keep compiled wasm with it. Rejects with a FetchError, or with use's error where
 * the whole file has come.
 */
export async function fetchCounted<T>(
  url: string,
  cache: RequestCache,
  count: (bytes: number) => void,
  use: (response: Response) => Promise<T>,
  get: Get = fetch,
): Promise<T> {
  const controller = new AbortController();
  const stalled = () => controller.abort(new FetchError("stalled", url));
  let timer = setTimeout(stalled, STALL);
  const come = (bytes: number) => {
    clearTimeout(timer);
    timer = setTimeout(stalled, STALL);
    count(bytes);
  };
  try {
    const response = await answerOf(url, { cache, signal: controller.signal }, get);
    const whole = read(response.clone(), come).finally(() => clearTimeout(timer));
    try {
      return await use(response);
    } catch (error) {
      checkAllowed(error, url);
      if (await whole) throw error;
      throw controller.signal.aborted ? controller.signal.reason : new FetchError("lost", url);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Throws a FetchError where an error says that a policy forbids to compile the wasm at url. */
function checkAllowed(error: unknown, url: string): void {
  if (error instanceof Error && FORBIDDEN.test(error.message)) throw new FetchError("blocked", url);
}

/** Returns a server's good answer; rejects with a FetchError. */
async function answerOf(url: string, options: RequestInit, get: Get): Promise<Response> {
  let isBlocked = false;
  const block = () => (isBlocked = true);
  addEventListener("securitypolicyviolation", block);
  try {
    const response = await get(url, options);
    if (!response.ok) throw new FetchError("answered", url, response.status);
    if (response.headers.get("Content-Type")?.startsWith("text/html")) throw new FetchError("notFile", url);
    return response;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    await new Promise((resolve) => setTimeout(resolve)); // The event comes after the error.
    throw new FetchError(isBlocked ? "blocked" : "unreachable", url);
  } finally {
    removeEventListener("securitypolicyviolation", block);
  }
}

/** Reads a body for the sake of its length, and reports whether it came to its end. */
async function read(response: Response, count: (bytes: number) => void): Promise<boolean> {
  const reader = response.body?.getReader();
  try {
    let bytes = 0;
    for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
      bytes += chunk.value.length;
      count(bytes);
    }
    return true;
  } catch {
    return false;
  }
}
