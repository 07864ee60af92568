/**
 * The worker that Go runs in, so that no frame of the page waits for it: it also
 * fetches what Go needs. One program serves all who call from the page, each with a
 * model of its own; element/program.ts is the page's side. A message is one call; what
 * becomes of it comes back under its number.
 */
import { fetchCounted, FetchError } from "../fetch";
import { Bridge, Refusal, type Held } from "./bridge";
import { fetchUnpacked } from "./packed";
import type { Call, Calls, GoCalls, Reply } from "./calls";

/** The page as a worker sees it; TypeScript's library for pages takes self for a window. */
const page = self as unknown as { postMessage(reply: Reply): void };

let bridge: Bridge | null = null;

/** Resolves when Go runs, null before the page has asked for that. */
let started: Promise<void> | null = null;

/** When the page was last told that the program is alive. */
let toldAlive = 0;

/** The model of each who calls. */
const models = new Map<number, Held>();

/** What was begun before this script came: the binary, which is run, and models' contents; each is taken once. */
const begun = globalThis.inklingBegun;
const others = [...(begun?.files.keys() ?? [])];
const program = begun?.module ? undefined : others.shift();
let early = begun?.module ? begun.module.then(runModule) : program ? run(program, "default") : null;
const contents = new Map(others.map((url) => [url, content(url, "default")]));
for (const file of [early, ...contents.values()]) file?.catch(() => {}); // Whoever takes it hears why.

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
  if (name === "fetch") return file(...(args as Parameters<Calls["fetch"]>));
  if (name === "leave") return leave(caller);
  if (!bridge && started) return started.then(() => work(name, caller, args));
  if (!bridge) throw new Error("worker: Go has not been started");
  if (name === "load") return load(bridge, caller, args[0] as Uint8Array);
  return call(bridge, name, caller, args);
}

/** Starts Go, once; after an error the next call tries again. */
async function start(...how: Parameters<Calls["start"]>): Promise<void> {
  try {
    await (started ??= orElse(early, () => run(...how)));
  } catch (error) {
    started = null;
    throw error;
  } finally {
    early = null;
  }
}

async function run(url: string, cache: RequestCache): Promise<void> {
  enter(await get(url, cache, (response) => Bridge.start(response)));
}

async function runModule(module: WebAssembly.Module | null): Promise<void> {
  if (!module) throw new Error("worker: no binary was kept");
  enter(await Bridge.start(module));
}

function enter(next: Bridge): void {
  bridge = next;
  bridge.onProgress = sayAlive;
  void bridge.exited.then((ended) => page.postMessage({ ended }));
}

/** Tells the page now and then that a long call goes on; the page counts seconds of silence. */
function sayAlive(): void {
  const now = performance.now();
  if (now < toldAlive + 100) return;
  toldAlive = now;
  page.postMessage({ alive: true });
}

/** What came of something that was begun early; where that is an error, what again makes of it, unless time ran out. */
async function orElse<T>(early: Promise<T> | null | undefined, again: () => Promise<T>): Promise<T> {
  try {
    if (early) return await early;
  } catch (error) {
    if (error instanceof FetchError && error.problem === "stalled") throw error;
  }
  return again();
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

function file(url: string, cache: RequestCache): Promise<Uint8Array> {
  const early = contents.get(url);
  contents.delete(url);
  return orElse(early, () => content(url, cache));
}

function content(url: string, cache: RequestCache): Promise<Uint8Array> {
  return get(url, cache, async (response) => new Uint8Array(await response.arrayBuffer()));
}

function get<T>(url: string, cache: RequestCache, use: (response: Response) => Promise<T>): Promise<T> {
  return fetchCounted(url, cache, (bytes) => page.postMessage({ url, bytes }), use, (url, options) => {
    const early = begun?.files.get(url);
    begun?.files.delete(url);
    if (early) options.signal?.addEventListener("abort", () => begun?.abort.abort(options.signal?.reason));
    return fetchUnpacked(new URL(url, begun?.base ?? location.href).href, options, early);
  });
}
