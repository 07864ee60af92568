/**
 * The worker that Go runs in, so that no frame of the page waits for it: it also
 * fetches what Go needs. One program serves all who call from the page, each with a
 * model of its own; element/program.ts is the page's side. A message is one call; what
 * becomes of it comes back under its number.
 */
import { checkAllowed, fetchCounted, FetchError } from "../fetch";
import { Bridge, Refusal, type Held } from "./bridge";
import { fetchUnpacked } from "./packed";
import type { Call, Calls, GoCalls, Reply } from "./calls";

/** The page as a worker sees it; TypeScript's library for pages takes self for a window. */
const page = self as unknown as { postMessage(reply: Reply): void };

let bridge: Bridge | null = null;
let started: Promise<void> | null = null;

/** The model of each who calls. */
const models = new Map<number, Held>();

addEventListener("message", ({ data }: MessageEvent<Call>) => void answer(data));

async function answer([id, name, caller, ...args]: Call): Promise<void> {
  try {
    page.postMessage({ id, value: await work(name, caller, args) });
  } catch (error) {
    if (error instanceof FetchError) return page.postMessage({ id, problem: error.problem, url: error.url, status: error.status });
    const dead = bridge !== null && !(error instanceof Refusal);
    page.postMessage({ id, error: error instanceof Error ? error.message : String(error), dead });
  }
}

function work(name: keyof Calls, caller: number, args: unknown[]): unknown {
  if (name === "start") return start(...(args as Parameters<Calls["start"]>));
  if (name === "fetch") return content(...(args as Parameters<Calls["fetch"]>));
  if (name === "leave") return leave(caller);
  if (!bridge && started) return started.then(() => work(name, caller, args));
  if (!bridge) throw new Error("worker: Go has not been started");
  if (name === "load") return load(bridge, caller, args[0] as Uint8Array);
  return call(bridge, name, caller, args);
}

/** Starts Go, once; after an error the next call tries again. */
async function start(...how: Parameters<Calls["start"]>): Promise<void> {
  try {
    await (started ??= run(...how));
  } catch (error) {
    started = null;
    throw error;
  }
}

async function run(url: string, cache: RequestCache, module?: WebAssembly.Module | null): Promise<void> {
  bridge = module ? await runModule(url, module) : await get(url, cache, (response) => Bridge.start(response));
  bridge.onProgress = () => page.postMessage({ alive: true });
  void bridge.exited.then((ended) => page.postMessage({ ended }));
}

async function runModule(url: string, module: WebAssembly.Module): Promise<Bridge> {
  try {
    return await Bridge.start(module);
  } catch (error) {
    checkAllowed(error, url);
    throw error;
  }
}

function load(bridge: Bridge, caller: number, file: Uint8Array): unknown {
  const held = bridge.hold(file);
  if (typeof held === "number") return held;
  leave(caller);
  models.set(caller, held);
  return held.info;
}

function leave(caller: number): void {
  const held = models.get(caller);
  models.delete(caller);
  if (held) bridge?.drop(held);
}

function call(bridge: Bridge, name: keyof GoCalls, caller: number, args: unknown[]): unknown {
  const held = models.get(caller);
  if (!held) throw new Refusal("worker: no model is loaded");
  bridge.use(held);
  return (bridge[name] as (...args: unknown[]) => unknown).apply(bridge, args);
}

function content(url: string, cache: RequestCache): Promise<Uint8Array> {
  return get(url, cache, async (response) => new Uint8Array(await response.arrayBuffer()));
}

function get<T>(url: string, cache: RequestCache, use: (response: Response) => Promise<T>): Promise<T> {
  return fetchCounted(url, cache, (bytes) => page.postMessage({ url, bytes }), use, fetchUnpacked);
}
