/** What the page's first script has begun (boot/main.ts). */

/** In the worker: the requests that were made before its script came. */
export interface Begun {
  /** What addresses are relative to, the worker's script. */
  readonly base: string;
  /** The kept binary, where the page compiles and sends it: null where it turned out to be gone. */
  readonly module: Promise<WebAssembly.Module | null> | null;
  /** The answers by the names that the page has for the files: the binary, where the page does not send it, then the model. */
  readonly files: Map<string, Promise<Response>>;
  /** Ends both requests. */
  readonly abort: AbortController;
}

declare global {
  /** In the page: undefined where no worker could be begun, null where it failed. */
  var inklingWorker: Worker | null | undefined;
  /** In the worker: undefined where nobody has begun anything. */
  var inklingBegun: Begun | undefined;
  /** TypeScript's library for pages does not know it. */
  function importScripts(...urls: string[]): void;
}
