/** Files of the site, fetched with a count of what has come. Runs in the worker, too, which speaks no language. */

/** What can go wrong: the server answers with an error, or with other bytes than the file's; nothing more comes; or nobody answers. */
export type Problem = "answered" | "packed" | "stalled" | "unreachable";

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

/**
 * Fetches a file and calls count with the number of bytes come so far. The
 * Response is the browser's own, so that it may keep compiled wasm with it.
 * Rejects with a FetchError.
 */
export async function fetchCounted(
  url: string,
  cache: RequestCache,
  count: (bytes: number) => void,
  get = fetch as (url: string, options: RequestInit) => Promise<Response>,
): Promise<Response> {
  const controller = new AbortController();
  const stalled = () => controller.abort(new FetchError("stalled", url));
  let timer = setTimeout(stalled, STALL);
  const come = (bytes: number) => {
    clearTimeout(timer);
    timer = setTimeout(stalled, STALL);
    count(bytes);
  };
  try {
    const response = await get(url, { cache, signal: controller.signal });
    if (!response.ok) throw new FetchError("answered", url, response.status);
    void read(response.clone(), come).finally(() => clearTimeout(timer));
    return response;
  } catch (error) {
    clearTimeout(timer);
    if (error instanceof TypeError) throw new FetchError("unreachable", url);
    throw error;
  }
}

/** Reads a body to its end for the sake of its length; an error is left to who reads the other copy. */
async function read(response: Response, count: (bytes: number) => void): Promise<void> {
  const reader = response.body?.getReader();
  try {
    let bytes = 0;
    for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
      bytes += chunk.value.length;
      count(bytes);
    }
  } catch {
    // The other copy of the body fails with the same error.
  }
}
