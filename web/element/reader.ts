/** Keeps one Go program with one model alive: fetches, starts, loads, and starts afresh when it has died. */
import { FetchError } from "../fetch";
import type { Messages } from "../i18n/texts";
import type { Answer, ModelInfo, Packed, Stroke } from "../types";
import type { Files, ModelFile } from "./files";
import { quoted, sentence } from "./format";
import type { Model } from "./prediction";
import { Hang, ProgramError } from "./program";
import { Session } from "./session";
import { pack } from "./stroke";

/** Where the reader stands. */
export type Phase =
  | { readonly state: "loading"; /** 0..1 */ readonly progress: number }
  | { readonly state: "ready"; readonly model: Model; /** What happened on the way, a sentence; "": nothing. */ readonly note: string }
  | { readonly state: "error"; /** A sentence. */ readonly reason: string };

/** This many deaths within this many ms, without a prediction between them, are an error. */
const MAX_DEATHS = 3;
const DEATH_SPAN = 60_000;

/** Returns the deaths, as times in ms, that still count at the time now. */
export function recentDeaths(deaths: readonly number[], now: number): number[] {
  return deaths.filter((time) => now - time < DEATH_SPAN);
}

/** What Go says of files that were damaged on their way, or are no models; it names sums and bytes, which help nobody. */
const DAMAGED = /checksum|signature|truncated|empty/;

/** A program with a model loaded. */
interface Running {
  readonly program: Session;
  readonly model: Model;
}

/** A model's file with its content. */
interface Loaded {
  readonly file: ModelFile;
  readonly content: Uint8Array;
}

/** A question that a program has been asked before anybody hears that it is ready. */
interface First {
  readonly program: Session;
  readonly drawing: Packed;
  readonly answer: Promise<Answer | null>;
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
  /** The last model before this one that has answered, else the first, for the case that this one ends the program. */
  private before: Loaded | null = null;
  /** Whether the model has answered since it was loaded. */
  private isTried = false;
  /** Starts afresh what somebody else keeps for the reader; null: the reader does so itself. */
  private again: (() => Promise<void>) | null = null;
  /** What is to be said when there is something to read with again. */
  private note = "";
  /** Call what waits for something to read with. */
  private waiting: (() => void)[] = [];
  /** The question that went to the program together with its model. */
  private first: First | null = null;

  /** say returns the messages of the language spoken now; onPhase hears every change; drawn returns what will be asked about first. */
  constructor(
    private readonly files: Files,
    private readonly say: () => Messages,
    private readonly onPhase: (phase: Phase) => void,
    private readonly drawn: () => readonly Stroke[] = () => [],
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
    return this.openWith(file, file === this.file ? this.content : null, "");
  }

  /**
   * Reads with the model of a session that somebody else fills, and hears again of each change. content is a file that
   * the larger binary can load in its place; again starts afresh when the program has died.
   */
  follow(program: Session, file: ModelFile, info: ModelInfo, content: Uint8Array, again: () => Promise<void>): void {
    if (this.running?.program !== program) {
      this.close();
      void program.ended.then((reason) => this.died(program, reason));
    }
    this.file = file;
    this.content = content;
    this.again = again;
    this.before = null;
    this.enter({ program, model: { ...file, info } });
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
    const { first } = this;
    this.first = null;
    const drawing = pack(strokes);
    return this.guard((program) => (isOf(first, program, drawing) ? first.answer : program.call("predict", drawing)));
  }

  /** Resolves as soon as there is something to read with. */
  ready(): Promise<void> {
    return this.running ? Promise.resolve() : new Promise((resolve) => this.waiting.push(resolve));
  }

  /**
   * Fetches another model and reads with it from then on, unless holds says before that something else is wanted now:
   * false. On an error the old one stays.
   */
  async choose(file: ModelFile & { readonly url: string }, onProgress: (share: number) => void, holds: () => boolean): Promise<boolean> {
    if (!holds()) return false;
    const program = this.running?.program;
    if (!program) return this.replace(file, null);
    program.onBytes = (url, come) => url === file.url && onProgress(Math.min(1, come / file.bytes));
    const content = await program.call("fetch", file.url, "default");
    return holds() && this.take({ file, content });
  }

  /**
   * Reads with the model that a file holds from then on, unless holds says that something else is wanted now: false.
   * Rejects with the reason against a damaged one, and the old one stays.
   */
  async use(name: string, content: Uint8Array, holds: () => boolean): Promise<boolean> {
    await this.opened;
    if (!holds()) return false;
    const file = { name, url: null, bytes: content.length };
    return this.running ? this.take({ file, content }) : this.replace(file, content);
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
    this.running?.program.stop();
    this.running = null;
  }

  /** What a call gives; undefined: there is no program, it died of the call, or the model has changed so that the call no longer fits. */
  private async guard<T>(call: (program: Session) => Promise<T>): Promise<T | undefined> {
    if (!this.running) return undefined;
    const { program } = this.running;
    try {
      const answer = await call(program);
      this.deaths = [];
      this.isTried = true;
      return answer;
    } catch {
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
      if (isOver()) running.program.stop();
      else this.succeed(running);
    } catch (error) {
      if (!isOver()) this.fail(this.say().notLoaded(this.sentence(error)));
    }
  }

  private openWith(file: ModelFile | null, content: Uint8Array | null, note: string): Promise<void> {
    this.file = file;
    this.again = null;
    this.content = content;
    this.note = note;
    this.opened = this.start("default");
    return this.opened;
  }

  /** Starts with a model where none is in use; on an error the one before is what Retry opens. */
  private async replace(file: ModelFile, content: Uint8Array | null): Promise<boolean> {
    const before = this.file;
    await this.openWith(file, content, "");
    if (this.file !== file) return false;
    if (this.running) return true;
    this.file = before;
    this.content = null;
    throw new Error(this.reason);
  }

  /** Puts a model in the place of the one in use. */
  private async take({ file, content }: Loaded): Promise<boolean> {
    const program = this.running?.program;
    if (!program) throw new Error(this.reason || this.say().notLoadedYet);
    const info = await this.loaded(program, content, nameOf(file));
    if (info.symbols?.length === 0) {
      // An encoder, which the larger binary takes for a set to be taught; the smaller one says the same.
      if (this.content) await program.call("load", this.content);
      throw new Error("an encoder reads nothing until it has been taught");
    }
    const wasOwn = !this.again && (this.isTried || !this.before);
    if (wasOwn && this.file && this.content) this.before = { file: this.file, content: this.content };
    this.file = file;
    this.again = null;
    this.content = content;
    this.isTried = false;
    this.running = { program, model: { ...file, info } };
    this.onPhase({ state: "ready", model: this.running.model, note: "" });
    return true;
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
      const started = program.call("start", this.files.wasm, cache);
      const content = this.content ?? (await eitherFails(program.call("fetch", file.url ?? "", cache), this.runs(started)));
      // All in one go: what Go is asked before it runs waits in the worker.
      const loaded = this.loaded(program, content, nameOf(file));
      this.askFirst(program);
      loaded.catch(() => {}); // Awaited below, after what it waits for itself.
      await this.runs(started);
      const info = await loaded;
      this.content = content;
      return { program, model: { ...file, info } };
    } catch (error) {
      program.stop();
      throw error;
    }
  }

  private died(program: Session, reason: unknown): void {
    if (this.running?.program !== program) return;
    const now = performance.now();
    this.deaths = [...recentDeaths(this.deaths, now), now];
    this.reason = this.say().stopped(this.sentence(reason));
    const { before, file } = this;
    if (this.again && this.deaths.length < MAX_DEATHS) {
      this.note = this.say().restarted;
      this.opened = this.restart("default");
    } else if (before && file && (!this.isTried || this.deaths.length >= MAX_DEATHS)) {
      this.before = null;
      this.deaths = [];
      this.isTried = true;
      void this.openWith(before.file, before.content, `${this.reason} ${this.say().backTo(quoted(before.file.name))}`);
    } else if (this.deaths.length < MAX_DEATHS) void this.openWith(file, this.content, this.say().restarted);
    else this.fail(this.reason);
  }

  private succeed(running: Running): void {
    this.attempt++;
    void running.program.ended.then((reason) => this.died(running.program, reason));
    this.enter(running);
  }

  /** Has something to read with, and says so to all who wait for it. */
  private enter(running: Running): void {
    this.running = running;
    const { note, waiting } = this;
    this.note = "";
    this.waiting = [];
    this.onPhase({ state: "ready", model: running.model, note });
    for (const resolve of waiting) resolve();
  }

  private fail(reason: string): void {
    this.close();
    this.reason = reason;
    this.onPhase({ state: "error", reason });
  }

  /** Asks about what is drawn already, so that the answer does not wait for the page to hear of the model. */
  private askFirst(program: Session): void {
    const drawing = pack(this.drawn());
    if (drawing.ends.length === 0) return;
    const answer = program.call("predict", drawing);
    answer.catch(() => {}); // Whoever asks hears of it.
    this.first = { program, drawing, answer };
  }

  /** Waits until Go runs; rejects with a sentence. */
  private async runs(started: Promise<void>): Promise<void> {
    try {
      await started;
    } catch (error) {
      if (error instanceof FetchError) throw error;
      throw new Error(this.say().damaged(this.files.wasm));
    }
  }

  /** Makes a file's content the program's model; rejects with a sentence against a damaged or too slow one. */
  private async loaded(program: Session, content: Uint8Array, name: string): Promise<ModelInfo> {
    let info: ModelInfo | number;
    try {
      info = await program.call("load", content);
    } catch (error) {
      if (error instanceof ProgramError) throw error;
      const reason = this.sentence(error);
      throw new Error(DAMAGED.test(reason) ? this.say().damaged(name) : this.say().unfit(name, reason));
    }
    if (typeof info === "number") throw new Error(this.say().tooSlow(name, info));
    return info;
  }

  private sentence(error: unknown): string {
    return error instanceof Hang ? this.say().hangs : sentence(error, this.say());
  }
}

/** Whether a question is the one about a drawing to a program. */
function isOf(first: First | null, program: Session, { points, ends }: Packed): first is First {
  const isSame = (a: Float32Array | Uint32Array, b: Float32Array | Uint32Array) =>
    a.length === b.length && a.every((value, i) => value === b[i]);
  return first?.program === program && isSame(first.drawing.points, points) && isSame(first.drawing.ends, ends);
}

/** Resolves as first does; rejects as soon as one of both does. */
function eitherFails<T>(first: Promise<T>, second: Promise<unknown>): Promise<T> {
  return Promise.race([first, second.then(() => first)]);
}

/** What a model's file is called in sentences. */
function nameOf({ name, url }: ModelFile): string {
  return url ?? quoted(`${name}.ink`);
}
