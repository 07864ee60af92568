/** The element <inkling-pad>, put together: strokes from the canvas go to the reader, its answers to the views and to the page. */
import { LANGUAGES, type Language } from "../i18n/languages";
import { Speech } from "../i18n/speech";
import type { Answer, Content, Drawing, Kind, Shown } from "../types";
import { AnswerView } from "./answer-view";
import { find } from "./dom";
import type { Files, ModelFile } from "./files";
import { percent } from "./format";
import type { Action } from "./keys";
import { kindOf } from "./kind";
import { Intents } from "./intents";
import { Latest } from "./latest";
import { Pad, SIDE, type Change } from "./pad";
import { PhaseView } from "./phase-view";
import { PointerInput } from "./pointer-input";
import { emptyPrediction, predictionOf, type Model, type Origin, type Prediction } from "./prediction";
import { Reader, type Phase } from "./reader";
import { Tools } from "./tools";
import { spoken } from "./verdict";
import { Voice } from "./voice";

/** A sentence stays this long, in ms, although somebody draws. */
const READING = 4000;

/** The element's name. */
export const NAME = "inkling-pad";

/** What the pads of a page are made of. */
export interface Setup {
  readonly files: Files;
  /** What pads read with; null: nothing until reader.open. */
  readonly model: ModelFile | null;
  /** What that model reads, where it is known before the model is there. */
  readonly kind?: Kind;
  /** Fills a shadow root that no page has filled. */
  fill(root: ShadowRoot): void;
}

/** What was asked about, and what was read in it. */
export interface Subject {
  readonly strokes: Drawing;
  readonly prediction: Prediction;
  /** Null: nothing is drawn. */
  readonly answer: Answer | null;
  /** Whether somebody at the pad, not a script, brought it about. */
  readonly byHand: boolean;
}

/** What is asked about: strokes, or what a picture became. */
interface Question {
  readonly strokes: Drawing;
  readonly picture: Uint8Array | null;
  readonly origin: Origin;
  readonly byHand: boolean;
}

/** The names of the events, and their details. */
export interface PadEvents {
  /** A share of all bytes has come, 0..1. */
  "inkling:loading": { readonly progress: number };
  "inkling:ready": { readonly model: Model };
  "inkling:error": { readonly reason: string };
  "inkling:prediction": Prediction;
}

let setup: Setup | null = null;

/** Defines the element, unless it is defined already or there are no elements, as in node. */
export function define(parts: Setup, pad: typeof InklingPad = InklingPad): void {
  if (!globalThis.customElements || customElements.get(NAME)) return;
  setup = parts;
  customElements.define(NAME, pad);
}

/** Where there are no elements, as in node, the class is there and of no use. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** A pad with its tools and the answer, live. */
export class InklingPad extends Base {
  /** What reads here. */
  readonly reader: Reader;
  /** The latest answer with what was asked. */
  subject: Subject | null = null;
  /** What is wanted of this pad: drawings, pictures and models, in one sequence. */
  readonly intents = new Intents();
  /** Makes of a picture, after a change of the model, what the new one reads; null: nothing. */
  remake: ((picture: Shown) => Promise<Content | null>) | null = null;

  protected readonly internals: ElementInternals;
  protected readonly root: ShadowRoot;
  protected readonly speech = new Speech(setup?.kind);
  protected readonly canvas: HTMLCanvasElement;
  protected readonly pad: Pad;
  protected readonly toolBar: Tools;
  private readonly pointer: PointerInput;
  private readonly answerView: AnswerView;
  private readonly phaseView: PhaseView;
  private readonly voice: Voice;
  /** A live answer may be left out when a newer question comes; the final one of a stroke comes always. */
  private readonly asking: Latest<Question, Answer | null | undefined>;
  /** What was last said at the pad. */
  private readonly status: HTMLElement;
  private noted = 0;
  protected phase: Phase | null = null;
  /** Whether a script is changing the pad, and whether one has changed it last. */
  private inScript = false;
  private isScripted = false;
  /** Ends what the element holds outside of itself; null while it is on no page. */
  protected connection: AbortController | null = null;

  constructor() {
    super();
    if (!setup) throw new Error(`${NAME}: made before define`);
    this.internals = this.attachInternals();
    this.root = rootOf(this, this.internals, setup);
    this.canvas = find(this.root, "pad", HTMLCanvasElement);
    const drawn = () => (this.pad.picture ? [] : this.pad.strokes);
    this.reader = new Reader(setup.files, () => this.speech.messages, (phase) => this.enter(phase), drawn);
    this.asking = new Latest(
      ({ strokes, picture }: Question) => (picture ? this.reader.readPixels(picture) : this.reader.read(strokes)),
      (answer, question) => this.answered(answer, question),
    );
    this.pad = new Pad(this.canvas, { drawing: () => this.changed(), drawn: (change) => this.changed(change) });
    this.toolBar = new Tools(this.root, this.pad);
    this.pointer = new PointerInput(this.canvas, this.pad, () => this.penFound());
    this.voice = new Voice(find(this.root, "spoken", HTMLElement));
    this.answerView = new AnswerView(this.root, this.speech);
    this.phaseView = new PhaseView(this.root, this.speech);
    this.status = find(this.root, "status", HTMLElement);
    this.listen();
  }

  connectedCallback(): void {
    if (this.connection) return;
    this.connection = new AbortController();
    this.pad.follow(this.connection.signal);
    this.open();
    // The first use of Intl loads tables, 15-60 ms, which no answer should wait for.
    setTimeout(() => percent(0, this.speech.messages));
  }

  /** Lets go of worker, network and listeners, unless the element has only moved. */
  disconnectedCallback(): void {
    queueMicrotask(() => this.isConnected || this.leave());
  }

  protected leave(): void {
    this.connection?.abort();
    this.connection = null;
    this.asking.drop();
    this.reader.close();
  }

  /** Reads with the model asked for, if one is. */
  protected open(): void {
    if (this.file) void this.reader.open(this.file);
  }

  /** The address of the worker's script. */
  protected get worker(): string {
    return setup?.files.worker ?? "";
  }

  /** The model's file to begin with; null: none yet. */
  protected get file(): ModelFile | null {
    return setup?.model ?? null;
  }

  /** The finished strokes, and the one being drawn, in units of 1/400 of the pad's width. */
  get strokes(): Drawing {
    return this.pad.strokes;
  }

  /** Puts a drawing on the pad; undo brings back what was there. */
  set strokes(drawing: Drawing) {
    this.script(() => this.pad.replace(drawing));
  }

  /** Whether somebody is in the middle of a stroke. */
  get isDrawing(): boolean {
    return this.pad.isDrawing;
  }

  /** Puts strokes or a picture on the pad; undo brings back what was there. */
  show({ strokes, picture }: Content): void {
    this.pad.replace(strokes, picture);
  }

  /** Says a sentence at the pad, with something to do about it, until somebody draws, but long enough to be read. */
  note(text: string, action: HTMLElement | "" = ""): void {
    this.status.replaceChildren(...(text ? [text, " ", action] : []));
    this.noted = performance.now();
  }

  /** Reports whether an action would change anything. */
  can(action: Action): boolean {
    return this.pad.can(action);
  }

  /** Carries out an action. */
  act(action: Action): void {
    this.pad.act(action);
  }

  /** Speaks a language from now on; rejects where it cannot be fetched, and the old one stays. */
  async speak(language: Language): Promise<void> {
    this.speech.texts = await LANGUAGES[language].load();
    this.say();
  }

  /** Brings the canvas, and so the keys that draw, under the keyboard. */
  override focus(options?: FocusOptions): void {
    this.canvas.focus(options);
  }

  private listen(): void {
    this.listenForKeys();
    find(this.root, "retry", HTMLButtonElement).addEventListener("click", () => {
      void this.reader.retry();
      this.focus({ preventScroll: true });
    });
    find(this.root, "fingers-too", HTMLInputElement).addEventListener("change", (event) => {
      this.pointer.fingersToo = (event.target as HTMLInputElement).checked;
    });
  }

  /** Whether a pointer that goes down on the canvas draws or erases. */
  draws(event: PointerEvent): boolean {
    return this.pointer.draws(event);
  }

  /** Fetches the keys that draw when somebody goes to the canvas; what is pressed meanwhile is done as soon as they are there. */
  private listenForKeys(): void {
    this.canvas.addEventListener("focus", () => void this.addKeys().catch(() => this.listenForKeys()), { once: true });
  }

  private async addKeys(): Promise<void> {
    const early: KeyboardEvent[] = [];
    const keep = (event: KeyboardEvent) => {
      if (!/^( |Enter|Arrow|Home|End|Page)/.test(event.key)) return;
      event.preventDefault();
      early.push(event);
    };
    this.canvas.addEventListener("keydown", keep);
    try {
      const { PenKeys } = await import("./pen-keys");
      const mark = find(this.root, "pen", HTMLElement);
      const keys = new PenKeys(this.canvas, mark, this.pad, SIDE, () => this.speech.messages, (text) => this.voice.say(text));
      for (const event of early) keys.press(event);
    } finally {
      this.canvas.removeEventListener("keydown", keep);
    }
  }

  /** Reads again what is on the pad, as a script wants it. */
  protected refresh(): void {
    this.isScripted = true;
    if (this.holdsAnything) this.ask(!this.pad.isDrawing);
  }

  /** Changes the pad for a script. */
  protected script(change: () => void): void {
    this.inScript = true;
    try {
      change();
    } finally {
      this.inScript = false;
    }
  }

  /** The pad has changed; without a change, the gesture under way has gone on. */
  protected changed(change?: Change): void {
    this.isScripted = this.inScript;
    this.intents.holds(this.intents.next(), "content");
    if (performance.now() - this.noted > READING) this.note("");
    this.toolBar.update();
    this.markEmpty();
    if (change && change !== "pen") this.asking.drop();
    this.ask(change !== undefined);
  }

  private markEmpty(): void {
    this.canvas.parentElement?.toggleAttribute("data-empty", !this.holdsAnything);
  }

  protected get holdsAnything(): boolean {
    return this.pad.strokes.length > 0 || this.pad.picture !== null;
  }

  /** Reads what is on the pad now. Where there is nothing to read with, enter does it later. */
  private ask(final: boolean): void {
    const { pad } = this;
    const { picture } = pad;
    if (picture && picture.made !== this.reader.modelBytes) return void this.remakePicture(picture);
    const origin = { strokes: pad.drawing.length, final };
    const question = { strokes: pad.strokes, picture: picture?.image ?? null, origin, byHand: !this.isScripted };
    if (this.holdsAnything) return this.asking.push(question, final);
    this.asking.drop();
    this.answered(null, question);
  }

  /** Makes of the picture on the pad what the model reads, unless something else is there by then. */
  private async remakePicture(picture: Shown): Promise<void> {
    const content = await this.remake?.(picture);
    if (this.pad.picture !== picture) return;
    if (content) return this.pad.amend(content);
    this.answered(null, { strokes: [], picture: null, origin: { strokes: 0, final: true }, byHand: false });
  }

  /** Takes an answer; null: nothing is drawn; undefined: there was nothing to read with. */
  private answered(answer: Answer | null | undefined, { strokes, origin, byHand }: Question): void {
    const { model, name } = this.reader;
    if (answer === undefined || (answer && !model)) return;
    const prediction = answer && model ? predictionOf(answer, model, origin) : emptyPrediction(name, model, origin);
    this.take({ strokes, prediction: this.judged(prediction), answer, byHand });
  }

  /** What the pad makes of a prediction before it shows and tells it. */
  protected judged(prediction: Prediction): Prediction {
    return prediction;
  }

  protected take(subject: Subject): void {
    const { prediction } = (this.subject = subject);
    this.answerView.show(prediction);
    if (prediction.final) this.voice.say(spoken(prediction, this.speech));
    this.tell("inkling:prediction", prediction);
  }

  protected enter(next: Phase): void {
    this.phase = next;
    this.phaseView.show(next);
    if (next.state === "loading") return this.tell("inkling:loading", { progress: next.progress });
    if (next.state === "error") return this.tell("inkling:error", { reason: next.reason });
    this.speech.kind = kindOf(next.model.info);
    this.say();
    this.note(next.note);
    this.tell("inkling:ready", { model: next.model });
    if (this.holdsAnything) this.ask(!this.pad.isDrawing);
  }

  /** Says all that is on the screen, in the words of now. */
  protected say(): void {
    this.speech.translate(this.root);
    this.toolBar.nameKeys();
    if (this.phase) this.phaseView.show(this.phase);
    this.showAnswer();
  }

  /** Shows the latest answer, or that there is none. */
  protected showAnswer(): void {
    const { reader, subject } = this;
    this.answerView.show(subject?.prediction ?? emptyPrediction(reader.name, reader.model, { strokes: 0, final: true }));
  }

  private penFound(): void {
    find(this.root, "fingers", HTMLElement).hidden = false;
    this.note(this.speech.messages.penFound);
  }

  /** Dispatches an event that leaves the shadow root and bubbles to the document. */
  protected tell<K extends keyof PadEvents>(type: K, detail: PadEvents[K]): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** Returns the shadow root of a pad: the one that the page's parser has filled, or a new one. */
function rootOf(host: HTMLElement, internals: ElementInternals, { fill }: Setup): ShadowRoot {
  if (internals.shadowRoot) return internals.shadowRoot;
  const root = host.attachShadow({ mode: "open" });
  // What a parser leaves that knows no declarative shadow roots.
  const template = host.querySelector<HTMLTemplateElement>(":scope > template[shadowrootmode]");
  if (template) root.append(template.content);
  else fill(root);
  template?.remove();
  return root;
}
