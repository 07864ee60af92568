/** What stands below the bars when somebody says that an answer is wrong: the classes to tap, and what was put right. */
import type { InklingPad } from "../../element/inkling-pad";
import { t } from "../../i18n/language";
import { quoted } from "../../page/format";
import type { Corrected, Drawing, Stroke } from "../../types";
import { make, onPress, steady } from "../dom";
import { download, saveButton } from "../save";
import { writeDrawings, type Named } from "../symbols/drawings";
import { pictureOf } from "../symbols/picture";
import { reasonOf } from "../symbols/refusal";
import { keepFocus } from "../symbols/view";
import { texts } from "../texts";
import { drawn } from "../whole";
import { CorrectionSet } from "./set";

/** Labels of more characters are words, whose buttons are as wide as they are. */
const CHARACTERS = 2;

/** More classes than these, more than an alphabet, are looked for by a part of their names. */
const MANY = 30;

/** The section behind the button. */
export class CorrectionsView {
  private readonly set: CorrectionSet;
  private readonly root = make("section", "own");
  private readonly prompt = make("p", "prompt");
  private readonly search = make("input");
  private readonly classes = make("ul", "symbols classes");
  private readonly news = make("p", "news");
  private readonly warning = make("p", "warning");
  private readonly undo = make("button");
  private readonly reset = make("button");
  private readonly list = make("ul", "drawings");
  /** Shows the drawings as they are. */
  private readonly changed = steady(this.root, () => this.update());
  /** Counts the taps: of those in the middle of a stroke the last one counts. */
  private taken = 0;
  private labels: readonly string[] = [];
  /** The first stroke of the drawing that the news are about. */
  private about: Stroke | undefined;
  private language = "";
  private button: HTMLButtonElement | null = null;

  constructor(private readonly pad: InklingPad) {
    const elsewhere = () => this.tell(texts().symbols.elsewhere);
    this.set = new CorrectionSet(pad.reader, () => this.changed(), (reason) => this.warn(reason), elsewhere);
    this.root.id = "right";
    this.news.setAttribute("role", "status");
    this.warning.setAttribute("role", "alert");
    for (const list of [this.classes, this.list]) list.setAttribute("role", "list");
    this.undo.type = this.reset.type = "button";
    this.search.type = "search";
    this.search.addEventListener("input", () => this.find());
    this.undo.addEventListener("click", () => void this.carryOut(this.set.undo(), () => texts().symbols.undone));
    this.reset.addEventListener("click", () => void this.carryOut(this.set.change(() => []), () => texts().corrections.wasReset));
    document.addEventListener("inkling:ready", ({ detail }) => {
      if (detail.model.info.symbols) return this.close(); // A set of symbols is taught, not put right.
      if (this.root.isConnected) void this.resume();
    });
    document.addEventListener("inkling:prediction", () => {
      if (this.pad.subject) this.set.follow(this.pad.subject);
      if (this.root.isConnected) this.follow();
    });
    const languages = new MutationObserver(() => this.root.isConnected && this.changed());
    languages.observe(document.documentElement, { attributeFilter: ["lang"] });
  }

  /** Shows the section behind a button, or takes it away. */
  async toggle(button: HTMLButtonElement): Promise<void> {
    if (this.root.isConnected) return this.close();
    this.button = button;
    button.setAttribute("aria-expanded", "true");
    button.after(this.root);
    await this.resume();
    this.changed();
    this.root.scrollIntoView({ block: "nearest" });
  }

  private close(): void {
    this.root.remove();
    this.button?.setAttribute("aria-expanded", "false");
  }

  /** Reads with what the browser keeps for the model in use. */
  async resume(): Promise<void> {
    try {
      if (await this.set.open()) this.tell("");
    } catch (error) {
      this.tell(reasonOf(error));
    }
  }

  /** Says everything in the language of now. */
  private say(): void {
    const say = texts().corrections;
    this.language = t().language;
    this.root.setAttribute("aria-label", say.title);
    this.list.setAttribute("aria-label", say.drawings);
    this.undo.textContent = texts().symbols.undo;
    this.search.placeholder = this.search.ariaLabel = say.find;
    this.reset.textContent = say.reset;
    this.reset.title = say.resetTitle;
    const save = saveButton(texts().symbols.saveDrawings, say.saveTitle, async () => {
      download("my-drawings.json", [writeDrawings(this.set.drawings)], "application/json");
    });
    const files = make("div", "files", this.undo, this.reset, save);
    this.root.replaceChildren(this.prompt, this.search, this.classes, this.news, this.warning, files, this.list);
    this.labels = [];
  }

  /** Everything that changes with the drawings, or with the model. */
  private update(): void {
    if (!this.root.isConnected) return;
    if (this.language !== t().language) this.say();
    const labels = this.pad.reader.model?.info.labels ?? [];
    if (labels.join() !== this.labels.join()) this.offer(labels);
    this.labels = labels;
    const { drawings, answers } = this.set;
    keepFocus(this.list, drawings.map((drawing, i) => this.entry(drawing, i, answers[i])));
    this.list.hidden = drawings.length === 0;
    this.undo.disabled = !this.set.canUndo;
    for (const button of this.root.querySelectorAll<HTMLButtonElement>(".save")) button.disabled = drawings.length === 0;
    this.reset.disabled = drawings.length === 0;
    this.follow();
  }

  /** Shows the classes of a model, to tap. */
  private offer(labels: readonly string[]): void {
    this.classes.replaceChildren(...labels.map((label) => make("li", "", this.classButton(label))));
    this.classes.classList.toggle("words", labels.some((label) => [...label].length > CHARACTERS));
    const areMany = labels.length > MANY;
    this.classes.classList.toggle("many", areMany);
    this.search.hidden = !areMany;
    this.search.value = "";
  }

  /** Leaves the classes with what is looked for in their names. */
  private find(): void {
    const part = plain(this.search.value);
    let found = 0;
    for (const item of this.classes.children) {
      const isIt = plain(item.textContent).includes(part);
      item.toggleAttribute("hidden", !isIt);
      if (isIt) found++;
    }
    this.tell(found > 0 ? "" : texts().corrections.nothingFound(quoted(this.search.value)));
  }

  /** Everything that changes with what is on the pad. */
  private follow(): void {
    const say = texts().corrections;
    const { subject } = this.pad;
    const [first] = this.pad.strokes;
    if (first && first !== this.about) this.tell("");
    const kept = this.set.drawings[this.placeOf(this.pad.strokes)];
    if (kept) this.prompt.textContent = say.isKept(quoted(kept.name));
    else if (this.pad.strokes.length > 0) this.prompt.textContent = this.set.corrects ? say.ask : say.askToKeep;
    else this.prompt.textContent = subject?.answer ? say.onlyDrawings : say.draw;
    for (const button of this.classes.querySelectorAll("button")) {
      button.classList.toggle("top", subject?.prediction.sure === true && button.dataset["at"] === subject.prediction.label);
    }
  }

  /** A class to tap: that is what was drawn. */
  private classButton(label: string): HTMLElement {
    const button = make("button", "symbol", make("span", "name", label));
    button.type = "button";
    button.dataset["at"] = label;
    button.title = texts().symbols.tap(label);
    button.addEventListener("click", () => void this.take(label));
    return button;
  }

  /** Puts what is on the pad right, once its last stroke has ended. */
  private async take(name: string): Promise<void> {
    const turn = ++this.taken;
    if (this.pad.isDrawing) this.tell(texts().symbols.afterStroke);
    const strokes = await drawn(this.pad);
    if (turn !== this.taken) return;
    if (strokes.length === 0) return this.tell(texts().corrections.draw);
    const change = this.set.change((all) => [...all.filter((drawing) => drawing.strokes !== strokes), { name, strokes }]);
    await this.carryOut(change, () => this.outcome(name));
  }

  /** What came of the drawing that was put right last. */
  private outcome(name: string): string {
    const say = texts().corrections;
    const answer = this.set.answers.at(-1);
    if (!answer) return say.collected(quoted(name));
    if (!answer.sure) return say.unsure(quoted(name));
    const now = this.labels[answer.after] ?? "";
    if (now !== name) return say.stays(quoted(name), quoted(now));
    return answer.wasSure && answer.before === answer.after ? say.agreed(quoted(name)) : say.mended(quoted(name));
  }

  /** Where a drawing stands among those that were put right, -1: nowhere. */
  private placeOf(strokes: Drawing): number {
    return this.set.drawings.findIndex((drawing) => drawing.strokes === strokes);
  }

  /** A drawing that was put right, number i: what it was taken for, and what it is taken for now. */
  private entry(drawing: Named, i: number, answer: Corrected | undefined): HTMLElement {
    const { name, strokes } = drawing;
    const say = texts().corrections;
    const remove = make("button", "", "×");
    remove.type = "button";
    remove.dataset["at"] = `remove ${i}`;
    remove.title = say.removeTitle(quoted(name), i + 1);
    remove.setAttribute("aria-label", remove.title);
    const rest = () => this.set.change((all) => all.filter((other) => other !== drawing));
    onPress(remove, () => void this.carryOut(rest(), () => say.removed));
    const said = answer ? say.change(this.nameOf(answer.before, answer.wasSure), this.nameOf(answer.after, answer.sure)) : "";
    const words = make("p", "", make("strong", "", name), ` ${said}`);
    return make("li", "", pictureOf(Promise.resolve(strokes)), make("div", "", words, remove));
  }

  /** A class as the page shows it; "?" where the network is not sure. */
  private nameOf(label: number, sure: boolean): string {
    return sure ? quoted(this.labels[label] ?? "") : "?";
  }

  /** Waits for a change and says what came of it. */
  private async carryOut(work: Promise<void>, said: () => string): Promise<void> {
    try {
      await work;
      this.tell(said());
      this.news.scrollIntoView({ block: "nearest" });
    } catch (error) {
      this.tell(reasonOf(error));
    }
  }

  /** Says what came of something, until another drawing begins. */
  private tell(text: string): void {
    this.news.textContent = text;
    this.about = this.pad.strokes[0];
  }

  /** Says that the browser does not keep the drawings; null: it does. */
  private warn(reason: unknown): void {
    const isFull = reason instanceof DOMException && reason.name === "QuotaExceededError";
    this.warning.textContent = reason === null ? "" : isFull ? texts().symbols.full : texts().corrections.notKept;
  }
}

/** Returns a name, or a part of one, as it is looked for: large and small letters are the same. */
function plain(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}
