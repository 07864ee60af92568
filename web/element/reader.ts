/** Keeps one Go program with one model alive: fetches, starts, loads, and starts afresh when it has died. */
import { FetchError } from "../fetch";
import type { Messages } from "../i18n/texts";
import type { Answer, ModelInfo, Stroke } from "../types";
import type { Files, ModelFile } from "./files";
import { sentence } from "./format";
import type { Model } from "./prediction";
import { ProgramError } from "./program";
import { Session } from "./session";
import { pack } from "./stroke";

/** Where the reader stands. */
export type Phase =
  | { readonly state: "loading"; /** 0..1 */ readonly progress: number }
  | { readonly state: "ready"; readonly model: Model; /** A program died before this one. */ readonly again: boolean }
  | { readonly state: "error"; /** A sentence. */ readonly reason: string };

/** This many deaths within this many ms, without a prediction between them, are an error. */
const MAX_DEATHS = 3;
const DEATH_SPAN = 10_000;

/** Returns the deaths, as times in ms, that still count at the time now. */
export function recentDeaths(deaths: readonly number[], now: number): number[] {
  return deaths.filter((time) => now - time < DEATH_SPAN);
}

/** A program with a model loaded. */
interface Running {
  readonly program: Session;
  readonly model: Model;
}

/** Reads strokes with one model. */
export class Reader {
  private running: Running | null = null;
  private opened: Promise<void> = Promise.resolve();
  /** Counts starts and their ends: what a start does after its end is void. */
  private attempt = 0;
  private deaths: number[] = [];
  private reason = "";
  private file: ModelFile | null = null;
  /** The file's content, once it has been loaded without an error. */
  private content: Uint8Array | null = null;
  /** Starts afresh what somebody else keeps for the reader; null: the reader does so itself. */
  private again: (() => Promise<void>) | null = null;

  /** say returns the messages of the language spoken now; onPhase hears every change. */
  constructor(
    private readonly files: Files,
    private readonly say: () => Messages,
    private readonly onPhase: (phase: Phase) => void,
  ) {}

  /** The name of the model in use, or of the one that was asked for. */
  get name(): string {
    return this.file?.name ?? "";
  }

  /** The content of the model's file, once loaded. */
  get modelBytes(): Uint8Array | null {
    return this.content;
  }

  /** The model, or null while there is none to read with. */
  get model(): Model | null {
    return this.running?.model ?? null;
  }

  /** Fetches and starts everything for a model, or again for the last one; never rejects, onPhase tells how it went. */
  open(file: ModelFile | null = this.file): Promise<void> {
    if (file !== this.file) this.content = null;
    this.file = file;
    this.again = null;
    this.opened = this.start("default");
    return this.opened;
  }

  /**
   * Reads with the model of a session that somebody else fills, and hears again of each change; content is a file that
   * the larger binary can load in its place, again starts afresh when the program has died.
   */
  follow(program: Session, model: Model, content: Uint8Array, again: () => Promise<void>): void {
    if (this.running?.program !== program) {
      this.close();
      void program.ended.then((reason) => this.died(program, reason));
    }
    this.file = { name: model.name, url: null, bytes: model.bytes };
    this.content = content;
    this.again = again;
    this.running = { program, model };
    this.onPhase({ state: "ready", model, again: this.deaths.length > 0 });
  }

  /** Has no model, for a reason, which is a sentence; again, if given, is how retry begins. */
  refuse(reason: string, again: (() => Promise<void>) | null = null): void {
    this.file = null;
    this.again = again;
    this.fail(reason);
  }

  /** Opens again after an error, past what the browser may have kept. */
  retry(): Promise<void> {
    this.deaths = [];
    this.opened = this.restart("reload");
    return this.opened;
  }

  /** Reads strokes; null: nothing is drawn; undefined: there is nothing to read with now. */
  read(strokes: readonly Stroke[]): Promise<Answer | null | undefined> {
    return this.guard((program) => program.call("predict", pack(strokes)));
  }

  /** Fetches another model and reads with it from then on; on an error the old one stays. */
  async choose(file: ModelFile & { readonly url: string }, onProgress: (share: number) => void): Promise<void> {
    const { url, bytes } = file;
    await this.take(file, (program) => {
      program.onBytes = (_, come) => onProgress(Math.min(1, come / bytes));
      return program.call("fetch", url, "default");
    });
  }

  /** Reads with the model that a file holds from then on; rejects with the reason against a damaged one, and the old one stays. */
  use(name: string, content: Uint8Array): Promise<void> {
    return this.take({ name, url: null, bytes: content.length }, async () => content);
  }

  /** Returns the image of the strokes before the last step of the recipe. */
  restroke(strokes: readonly Stroke[]): Promise<Uint8Array<ArrayBuffer> | null | undefined> {
    return this.guard((program) => program.call("restroke", pack(strokes)));
  }

  /** Returns what each layer makes of an image. */
  activations(image: Uint8Array): Promise<Float32Array[] | undefined> {
    return this.guard((program) => program.call("activations", image));
  }

  /** Returns the kernel of a layer, in Go's order; none for a layer without weights. */
  weights(layer: number): Promise<Float32Array | undefined> {
    return this.guard((program) => program.call("weights", layer));
  }

  /** Reads an image; undefined: there is nothing to read with now. */
  readPixels(image: Uint8Array): Promise<Answer | undefined> {
    return this.guard((program) => program.call("predictImage", image));
  }

  /** Returns the probabilities for images; both lie one after the other. */
  probabilities(images: Uint8Array): Promise<Float32Array | undefined> {
    return this.guard((program) => program.call("probabilities", images));
  }

  /** Returns the model; waits for a start that is under way, rejects with a sentence where there is none. */
  async settled(): Promise<Model> {
    await this.opened;
    if (!this.model) throw new Error(this.reason || this.say().notLoadedYet);
    return this.model;
  }

  /** Ends the program; open starts another. */
  close(): void {
    this.attempt++;
    this.running?.program.stop("closed");
    this.running = null;
  }

  /** What a call gives; undefined: there is no program, it died of the call, or the model has changed so that the call no longer fits. */
  private async guard<T>(call: (program: Session) => Promise<T>): Promise<T | undefined> {
    if (!this.running) return undefined;
    const { program } = this.running;
    try {
      const answer = await call(program);
      this.deaths = [];
      return answer;
    } catch (error) {
      if (error instanceof ProgramError) this.died(program, error);
      return undefined;
    }
  }

  /** Starts afresh, by who keeps the program; never rejects. */
  private restart(cache: RequestCache): Promise<void> {
    return this.again?.().catch((error: unknown) => this.fail(this.sentence(error))) ?? this.start(cache);
  }

  private async start(cache: RequestCache): Promise<void> {
    this.close();
    const { attempt } = this;
    const isOver = () => attempt !== this.attempt;
    const { file } = this;
    if (!file) return this.fail(this.reason);
    if (typeof WebAssembly !== "object") return this.fail(this.say().noWebAssembly);
    try {
      const running = await this.load(file, cache, (progress) => {
        if (!isOver()) this.onPhase({ state: "loading", progress });
      });
      if (isOver()) running.program.stop("closed");
      else this.succeed(running);
    } catch (error) {
      if (!isOver()) this.fail(this.say().notLoaded(this.sentence(error)));
    }
  }

  private async take(file: ModelFile, contentBy: (program: Session) => Promise<Uint8Array>): Promise<void> {
    const program = this.running?.program;
    if (!program) throw new Error(this.reason || this.say().notLoadedYet);
    const content = await contentBy(program);
    const info = await this.loaded(program, content, `${file.name}.ink`);
    this.file = file;
    this.again = null;
    this.content = content;
    this.running = { program, model: { name: file.name, bytes: file.bytes, info } };
    this.onPhase({ state: "ready", model: this.running.model, again: false });
  }

  private async load(file: ModelFile, cache: RequestCache, onProgress: (progress: number) => void): Promise<Running> {
    const program = new Session(this.files.worker);
    const come: Record<string, number> = { kept: this.content?.length ?? 0 };
    program.onBytes = (url, bytes) => {
      come[url] = bytes;
      const all = Object.values(come).reduce((sum, bytes) => sum + bytes);
      onProgress(Math.min(1, all / (this.files.wasmBytes + file.bytes)));
    };
    onProgress(0);
    try {
      const [content] = await Promise.all([
        this.content ?? program.call("fetch", file.url ?? "", cache),
        this.run(program, cache),
      ]);
      const info = await this.loaded(program, content, file.url ?? `${file.name}.ink`);
      this.content = content;
      return { program, model: { name: file.name, bytes: file.bytes, info } };
    } catch (error) {
      program.stop("closed");
      throw error;
    }
  }

  private died(program: Session, reason: unknown): void {
    if (this.running?.program !== program) return;
    const now = performance.now();
    this.deaths = [...recentDeaths(this.deaths, now), now];
    this.reason = this.say().stopped(this.sentence(reason));
    if (this.deaths.length < MAX_DEATHS) this.opened = this.restart("default");
    else this.fail(this.reason);
  }

  private succeed(running: Running): void {
    this.attempt++;
    this.running = running;
    void running.program.ended.then((reason) => this.died(running.program, reason));
    this.onPhase({ state: "ready", model: running.model, again: this.deaths.length > 0 });
  }

  private fail(reason: string): void {
    this.close();
    this.reason = reason;
    this.onPhase({ state: "error", reason });
  }

  /** Starts the Go program; rejects with a sentence. */
  private async run(program: Session, cache: RequestCache): Promise<void> {
    const { wasm } = this.files;
    try {
      await program.call("start", wasm, cache);
    } catch (error) {
      if (error instanceof FetchError) throw error;
      throw new Error(this.say().damaged(wasm, this.sentence(error)));
    }
  }

  /** Makes a file's content the program's model; rejects with a sentence against a damaged or too slow one. */
  private async loaded(program: Session, content: Uint8Array, name: string): Promise<ModelInfo> {
    let info: ModelInfo | number;
    try {
      info = await program.call("load", content);
    } catch (error) {
      if (error instanceof ProgramError) throw error;
      throw new Error(this.say().damaged(name, this.sentence(error)));
    }
    if (typeof info === "number") throw new Error(this.say().tooSlow(name, info));
    return info;
  }

  private sentence(error: unknown): string {
    return sentence(error, this.say());
  }
}
