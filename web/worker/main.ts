/**
 * The worker that Go runs in, so that no frame of the page waits for it: it also
 * fetches what Go needs. element/program.ts is the page's side. A message is one call; what
 * becomes of it comes back under its number.
 */
import { fetchCounted, FetchError } from "../fetch";
import { Bridge, BridgeError } from "./bridge";
import type { Call, Calls, Reply } from "./calls";

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
