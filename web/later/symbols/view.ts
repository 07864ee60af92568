/** What stands beside the pad while it reads symbols of one's own: a field for a name, the symbols to tap, their drawings. */
import type { InklingPad } from "../../element/inkling-pad";
import { actionOf } from "../../element/keys";
import { signOf } from "../../element/verdict";
import { t } from "../../i18n/language";
import { quoted } from "../../page/format";
import type { Alike, Drawing, SymbolInfo } from "../../types";
import { headOf, kindOfContent, unpacked } from "../content";
import { make, steady } from "../dom";
import { download, saveButton } from "../save";
import { texts } from "../texts";
import { drawn } from "../whole";
import { ENDINGS, nameOf, readDrawings, writeDrawings } from "./drawings";
import { ExamplesView } from "./examples-view";
import { nameInput } from "./name-input";
import { pictureOf } from "./picture";
import { READY, readySet, type ReadySet } from "./ready";
import { LARGEST, reasonOf, TooLarge } from "./refusal";
import { SymbolSet, type NameNow } from "./set";

/** How long the mouse must rest after a stroke before the name can be written without a click, in ms. */
const PAUSE = 500;

/** How long the set must rest before it is asked for symbols that are alike, in ms. */
const REST = 500;

/** The section of the symbols, at the head of what looks closer. */
export class SymbolsView {
  private readonly set: SymbolSet;
  private readonly root = make("section", "own");
  private readonly prompt = make("label", "prompt");
  private readonly field = nameInput();
  private readonly learn = make("button");
  private readonly list = make("ul", "symbols");
  private readonly news = make("p", "news");
  private readonly warning = make("p", "warning");
  private readonly alike = make("p", "alike");
  private readonly undo = make("button");
  private readonly examples: ExamplesView;
  /** Shows the set as it is. */
  private readonly changed = steady(this.root, () => this.update());
  /** Counts the taps and names: of those in the middle of a stroke the last one counts. */
  private taught = 0;
  private asking = 0;
  private pause = 0;
  private language = "";

  constructor(private readonly pad: InklingPad) {
    this.set = new SymbolSet(pad.reader, () => this.changed(), (reason) => this.warn(reason), () => this.tell(texts().symbols.elsewhere));
    this.examples = new ExamplesView(this.set, (work, said) => this.carryOut(work, said));
    this.root.id = "own";
    this.prompt.htmlFor = this.field.id = "symbol-name";
    this.field.addEventListener("keydown", (event) => this.actFrom(event));
    this.news.setAttribute("role", "status");
    this.warning.setAttribute("role", "alert");
    this.list.setAttribute("role", "list");
    this.undo.type = "button";
    this.undo.addEventListener("click", () => void this.carryOut(this.set.undo(), () => texts().symbols.undone));
    document.addEventListener("inkling:prediction", () => this.isOpen && this.follow());
    for (const type of ["pointerdown", "keydown"] as const) pad.addEventListener(type, (event) => this.beginNext(event), true);
    pad.addEventListener("keydown", (event) => this.takeLetter(event), true);
    pad.addEventListener("pointerdown", () => clearTimeout(this.pause), true);
    pad.addEventListener("pointerup", (event) => this.offerField(event), true);
    const languages = new MutationObserver(() => this.isOpen && this.changed());
    languages.observe(document.documentElement, { attributeFilter: ["lang"] });
    addEventListener("beforeunload", (event) => this.isOpen && this.set.canUndo && this.warning.textContent && event.preventDefault());
  }

  /** Whether the page reads with the symbols. */
  get isOpen(): boolean {
    return this.root.isConnected;
  }

  /** Reads with the symbols, unless holds says no once they are there. */
  async open(holds: () => boolean): Promise<boolean> {
    if (this.isOpen) return true;
    this.say();
    if (!(await this.set.open(holds))) return false;
    document.querySelector(".look")?.prepend(this.root);
    this.follow();
    return true;
  }

  /** Takes the section off the page. */
  close(): void {
    this.root.remove();
    this.set.close();
  }

  /** Adds files of sets, and of drawings as stroke JSON, and says which could not be. */
  async add(files: readonly File[]): Promise<void> {
    const added: string[] = [];
    const refused: string[] = [];
    for (const file of files) {
      const name = quoted(file.name);
      const before = this.set.size;
      try {
        await this.addFrom(file);
        added.push(name);
      } catch (error) {
        const reason = reasonOf(error, name);
        refused.push(files.length > 1 && !reason.includes(name) ? `${name}: ${reason}` : reason);
        if (this.set.size > before) refused.push(texts().symbols.addedInPart);
      }
    }
    this.tell([...(added.length > 0 ? [texts().symbols.added(added.join(", "))] : []), ...refused].join(" "));
  }

  private async addFrom(given: File): Promise<void> {
    const file = await unpacked(given, LARGEST);
    if (!file || file.size > LARGEST) throw new TooLarge();
    const kind = kindOfContent(await headOf(file));
    const isModel = kind === "model" || (kind === "other" && /\.ink$/i.test(file.name));
    if (isModel) return this.set.merge(new Uint8Array(await file.arrayBuffer()));
    await this.set.teachAll(readDrawings(await file.text()));
  }

  /** Says everything in the language of now. */
  private say(): void {
    const say = texts().symbols;
    this.language = t().language;
    this.root.setAttribute("aria-label", say.title);
    this.learn.textContent = say.learn;
    this.undo.textContent = say.undo;
    const form = make("form", "naming", this.prompt, make("div", "", this.field, this.learn));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    const files = make("div", "files", this.undo, ...this.fileButtons(), this.opener());
    this.root.replaceChildren(form, this.list, this.news, this.warning, this.alike, files, this.examples.root, this.starters());
    this.news.textContent = "";
  }

  /** Everything that changes with the set. */
  private update(): void {
    if (this.language !== t().language) this.say();
    const { symbols } = this.set;
    keepFocus(this.list, symbols.map((symbol) => make("li", "", this.button(symbol))));
    this.list.hidden = symbols.length === 0;
    this.undo.disabled = !this.set.canUndo;
    this.undo.hidden = symbols.length === 0 && !this.set.canUndo;
    for (const button of this.root.querySelectorAll<HTMLButtonElement>(".save")) button.hidden = symbols.length === 0;
    this.examples.show();
    this.follow();
    clearTimeout(this.asking);
    this.asking = window.setTimeout(() => void this.compare(), REST);
  }

  /** Everything that changes with what is on the pad. */
  private follow(): void {
    const say = texts().symbols;
    const { drawing } = this;
    const name = drawing ? this.set.nameOf(drawing) : undefined;
    const prediction = this.pad.subject?.prediction;
    const isFirst = this.set.symbols.length === 0;
    if (name !== undefined) this.prompt.textContent = say.isLearned(name);
    else if (!drawing) this.prompt.textContent = isFirst ? say.drawFirst : say.drawNext;
    else if (isFirst) this.prompt.textContent = say.ask;
    else this.prompt.textContent = prediction?.sure ? say.isRead : say.askAgain;
    for (const button of this.list.querySelectorAll("button")) {
      button.classList.toggle("top", drawing !== null && prediction?.sure === true && button.dataset["at"] === prediction.label);
    }
  }

  /** What is on the pad; null: nothing. */
  private get drawing(): Drawing | null {
    const { strokes } = this.pad;
    return strokes.length > 0 ? strokes : null;
  }

  /** A symbol to tap: the drawing on the pad becomes one of its examples. */
  private button({ name, examples }: SymbolInfo): HTMLElement {
    const say = texts().symbols;
    const first = examples[0];
    const picture = first === undefined ? "" : pictureOf(this.set.drawing(first));
    const button = make("button", "symbol", picture, make("span", "name", name), make("small", "", say.count(examples.length)));
    button.type = "button";
    button.dataset["at"] = name;
    button.title = say.tap(name);
    const now = this.set.follow(name);
    button.addEventListener("click", () => {
      if (this.drawing) this.field.value = ""; // The tap takes the place of what was to be written.
      void this.teach(now, name);
    });
    return button;
  }

  private submit(): void {
    const name = nameOf(this.field.value);
    if (name === "") return this.tell(texts().symbols.noName);
    if (!this.drawing) return this.tell(texts().symbols.noDrawing);
    this.field.value = "";
    this.pad.focus({ preventScroll: true });
    void this.teach(() => name);
  }

  /** Makes what is on the pad, once its last stroke has ended, an example of a symbol, which was shown under a name. */
  private async teach(now: NameNow, shown = now()): Promise<void> {
    const say = texts().symbols;
    const turn = ++this.taught;
    if (this.pad.isDrawing) this.tell(say.afterStroke);
    const drawing = await drawn(this.pad);
    if (turn !== this.taught) return;
    if (drawing.length === 0) return this.tell(say.noDrawing);
    const before = this.set.nameOf(drawing);
    await this.carryOut(this.set.teach(drawing, now), () => {
      const name = now();
      const done = before === undefined ? say.learned(name, this.set.named(name)?.examples.length ?? 0) : say.moved(name);
      return name === shown ? done : `${say.renamed(shown, name)} ${done}`;
    });
  }

  /** After a stroke of the mouse whose drawing is not read, the name can be written at once. A finger would cover the pad with keys. */
  private offerField(event: PointerEvent): void {
    if (!this.isOpen || event.pointerType !== "mouse" || !isOnCanvas(event)) return;
    this.pause = window.setTimeout(() => {
      const isOnPad = document.activeElement === this.pad || document.activeElement === document.body;
      if (this.wantsName && isOnPad) this.field.focus({ preventScroll: true });
    }, PAUSE);
  }

  /** Letters that are typed while a name is wanted begin it, rather than take up the eraser. */
  private takeLetter(event: KeyboardEvent): void {
    const { key } = event;
    const isLetter = key !== " " && [...key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isLetter || !this.wantsName || !isOnCanvas(event)) return;
    event.stopPropagation();
    this.field.focus({ preventScroll: true }); // The letter goes to what has the focus when the key has come.
  }

  /** Whether something is drawn, not erased, that has not been learned, and the answer is in doubt. */
  private get wantsName(): boolean {
    const { drawing } = this;
    const prediction = this.pad.subject?.prediction;
    const isNew = this.isOpen && !this.erases && drawing !== null && this.set.nameOf(drawing) === undefined;
    return isNew && (!prediction?.sure || signOf(prediction) !== prediction.label);
  }

  /** In the empty field the keys of undo and redo are about the drawing. */
  private actFrom(event: KeyboardEvent): void {
    const action = this.field.value === "" && !event.isComposing ? actionOf(event, false) : null;
    if (!action || action === "clear") return;
    event.preventDefault();
    this.pad.act(action);
  }

  /** Whether the pad's eraser is in use. */
  private get erases(): boolean {
    return this.pad.shadowRoot?.getElementById("eraser")?.getAttribute("aria-pressed") === "true";
  }

  /** A drawing that has been learned makes room for the next one when that begins. */
  private beginNext(event: Event): void {
    const { drawing } = this;
    const begins = event instanceof KeyboardEvent ? /^( |Enter)$/.test(event.key) : event instanceof PointerEvent && this.pad.draws(event);
    if (!this.isOpen || !begins || !isOnCanvas(event)) return;
    this.tell("");
    if (drawing && this.set.nameOf(drawing) !== undefined && !this.erases) this.pad.act("clear");
  }

  /** Waits for an edit and says what came of it. */
  private async carryOut(work: Promise<void>, said: () => string): Promise<void> {
    try {
      await work;
      this.tell(said());
    } catch (error) {
      this.tell(reasonOf(error));
    }
  }

  private tell(text: string): void {
    this.news.textContent = text;
  }

  /** Says that the browser does not keep the set; null: it does. */
  private warn(reason: unknown): void {
    const { full, notKept } = texts().symbols;
    const isFull = reason instanceof DOMException && reason.name === "QuotaExceededError";
    const said = reason === null ? "" : isFull ? full : notKept;
    if (this.warning.textContent !== said) this.warning.textContent = said;
  }

  /** Names the symbols that are hard to tell apart. */
  private async compare(): Promise<void> {
    if (!this.isOpen) return;
    const found = await this.set.alike().catch((): Alike => ({ right: 0, asked: 0, pairs: [] }));
    const [pair] = found.pairs;
    this.alike.textContent = pair ? texts().symbols.alike(pair.a, pair.b) : "";
  }

  private fileButtons(): HTMLElement[] {
    const say = texts().symbols;
    const save = saveButton(say.save, say.saveTitle, async () => {
      this.give("my-symbols.ink", await this.set.save(), "application/octet-stream");
    });
    const drawings = saveButton(say.saveDrawings, say.saveDrawingsTitle, async () => {
      this.give("my-symbols.json", writeDrawings(await this.set.all()), "application/json");
    });
    return [save, drawings];
  }

  private give(name: string, content: BlobPart, type: string): void {
    download(name, [content], type);
    this.tell(texts().symbols.saved(name));
  }

  private opener(): HTMLElement {
    const input = make("input", "unseen");
    input.type = "file";
    input.accept = [".ink", ".gz", ...ENDINGS].join();
    input.multiple = true;
    input.id = "symbols-file";
    input.addEventListener("change", () => {
      void this.add([...(input.files ?? [])]);
      input.value = ""; // The same file may be picked again.
    });
    const label = make("label", "button", texts().symbols.open);
    label.htmlFor = input.id;
    label.title = texts().symbols.openTitle;
    return make("span", "", input, label);
  }

  /** Sets to start from. */
  private starters(): HTMLElement {
    const say = texts().symbols;
    const buttons = (Object.keys(READY) as ReadySet[]).map((name) => {
      const button = make("button", "", say.ready[name]);
      button.type = "button";
      const add = () => this.set.teachAll(readySet(name, say.figures));
      button.addEventListener("click", () => void this.carryOut(add(), () => say.added(say.ready[name])));
      return button;
    });
    return make("details", "starters", make("summary", "", say.startFrom), make("div", "files", ...buttons));
  }
}

/** Whether an event is one of the pad's canvas. */
function isOnCanvas(event: Event): boolean {
  const [target] = event.composedPath();
  return target instanceof HTMLCanvasElement && target.id === "pad";
}

/** Replaces the children of a list; what had the focus has it again. */
export function keepFocus(list: HTMLElement, children: readonly HTMLElement[]): void {
  const { activeElement } = document;
  const at = activeElement instanceof HTMLElement && list.contains(activeElement) ? activeElement.dataset["at"] : undefined;
  list.replaceChildren(...children);
  if (at === undefined) return;
  const again = [...list.querySelectorAll<HTMLElement>("[data-at]")].find((element) => element.dataset["at"] === at);
  again?.focus({ preventScroll: true });
}
