/** Keeps one bridge with one model alive: fetches, starts, loads, and starts afresh when the runtime has died. */
import { Bridge, type Answer, type ModelInfo, type Stroke } from "./bridge";
import { fetchCounted } from "./fetch";
import { sentence } from "./format";
import { t } from "./i18n/language";
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

/** A model's file: where it lies, or null for one that came from elsewhere. */
interface ModelFile {
  readonly name: string;
  readonly url: string | null;
  /** Its size, uncompressed. */
  readonly bytes: number;
}

/** Reads strokes with one model. */
export class Reader {
  private running: Running | null = null;
  private opened: Promise<void> = Promise.resolve();
  /** Counts starts and their ends: what a start does after its end is void. */
  private attempt = 0;
  private deaths: number[] = [];
  private reason = "";
  private file: ModelFile | null;
  /** The file's content, once it has been loaded without an error. */
  private content: Uint8Array | null = null;

  /** wanted is the name of a model in INKLING_SITE.models; onPhase hears every change. */
  constructor(
    private readonly wanted: string,
    private readonly onPhase: (phase: Phase) => void,
  ) {
    this.file = modelFile(wanted);
  }

  /** The name of the model in use, or of the one that was asked for. */
  get name(): string {
    return this.file?.name ?? this.wanted;
  }

  /** The content of the model's file, once loaded. */
  get modelBytes(): Uint8Array | null {
    return this.content;
  }

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

  /** Fetches another model of the site and reads with it from then on; on an error the old one stays. */
  async choose(name: string, onProgress: (share: number) => void): Promise<void> {
    const file = modelFile(name);
    if (!file?.url) throw new Error(unknownModel(name));
    const response = await fetchCounted(file.url, "default", (bytes) => onProgress(Math.min(1, bytes / file.bytes)));
    this.take(file, new Uint8Array(await response.arrayBuffer()));
  }

  /** Reads with the model that a file holds from now on; throws the reason against a damaged one, and the old one stays. */
  use(name: string, content: Uint8Array): void {
    this.take({ name, url: null, bytes: content.length }, content);
  }

  /** The steps of the recipe: the image of the strokes before its last one. */
  restroke(strokes: readonly Stroke[]): Uint8Array<ArrayBuffer> | null | undefined {
    return this.guard((bridge) => bridge.restroke(strokes));
  }

  /** What each layer makes of an image. */
  activations(image: Uint8Array): Float32Array[] | undefined {
    return this.guard((bridge) => bridge.activations(image));
  }

  /** What an image is read as; undefined: there is nothing to read with now. */
  readPixels(image: Uint8Array): Answer | undefined {
    return this.guard((bridge) => bridge.predictImage(image));
  }

  /** What an image, row by row, 0..255, is read as. Waits for a start that is under way; rejects with a sentence. */
  async readImage(pixels: Uint8Array): Promise<{ answer: Answer; model: Model }> {
    await this.opened;
    const model = this.model;
    if (!model) throw new Error(this.reason || t().notLoadedYet);
    const { width, height } = model.info;
    if (pixels.length !== width * height) {
      throw new Error(`predictImage: got ${pixels.length} pixels, want ${width * height} (${width} by ${height}).`);
    }
    const answer = this.guard((bridge) => bridge.predictImage(pixels));
    if (!answer) throw new Error(this.reason || t().notLoadedYet);
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
    const { file } = this;
    if (!file) return this.fail(unknownModel(this.name));
    if (typeof WebAssembly !== "object") return this.fail(t().noWebAssembly);
    try {
      const running = await this.load(file, cache, (progress) => {
        if (!isOver()) this.onPhase({ state: "loading", progress });
      });
      if (!isOver()) this.succeed(running);
    } catch (error) {
      if (!isOver()) this.fail(t().notLoaded(sentence(error)));
    }
  }

  private take(file: ModelFile, content: Uint8Array): void {
    const running = this.running;
    if (!running) throw new Error(this.reason || t().notLoadedYet);
    const info = load(running.bridge, content, `${file.name}.ink`);
    this.file = file;
    this.content = content;
    this.running = { bridge: running.bridge, model: { name: file.name, bytes: file.bytes, info } };
    this.onPhase({ state: "ready", model: this.running.model, again: false });
  }

  private async load(file: ModelFile, cache: RequestCache, onProgress: (progress: number) => void): Promise<Running> {
    const come = [0, this.content?.length ?? 0];
    const count = (part: number) => (bytes: number) => {
      come[part] = bytes;
      onProgress(Math.min(1, ((come[0] ?? 0) + (come[1] ?? 0)) / (INKLING_SITE.wasmBytes + file.bytes)));
    };
    onProgress(0);
    const [bridge, content] = await Promise.all([
      start(fetchCounted(INKLING_SITE.wasm, cache, count(0))),
      this.content ?? fetchCounted(file.url ?? "", cache, count(1)).then((r) => r.arrayBuffer()).then((b) => new Uint8Array(b)),
    ]);
    const info = load(bridge, content, file.url ?? `${file.name}.ink`);
    this.content = content;
    return { bridge, model: { name: file.name, bytes: file.bytes, info } };
  }

  private died(bridge: Bridge, reason: unknown): void {
    if (this.running?.bridge !== bridge) return;
    const now = performance.now();
    this.deaths = [...recentDeaths(this.deaths, now), now];
    this.reason = t().stopped(sentence(reason));
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

/** Starts the Go program that a response holds; rejects with a sentence. */
async function start(wasm: Promise<Response>): Promise<Bridge> {
  const response = await wasm;
  return Bridge.start(response).catch((error: unknown) => {
    throw new Error(t().damaged(INKLING_SITE.wasm, sentence(error)));
  });
}

/** Makes a file's content the bridge's model; throws a sentence against a damaged one. */
function load(bridge: Bridge, content: Uint8Array, name: string): ModelInfo {
  try {
    return bridge.load(content);
  } catch (error) {
    throw new Error(t().damaged(name, sentence(error)));
  }
}

function unknownModel(name: string): string {
  return t().unknownModel(name, Object.keys(INKLING_SITE.models));
}

function modelFile(name: string): ModelFile | null {
  const model = Object.hasOwn(INKLING_SITE.models, name) ? INKLING_SITE.models[name] : undefined;
  return model ? { name, url: model.url, bytes: model.bytes } : null;
}
