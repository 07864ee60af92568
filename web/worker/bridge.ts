/**
 * The bridge to Go, which runs in a worker of the page. This paragraph stands at
 * both ends, here and in wasm/bridge.go:
 *
 * Go sets globalThis.inklingGo = {load, errorText} once it runs. load
 * (Uint8Array of an .ink file) makes it the model in use and returns {handle, labels, height,
 * width, channels, recipe, box, parameters, threshold, layers: [{kind, class, shape, weights, window}]}, a
 * string that says why not, or how many multiplications an answer takes if those are
 * too many for a page; the model in use then stays. The other calls are wasm exports.
 * reserve(points, strokes, bytes) makes room for a drawing and a picture and returns the address
 * of six uint32, the addresses of points, ends, picture, image, answer and activations in Go's
 * memory, or -2. use(handle) goes back to a model that was loaded before, and drop(handle) lets
 * go of one. The worker writes float32 x, y pairs at points and each stroke's end,
 * counted in points from the start, as uint32 at ends, whose highest bit says that the stroke
 * was found in a picture and nobody knows which way it was drawn, and calls
 * predict(strokes); or it writes the network's input at image, or its ink alone, and calls
 * predictImage(bytes). They return the label's index, -1 if nothing was drawn, -2 for
 * an error whose text errorText() gives, and leave what the network saw at image
 * (height*width*channels bytes) and float32 confidence, sure (0 or 1) and the
 * probabilities at answer. With the same -1 and -2, restroke(strokes) leaves at
 * image the drawing before its last step, and activations(bytes) the float32 outputs
 * of all layers for what is at image. In the binary that takes pictures the worker
 * writes RGBA at picture; trace(width, height) returns how many strokes it left
 * at points and ends, and fit(width, height) leaves the network's input at image.
 * A layer's kernel lies at weights, 0 for a layer without one, in Keras's order; window
 * is [] but for a Conv2D: [height, width, vertical and horizontal stride, zeros above and
 * on the left].
 * load and use move image, answer and activations, trace points and ends, and any
 * call may grow the memory, which detaches the worker's views: it reserves after
 * those and compares buffers before each use. A panic inside an export
 * would throw nothing in JavaScript and leave the runtime dead, so each that computes
 * recovers. A fatal error ends the program, inside an export as well: wasm_exec then
 * calls go.exit, and what the export would return means nothing, so exit throws. After
 * this, and after a call that takes too long, the page starts a fresh program in a
 * fresh worker with its strokes kept. Go imports inkling.product and inkling.pool, the
 * network's loops in SIMD, which return 0 where there is none (web/worker/simd.ts,
 * internal/kernel/simd).
 */
import "wasm_exec";
import type { Alike, Answer, Corrected, ModelInfo, Packed, Picture } from "../types";
import type { GoCalls } from "./calls";
import type { CorrectionSetUp } from "./corrections";
import { Simd } from "./simd";
import type { Keep, SymbolSetUp } from "./symbols";

/** A call that was refused by a program in good order; after any other error the runtime may be dead. */
export class Refusal extends Error {}

/** What Go sets on globalThis. */
interface SetUp {
  load(file: Uint8Array): (ModelInfo & { readonly handle: number }) | number | string;
  errorText(): string;
  /** Only in the larger binary. */
  symbols?: SymbolSetUp;
  corrections?: CorrectionSetUp;
}

/** What the wasm exports. */
interface Exports {
  readonly mem: WebAssembly.Memory;
  reserve(points: number, strokes: number, bytes: number): number | undefined;
  use(handle: number): void;
  drop(handle: number): void;
  predict(strokes: number): number | undefined;
  predictImage(bytes: number): number | undefined;
  restroke(strokes: number): number | undefined;
  activations(bytes: number): number | undefined;
  /** Only in the binary that takes pictures, as is fit. */
  trace?(width: number, height: number): number | undefined;
  fit?(width: number, height: number): number | undefined;
}

declare global {
  var inklingGo: SetUp | undefined;
}

/** Why nothing more comes. */
const ENDED = "the Go program has ended";

const NOTHING_DRAWN = -1;
const FAILED = -2;

/** What has been reserved at the start, and after calls that move buffers. */
const NO_ROOM = { points: 0, strokes: 0, bytes: 0 };

/** A model that a program holds, for as many as use it. */
export interface Held {
  readonly handle: number;
  /** Teaching changes it. */
  info: ModelInfo;
  readonly file: Uint8Array;
  users: number;
}

/** One running Go program with the models that are in use. */
export class Bridge implements GoCalls {
  /** Hears of each image that a call about many has answered. */
  onProgress: () => void = () => {};
  /** The model that calls are about. */
  private held: Held | null = null;
  private readonly models = new Set<Held>();
  private room = NO_ROOM;
  private addresses = { points: 0, ends: 0, picture: 0, image: 0, answer: 0, activations: 0 };
  private floats = new Float32Array();
  private words = new Uint32Array();

  private constructor(
    private readonly go: SetUp,
    private readonly exports: Exports,
    /** Resolves with the reason when the Go program has ended. */
    readonly exited: Promise<string>,
  ) {}

  /** Runs the program that a response holds. */
  static async start(wasm: Response | WebAssembly.Module): Promise<Bridge> {
    const go = new Go();
    const simd = new Simd();
    const { instance, module } = await instantiate(wasm, { ...go.importObject, inkling: simd.imports });
    const exports = instance.exports as unknown as Exports;
    simd.start(module, exports.mem);
    globalThis.inklingGo = undefined;
    const exited = new Promise<string>((resolve) => {
      go.exit = () => {
        resolve(ENDED);
        throw new Error(ENDED);
      };
      go.run(instance).catch((error: unknown) => resolve(`the Go program failed: ${String(error)}`));
    });
    const setUp = globalThis.inklingGo as SetUp | undefined; // set by Go meanwhile
    if (!setUp) throw new Error(`the Go program did not start: ${await exited}`);
    return new Bridge(setUp, exports, exited);
  }

  /**
   * Makes a file's bytes the model that calls are about; throws Go's text for a bad one, returns how many multiplications
   * an answer would take if those are too many, and the old model stays. A file that is held already is not loaded again,
   * unless it can be edited.
   */
  hold(file: Uint8Array): Held | number {
    for (const held of this.models) {
      if (held.info.symbols || !isSame(held.file, file)) continue;
      held.users++;
      return held;
    }
    const info = this.go.load(file);
    if (typeof info === "number") return info;
    if (typeof info === "string") throw new Refusal(info);
    if (typeof info !== "object") throw new Error(ENDED);
    this.held = { handle: info.handle, info, file, users: 1 };
    this.models.add(this.held);
    this.locate(NO_ROOM);
    return this.held;
  }

  /** Makes a model that is held the one that calls are about. */
  use(held: Held): void {
    if (held === this.held) return;
    this.exports.use(held.handle);
    this.held = held;
    this.locate(NO_ROOM);
  }

  /** Lets go of a model, which goes when all who held it have. */
  drop(held: Held): void {
    if (--held.users > 0) return;
    this.models.delete(held);
    this.exports.drop(held.handle);
  }

  /** Reads a drawing; null: nothing is drawn. */
  predict(drawing: Packed): Answer | null {
    const started = performance.now();
    this.write(drawing);
    return this.answer(this.exports.predict(drawing.ends.length), started);
  }

  /** Returns the image of a drawing before the recipe's last step, as Answer.image; null: nothing is drawn. */
  restroke(drawing: Packed): Uint8Array<ArrayBuffer> | null {
    this.write(drawing);
    return this.done(this.exports.restroke(drawing.ends.length)) ? this.image() : null;
  }

  /** Returns what each layer makes of an image of the network's own size, or of its ink alone. */
  activations(pixels: Uint8Array): Float32Array[] {
    const { layers } = this.setImage(pixels);
    this.done(this.exports.activations(pixels.length));
    let at = this.addresses.activations;
    return layers.map(({ shape }) => {
      const output = new Float32Array(this.exports.mem.buffer, at, shape.reduce((size, side) => size * side, 1)).slice();
      at += 4 * output.length;
      return output;
    });
  }

  /** Returns the kernel of a layer, as it lies in Go's memory; none for a layer without one. */
  weights(layer: number): Float32Array {
    const { layers, width, height, channels } = this.model();
    const { weights = 0, window = [], shape = [] } = layers[layer] ?? {};
    const input = layers[layer - 1]?.shape ?? [height, width, channels];
    const [rows, columns] = window;
    const sides = rows && columns ? [rows, columns, input.at(-1) ?? 1] : input;
    const count = weights && sides.reduce((size, side) => size * side, shape.at(-1) ?? 1);
    return new Float32Array(this.exports.mem.buffer, weights, count).slice();
  }

  /** Returns the strokes that drew a picture, in its pixels; none: nothing was found. */
  trace(picture: Picture): Packed {
    this.setPicture(picture);
    const strokes = this.exports.trace?.(picture.width, picture.height);
    if (!this.done(strokes)) return { points: new Float32Array(), ends: new Uint32Array() };
    this.locate(NO_ROOM);
    this.view();
    const end = this.addresses.ends / 4;
    const ends = this.words.slice(end, end + strokes);
    const point = this.addresses.points / 4;
    return { points: this.floats.slice(point, point + 2 * (ends.at(-1) ?? 0)), ends };
  }

  /** Returns the network's input for a picture by recipe picture; null: it is empty. */
  fit(picture: Picture): Uint8Array<ArrayBuffer> | null {
    this.setPicture(picture);
    return this.done(this.exports.fit?.(picture.width, picture.height)) ? this.image() : null;
  }

  /** Reads an image of the network's own size, or its ink alone, without any recipe. */
  predictImage(pixels: Uint8Array): Answer {
    const started = performance.now();
    this.setImage(pixels);
    const answer = this.answer(this.exports.predictImage(pixels.length), started);
    if (!answer) throw new Refusal("bridge: nothing has been taught yet");
    return answer;
  }

  /** Returns the probabilities for images of the network's own size; both lie one after the other. */
  probabilities(images: Uint8Array): Float32Array {
    const { width, height, channels, labels } = this.model();
    const size = width * height * channels;
    const all = new Float32Array((images.length / size) * labels.length);
    for (let i = 0; i * size < images.length; i++) {
      all.set(this.predictImage(images.subarray(i * size, (i + 1) * size)).probabilities, i * labels.length);
      this.onProgress();
    }
    return all;
  }

  teach(drawing: Packed, name: string): number {
    this.write(drawing);
    return said(this.symbols().teach(drawing.ends.length, name));
  }

  remove(id: number): void {
    said(this.symbols().remove(id));
  }

  restore(id: number): void {
    said(this.symbols().restore(id));
  }

  move(id: number, name: string): void {
    said(this.symbols().move(id, name));
  }

  rename(from: string, to: string): void {
    said(this.symbols().rename(from, to));
  }

  merge(file: Uint8Array): readonly number[] {
    return said(this.symbols().merge(file));
  }

  renew(): ModelInfo {
    const info = said(this.symbols().renew());
    if (this.held) this.held.info = info;
    this.locate(NO_ROOM);
    return info;
  }

  save(keep: Keep): Uint8Array<ArrayBuffer> {
    return said(this.symbols().save(keep));
  }

  drawing(id: number): Packed | null {
    return said(this.symbols().drawing(id));
  }

  alike(): Alike {
    return said(this.symbols().alike());
  }

  beginCorrections(model: Uint8Array, near: Uint8Array): void {
    said(this.corrections().begin(model, near));
  }

  correct(drawing: Packed, label: number): void {
    this.write(drawing);
    said(this.corrections().add(drawing.ends.length, label));
  }

  leaveStanding(drawing: Packed, label: number): void {
    this.write(drawing);
    said(this.corrections().stand(drawing.ends.length, label));
  }

  corrected(): readonly Corrected[] {
    return said(this.corrections().answers());
  }

  private corrections(): CorrectionSetUp {
    if (!this.go.corrections) throw new Refusal("bridge: this program takes no corrections");
    return this.go.corrections;
  }

  private symbols(): SymbolSetUp {
    if (!this.go.symbols) throw new Refusal("bridge: this program does not teach symbols");
    return this.go.symbols;
  }

  private model(): ModelInfo {
    if (!this.held) throw new Refusal("bridge: no model is loaded");
    return this.held.info;
  }

  /** Writes a drawing where Go reads it. */
  private write({ points, ends }: Packed): void {
    this.reserve(points.length / 2, ends.length);
    this.view();
    this.floats.set(points, this.addresses.points / 4);
    this.words.set(ends, this.addresses.ends / 4);
  }

  private setImage(pixels: Uint8Array): ModelInfo {
    const model = this.model();
    const ink = model.width * model.height;
    if (pixels.length !== ink && pixels.length !== ink * model.channels) {
      throw new Refusal(`bridge: image: got ${pixels.length} pixels, want ${ink}`);
    }
    new Uint8Array(this.exports.mem.buffer).set(pixels, this.addresses.image);
    return model;
  }

  private setPicture({ rgba }: Picture): void {
    this.reserve(0, 0, rgba.length);
    new Uint8Array(this.exports.mem.buffer).set(rgba, this.addresses.picture);
  }

  /** What the network saw last. */
  private image(): Uint8Array<ArrayBuffer> {
    const { width, height, channels } = this.model();
    return new Uint8Array(this.exports.mem.buffer as ArrayBuffer, this.addresses.image, width * height * channels).slice();
  }

  /** Makes room for a drawing and a picture, in powers of two so that a growing stroke rarely asks. */
  private reserve(points: number, strokes: number, bytes = 0): void {
    const { room } = this;
    if (points <= room.points && strokes <= room.strokes && bytes <= room.bytes) return;
    this.locate({ points: above(points, 512), strokes: above(strokes, 16), bytes });
  }

  /** Asks where the buffers lie, which then have this much room at least. */
  private locate(room: typeof NO_ROOM): void {
    const at = this.exports.reserve(room.points, room.strokes, room.bytes);
    if (!this.done(at)) throw new Error(ENDED);
    const found = new Uint32Array(this.exports.mem.buffer, at >>> 0, 6);
    const [points = 0, ends = 0, picture = 0, image = 0, answer = 0, activations = 0] = found;
    this.addresses = { points, ends, picture, image, answer, activations };
    this.room = room;
  }

  /** Makes the views again if Go's memory has grown since. */
  private view(): void {
    const { buffer } = this.exports.mem;
    if (this.floats.buffer === buffer) return;
    this.floats = new Float32Array(buffer);
    this.words = new Uint32Array(buffer);
  }

  /** Whether an export did its work; false: nothing was drawn. */
  private done(status: number | undefined): status is number {
    if (status === FAILED) throw new Error(this.go.errorText());
    if (status === undefined) throw new Error(ENDED);
    return status !== NOTHING_DRAWN;
  }

  /** Copies the answer that an export left in Go's memory. */
  private answer(label: number | undefined, started: number): Answer | null {
    if (!this.done(label)) return null;
    this.view();
    const at = this.addresses.answer / 4;
    const probabilities = Array.from(this.floats.subarray(at + 2, at + 2 + this.model().labels.length));
    const ms = performance.now() - started;
    return { label, confidence: this.floats[at] ?? 0, sure: this.floats[at + 1] === 1, probabilities, image: this.image(), ms };
  }
}

/** Compiles while the bytes come where the host says application/wasm, else after they have come. */
async function instantiate(
  wasm: Response | WebAssembly.Module,
  imports: WebAssembly.Imports,
): Promise<WebAssembly.WebAssemblyInstantiatedSource> {
  if (wasm instanceof WebAssembly.Module) return { module: wasm, instance: await WebAssembly.instantiate(wasm, imports) };
  const streams = wasm.headers.get("Content-Type")?.startsWith("application/wasm");
  return streams ? WebAssembly.instantiateStreaming(wasm, imports) : WebAssembly.instantiate(await wasm.arrayBuffer(), imports);
}

/** The first power of two from least on that is not below n. */
function above(n: number, least: number): number {
  let room = least;
  while (room < n) room *= 2;
  return room;
}

/** Returns what Go answers; throws why it refused, or the Error that a panic left. */
function said<T>(answer: T | string): T {
  if (answer instanceof Error) throw answer;
  if (typeof answer === "string") throw new Refusal(answer);
  return answer;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
