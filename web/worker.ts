/**
 * The worker that Go runs in, so that no frame of the page waits for it: it also
 * fetches what Go needs. program.ts is the page's side. A message is one call; what
 * becomes of it comes back under its number.
 */
import { Bridge, BridgeError } from "./bridge";
import { fetchCounted, FetchError, type Problem } from "./fetch";

/** What the page may call. */
export interface Calls extends Pick<Bridge, "load" | "predict" | "predictImage" | "probabilities" | "restroke" | "activations" | "trace" | "fit"> {
  /** Runs the program at an address, once, before all others but fetch. */
  start(url: string, cache: RequestCache): void;
  /** A file's content. */
  fetch(url: string, cache: RequestCache): Uint8Array<ArrayBuffer>;
}

/** A call: its number, its name and its arguments. */
export type Call<K extends keyof Calls = keyof Calls> = readonly [id: number, name: K, ...args: Parameters<Calls[K]>];

/** What becomes of a call, or of the program. */
export type Reply =
  | { readonly id: number; readonly value: unknown }
  /** A file did not come. */
  | { readonly id: number; readonly problem: Problem; readonly url: string; readonly status: number }
  | { readonly id: number; readonly error: string; /** Go did not answer and may be dead. */ readonly dead: boolean }
  /** So much has come of a file that start or fetch fetches. */
  | { readonly url: string; readonly bytes: number }
  | { readonly ended: string };

/** The page as a worker sees it; TypeScript's library for pages takes self for a window. */
const page = self as unknown as { postMessage(reply: Reply): void };

let bridge: Bridge | null = null;

addEventListener("message", ({ data }: MessageEvent<Call>) => void answer(data));

async function answer([id, name, ...args]: Call): Promise<void> {
  try {
    page.postMessage({ id, value: await work(name, args) });
  } catch (error) {
    if (error instanceof FetchError) return page.postMessage({ id, problem: error.problem, url: error.url, status: error.status });
    page.postMessage({ id, error: error instanceof Error ? error.message : String(error), dead: error instanceof BridgeError });
  }
}

function work(name: keyof Calls, args: unknown[]): unknown {
  const [url, cache] = args as [string, RequestCache];
  if (name === "start") return start(url, cache);
  if (name === "fetch") return content(url, cache);
  if (!bridge) throw new Error("worker: Go has not been started");
  return (bridge[name] as (...args: unknown[]) => unknown).apply(bridge, args);
}

async function start(url: string, cache: RequestCache): Promise<void> {
  bridge = await Bridge.start(get(url, cache));
  void bridge.exited.then((ended) => page.postMessage({ ended }));
}

async function content(url: string, cache: RequestCache): Promise<Uint8Array> {
  return new Uint8Array(await (await get(url, cache)).arrayBuffer());
}

function get(url: string, cache: RequestCache): Promise<Response> {
  return fetchCounted(url, cache, (bytes) => page.postMessage({ url, bytes }));
}
