/** Keeps one bridge with one model alive: fetches, starts, loads, and starts afresh when the runtime has died. */
import { Bridge, type Answer, type Stroke } from "./bridge";
import { fetchCounted } from "./fetch";
import { list } from "./format";
import type { Model } from "./prediction";

/** Where the reader stands. */
export type Phase =
  | { readonly state: "loading"; /** 0..1 */ readonly progress: number }
  | { readonly state: "ready"; readonly model: Model; /** A runtime died before this one. */ readonly again: boolean }
  | { readonly state: "error"; /** A sentence. */ readonly reason: string };

/** So many deaths within so many ms, without a prediction between them, are an error. */
const MAX_DEATHS = 3;
const DEATH_SPAN = 10_000;

/** The deaths, as times in ms, that still count at the time now. */
export function recentDeaths(deaths: readonly number[], now: number): number[] {
  return deaths.filter((time) => now - time < DEATH_SPAN);
}

/** A bridge with a model loaded. */
interface Running {
  readonly bridge: Bridge;
  readonly model: Model;
}

/** Reads strokes with one model of the site. */
export class Reader {
  private running: Running | null = null;
  private opened: Promise<void> = Promise.resolve();
  /** Counts starts and their ends: what a start does after its end is void. */
  private attempt = 0;
  private deaths: number[] = [];
  private reason = "The network has not been loaded.";
  /** The model's file, once it has been loaded without an error. */
  private bytes: Uint8Array | null = null;

  /** name is that of a model in INKLING_SITE.models; onPhase hears every change. */
  constructor(
    readonly name: string,
    private readonly onPhase: (phase: Phase) => void,
  ) {}

  /** The model, or null while there is none to read with. */
  get model(): Model | null {
    return this.running?.model ?? null;
  }

  /** Fetches and starts everything; never rejects, onPhase tells how it went. */
  open(): Promise<void> {
    this.opened = this.start("default");
    return this.opened;
  }

  /** Opens again after an error, past what the browser may have kept. */
  retry(): Promise<void> {
    this.deaths = [];
    this.opened = this.start("reload");
    return this.opened;
  }

  /** What the strokes are read as; null: nothing is drawn; undefined: there is nothing to read with now. */
  read(strokes: readonly Stroke[]): Answer | null | undefined {
    return this.guard((bridge) => bridge.predict(strokes));
  }

  /** What an image, row by row, 0..255, is read as. Waits for a start that is under way; rejects with a sentence. */
  async readImage(pixels: Uint8Array): Promise<{ answer: Answer; model: Model }> {
    await this.opened;
    const model = this.model;
    if (!model) throw new Error(this.reason);
    const { width, height } = model.info;
    if (pixels.length !== width * height) {
      throw new Error(`predictImage: got ${pixels.length} pixels, want ${width * height} (${width} by ${height}).`);
    }
    const answer = this.guard((bridge) => bridge.predictImage(pixels));
    if (!answer) throw new Error(this.reason);
    return { answer, model };
  }

  private guard<T>(call: (bridge: Bridge) => T): T | undefined {
    if (!this.running) return undefined;
    const { bridge } = this.running;
    try {
      const answer = call(bridge);
      this.deaths = [];
      return answer;
    } catch (error) {
      this.died(bridge, error);
      return undefined;
    }
  }

  private async start(cache: RequestCache): Promise<void> {
    const attempt = ++this.attempt;
    const isOver = () => attempt !== this.attempt;
    this.running = null;
    const file = modelFile(this.name);
    if (!file) return this.fail(unknownModel(this.name));
    if (typeof WebAssembly !== "object") return this.fail(NO_WEBASSEMBLY);
    try {
      const running = await this.load(file, cache, (progress) => {
        if (!isOver()) this.onPhase({ state: "loading", progress });
      });
      if (!isOver()) this.succeed(running);
    } catch (error) {
      if (!isOver()) this.fail(`The network could not be loaded: ${sentence(error)}`);
    }
  }

  private async load(file: SiteModel, cache: RequestCache, onProgress: (progress: number) => void): Promise<Running> {
    const come = [0, this.bytes?.length ?? 0];
    const count = (part: number) => (bytes: number) => {
      come[part] = bytes;
      onProgress(Math.min(1, ((come[0] ?? 0) + (come[1] ?? 0)) / (INKLING_SITE.wasmBytes + file.bytes)));
    };
    onProgress(0);
    const [bridge, bytes] = await Promise.all([
      Bridge.start(fetchCounted(INKLING_SITE.wasm, cache, count(0))),
      this.bytes ?? fetchCounted(file.url, cache, count(1)).then((r) => r.arrayBuffer()).then((b) => new Uint8Array(b)),
    ]);
    const info = bridge.load(bytes);
    this.bytes = bytes;
    return { bridge, model: { name: this.name, bytes: file.bytes, info } };
  }

  private died(bridge: Bridge, reason: unknown): void {
    if (this.running?.bridge !== bridge) return;
    const now = performance.now();
    this.deaths = [...recentDeaths(this.deaths, now), now];
    this.reason = `The network stopped: ${sentence(reason)}`;
    if (this.deaths.length < MAX_DEATHS) void this.open();
    else this.fail(this.reason);
  }

  private succeed(running: Running): void {
    this.attempt++;
    this.running = running;
    void running.bridge.exited.then((reason) => this.died(running.bridge, reason));
    this.onPhase({ state: "ready", model: running.model, again: this.deaths.length > 0 });
  }

  private fail(reason: string): void {
    this.attempt++;
    this.running = null;
    this.reason = reason;
    this.onPhase({ state: "error", reason });
  }
}

/** What the page says where no download helps. */
const NO_WEBASSEMBLY =
  "This browser runs no WebAssembly, so it cannot read what you draw; another one can, or this one without lockdown mode.";

function unknownModel(name: string): string {
  return `There is no model “${name}” here, but ${list(Object.keys(INKLING_SITE.models))}.`;
}

function modelFile(name: string): SiteModel | undefined {
  return Object.hasOwn(INKLING_SITE.models, name) ? INKLING_SITE.models[name] : undefined;
}

/** The text of whatever was thrown, ended like a sentence. */
export function sentence(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
