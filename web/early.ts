/** What a page has begun before its scripts came (boot/main.ts), so that worker, binary and model need not wait for those. */
export interface Early {
  /** The worker that Go is to run in; null: it failed. */
  worker: Worker | null;
  /** The files that have been asked for, by address. */
  readonly files: Map<string, Promise<Response>>;
  /** Ends all of these requests. */
  readonly abort: AbortController;
}

declare global {
  /** Set by the page's first script; undefined where that could not start a worker. */
  var inklingEarly: Early | undefined;
}
