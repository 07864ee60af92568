/** The element <inkling-pad> as others put it on their pages: attributes, a form's control, and methods. */
import { en } from "../i18n/en-form";
import { LANGUAGES, spokenOf, type Language } from "../i18n/languages";
import type { FormMessages } from "../i18n/texts";
import type { Drawing } from "../types";
import { acceptor, narrowed } from "./accept";
import { fileOf, type PictureOptions } from "./drawing-file";
import { find } from "./dom";
import { Fallback } from "./fallback";
import type { ModelFile } from "./files";
import { predictImage } from "./image";
import { InklingPad, type Subject } from "./inkling-pad";
import { Naming } from "./naming";
import type { Change } from "./pad";
import { emptyPrediction, predictionOf, type Prediction } from "./prediction";
import type { Phase } from "./reader";
import { drawingOf, stateOf, strokesOf } from "./strokes";
import { answerOf } from "./verdict";

/** The attributes that do something when they change, beside those of every form's control. */
const ATTRIBUTES = ["accept", "lang", "model", "readonly", "required", "tools"] as const;

/** The properties that may be set on an element before it is one of these. */
const PROPERTIES = ["accept", "disabled", "model", "name", "readOnly", "required", "strokes", "tools", "value"] as const;

/** The tools that the attribute tools may name. */
const TOOLS = ["undo", "redo", "clear", "eraser", "brush"] as const;

/** A pad whose value, the answer, belongs to a form. */
export class FormPad extends InklingPad {
  static readonly formAssociated = true;
  static readonly observedAttributes: readonly string[] = ATTRIBUTES;

  private accepts = acceptor("");
  private answer = "";
  /** The strokes as the form keeps them, of the last finished drawing. */
  private kept = "";
  /** Whether what is on the pad has changed since a change was told. */
  private isNews = false;
  private isOff = false;
  /** Whether somebody has asked for an answer in vain. */
  private wasMissed = false;
  private readonly naming = new Naming(this.root, () => this.labels);
  private readonly fallback = new Fallback(this.root, () => this.showFallback());
  private modelFile: ModelFile | null = null;

  constructor() {
    super();
    // What the tools' own fields tell is no news of the answer.
    for (const type of ["input", "change"]) this.root.addEventListener(type, (event) => event.stopPropagation());
    this.addEventListener("invalid", () => {
      this.wasMissed = true;
      this.judge();
    });
    // A label of this element clicks it.
    this.addEventListener("click", (event) => event.composedPath()[0] === this && this.focus());
  }

  override connectedCallback(): void {
    for (const name of PROPERTIES) this.upgrade(name);
    super.connectedCallback();
    this.naming.update();
    this.showFallback();
    void this.speakAs();
  }

  /** Away from the page, the pad cannot read; it keeps the answer until the drawing changes. */
  protected override leave(): void {
    super.leave();
    this.phase = null;
  }

  attributeChangedCallback(name: (typeof ATTRIBUTES)[number]): void {
    if (name === "accept") this.acceptAs();
    if (name === "model" && this.connection) this.open();
    if (name === "lang" && this.isConnected) void this.speakAs();
    if (name === "readonly") this.lock();
    if (name === "required") this.judge();
    if (name === "tools") this.showTools();
  }

  formDisabledCallback(disabled: boolean): void {
    this.isOff = disabled;
    this.lock();
    this.showFallback();
  }

  formResetCallback(): void {
    this.wasMissed = false;
    this.clear();
    this.judge(); // Nothing changes on an empty pad.
  }

  /** What the browser kept of the form: after going back, or after a crash. */
  formStateRestoreCallback(state: unknown): void {
    if (typeof state === "string") this.strokes = drawingOf(state);
  }

  /** A copy of the drawing; what is set is copied as well. */
  override get strokes(): Drawing {
    return strokesOf(super.strokes);
  }
  override set strokes(drawing: Drawing) {
    super.strokes = strokesOf(drawing);
  }

  /** The answer: what is shown without a question mark; "" while there is none. */
  get value(): string {
    return this.answer;
  }

  /** Only drawing writes: "" clears the pad, and anything else does nothing. */
  set value(value: string) {
    if (value === "" && this.pad.strokes.length > 0) this.clear();
  }

  /** The latest prediction; null before the first one, and while there is no network. */
  get prediction(): Prediction | null {
    return this.subject?.prediction ?? null;
  }

  /** Whether the pad can read: "loading", "ready" or "error". */
  get state(): Phase["state"] {
    return this.phase?.state ?? "loading";
  }

  /** The model's address; "": the one that came with the element. */
  get model(): string {
    return this.getAttribute("model") ?? "";
  }
  set model(url: string) {
    this.setAttribute("model", url);
  }

  /** The tools to show, with spaces between; null: all. */
  get tools(): string | null {
    return this.getAttribute("tools");
  }
  set tools(names: string | null) {
    this.reflect("tools", names);
  }

  /** The labels and ranges that count, with spaces between; "": all. */
  get accept(): string {
    return this.getAttribute("accept") ?? "";
  }
  set accept(parts: string) {
    this.setAttribute("accept", parts);
  }

  get name(): string {
    return this.getAttribute("name") ?? "";
  }
  set name(name: string) {
    this.setAttribute("name", name);
  }

  get required(): boolean {
    return this.hasAttribute("required");
  }
  set required(required: boolean) {
    this.toggleAttribute("required", Boolean(required));
  }

  get readOnly(): boolean {
    return this.hasAttribute("readonly");
  }
  set readOnly(readOnly: boolean) {
    this.toggleAttribute("readonly", Boolean(readOnly));
  }

  get disabled(): boolean {
    return this.hasAttribute("disabled");
  }
  set disabled(disabled: boolean) {
    this.toggleAttribute("disabled", Boolean(disabled));
  }

  override focus(options?: FocusOptions): void {
    if (this.fallback.isShown) this.fallback.focus(options);
    else super.focus(options);
  }

  /** What forms ask of their controls. */
  get type(): string {
    return this.localName;
  }
  get form(): HTMLFormElement | null {
    return this.internals.form;
  }
  get labels(): NodeList {
    return this.internals.labels;
  }
  get validity(): ValidityState {
    return this.internals.validity;
  }
  get validationMessage(): string {
    return this.internals.validationMessage;
  }
  get willValidate(): boolean {
    return this.internals.willValidate;
  }
  checkValidity(): boolean {
    return this.internals.checkValidity();
  }
  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  /** Clears the pad. */
  clear(): void {
    this.script(() => this.act("clear"));
  }

  /** Takes the last change back. */
  undo(): void {
    this.script(() => this.act("undo"));
  }

  /** Makes it again. */
  redo(): void {
    this.script(() => this.act("redo"));
  }

  /**
   * Reads what is on the pad, or an image of the model's input size: whole numbers row by row, 0 background to 255 ink.
   * Waits for the network; rejects with a sentence.
   */
  async predict(image?: ArrayLike<number>): Promise<Prediction> {
    return this.judged(image === undefined ? await this.predictDrawing() : await predictImage(this.reader, image));
  }

  /** Returns the drawing as a file: PNG or SVG, in black on white unless options say otherwise. */
  toBlob(options: PictureOptions = {}): Promise<Blob> {
    return fileOf(this.pad.drawing, options);
  }

  /** Reads with the model asked for, unless the page is one where nothing can run, or that is no address. */
  protected override open(): void {
    const reason = this.forbidden() || this.unaddressed();
    if (reason) this.reader.refuse(reason);
    else super.open();
  }

  /** Why browsers run no worker of this pad's on this page, a sentence; "": they do. */
  private forbidden(): string {
    const { sandboxed, fromFile, otherOrigin } = this.texts;
    if (location.protocol === "file:") return fromFile;
    if (origin === "null") return sandboxed;
    const from = new URL(this.worker).origin;
    return from === origin ? "" : otherOrigin(from);
  }

  /** What is wrong with the attribute model, a sentence; "": nothing. */
  private unaddressed(): string {
    return this.model === "" || addressOf(this.model) ? "" : this.texts.noAddress(this.model);
  }

  protected override get file(): ModelFile | null {
    const url = addressOf(this.model);
    if (!url) return super.file;
    if (this.modelFile?.url !== url.href) this.modelFile = { name: nameOf(url), url: url.href, bytes: 0 };
    return this.modelFile;
  }

  protected override judged(prediction: Prediction): Prediction {
    const judged = narrowed(prediction, this.accepts, this.reader.model?.info.threshold ?? 0);
    this.speech.isNarrowed = judged !== prediction;
    return judged;
  }

  /** Keeps the drawing for the form. Where nothing reads the new one, the answer to the last one is forgotten. */
  protected override changed(change?: Change): void {
    this.isNews = true;
    if (change) this.kept = stateOf(this.pad.drawing);
    if (this.state !== "ready") this.forget();
    else if (change) this.answerWith(this.answer);
    super.changed(change);
  }

  /** Without a network there is no answer. */
  protected override enter(next: Phase): void {
    this.phase = next;
    this.showFallback();
    if (next.state !== "ready") this.forget();
    super.enter(next);
  }

  /** Makes the answer the form's value before anybody hears of it. */
  protected override take(subject: Subject): void {
    const { final } = subject.prediction;
    const before = this.answer;
    this.answerWith(answerOf(subject.prediction));
    super.take(subject);
    if (!subject.byHand || !this.isNews) return;
    // From now on the same drawing is only read again: by another network, or when the pad comes back.
    if (final && subject.strokes === this.pad.strokes) this.isNews = false;
    if (!final || this.answer !== before) this.dispatch("input");
    if (final) this.dispatch("change");
  }

  protected override say(): void {
    super.say();
    this.judge();
  }

  private async predictDrawing(): Promise<Prediction> {
    const { pad, reader } = this;
    if (pad.picture) return predictImage(reader, pad.picture.image);
    const model = await reader.settled();
    const origin = { strokes: pad.drawing.length, final: !pad.isDrawing };
    const answer = await reader.read(pad.strokes);
    if (answer === undefined) return this.predictDrawing(); // The network was lost meanwhile.
    return answer ? predictionOf(answer, model, origin) : emptyPrediction(model.name, model, origin);
  }

  /** Shows the fields in the element instead of the pad where that cannot read: then the form takes them, not the pad. */
  private showFallback(): void {
    this.fallback.show(this.state === "error", this.isOff);
    find(this.root, "sheet", HTMLElement).parentElement?.toggleAttribute("hidden", this.fallback.isShown);
    this.answerWith(this.answer);
  }

  /** Has no answer until the next one comes, and shows none. */
  private forget(): void {
    this.subject = null;
    this.answerWith("");
    this.showAnswer();
  }

  private answerWith(answer: string): void {
    this.answer = answer;
    this.internals.setFormValue(this.fallback.isShown ? null : answer, this.kept);
    this.judge();
  }

  private dispatch(type: "input" | "change"): void {
    this.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
  }

  /** Tells the form whether a value is missing, and why. */
  private judge(): void {
    const isMissing = this.required && this.answer === "" && !this.fallback.isShown;
    if (isMissing) this.internals.setValidity({ valueMissing: true }, this.missing(), this.canvas);
    else this.internals.setValidity({});
    const isMissed = isMissing && this.wasMissed;
    this.naming.require([this.required ? this.texts.required : "", isMissed ? this.missing() : ""].filter(Boolean), isMissed);
  }

  /** Why there is no answer, a sentence. */
  private missing(): string {
    const { phase, texts } = this;
    if (phase?.state === "error") return phase.reason;
    if (this.pad.strokes.length === 0) return texts.draw;
    return phase?.state === "ready" ? texts.drawAgain : texts.unread;
  }

  private get texts(): FormMessages {
    return this.speech.texts.form ?? en;
  }

  private acceptAs(): void {
    this.accepts = acceptor(this.accept);
    if (this.state !== "ready") this.forget();
    this.refresh();
  }

  private lock(): void {
    this.pad.isLocked = this.isOff || this.readOnly;
    if (this.pad.isLocked) this.script(() => this.pad.end());
    this.canvas.ariaDisabled = String(this.pad.isLocked);
    this.canvas.tabIndex = this.isOff ? -1 : 0;
    this.canvas.classList.toggle("locked", this.pad.isLocked);
    this.toolBar.update();
    for (const button of this.root.querySelectorAll<HTMLButtonElement>("#eraser, #brush")) button.disabled = this.pad.isLocked;
  }

  private showTools(): void {
    const shown = this.tools?.split(/\s+/) ?? TOOLS;
    for (const name of TOOLS) this.root.getElementById(name)?.toggleAttribute("hidden", !shown.includes(name));
  }

  /** Speaks the language that is wanted here. */
  private async speakAs(): Promise<void> {
    const { language } = this;
    if (language === this.speech.messages.language) return;
    try {
      const texts = await LANGUAGES[language].load();
      if (language !== this.language) return; // Another one is wanted by now.
      this.speech.texts = texts;
    } catch {
      return; // The language that is spoken stays.
    }
    this.say();
  }

  /** The language of the nearest element around that says one, else the reader's. */
  private get language(): Language {
    const tag = langAround(this);
    return spokenOf(tag ? [tag] : navigator.languages);
  }

  /** Gives a property that was set before the element was one of these to its setter. */
  private upgrade(name: (typeof PROPERTIES)[number]): void {
    if (!Object.hasOwn(this, name)) return;
    const value: unknown = this[name];
    delete (this as Record<string, unknown>)[name];
    Object.assign(this, { [name]: value });
  }

  private reflect(name: string, value: string | null): void {
    if (value === null) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }
}

/** Returns the language of the nearest element around that says one, beyond shadow roots too; "": none does. */
function langAround(element: Element): string {
  const found = element.closest<HTMLElement>("[lang]");
  if (found) return found.lang;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? langAround(root.host) : "";
}

/** Returns the address that a page means; null: it is none. */
function addressOf(address: string): URL | null {
  try {
    return address === "" ? null : new URL(address, document.baseURI);
  } catch {
    return null;
  }
}

/** Returns the name of a model: its file's, without folders and ending. */
function nameOf({ pathname }: URL): string {
  const file = (pathname.split("/").at(-1) ?? "").replace(/\.ink$/, "");
  try {
    return decodeURIComponent(file);
  } catch {
    return file; // A per cent sign that escapes nothing, as in 100%.ink.
  }
}
