/** The symbols with pictures of all their drawings: renaming, moving, deleting. */
import type { SymbolInfo } from "../../types";
import { make, onPress } from "../dom";
import { texts } from "../texts";
import { nameOf } from "./drawings";
import { nameInput } from "./name-input";
import { pictureOf } from "./picture";
import type { SymbolSet } from "./set";

/** Waits for an edit and says what came of it. */
type CarryOut = (work: Promise<void>, said: () => string) => Promise<void>;

/** The drawings of all symbols, made when somebody unfolds them. */
export class ExamplesView {
  readonly root = make("details", "examples");
  private readonly summary = make("summary");
  private readonly body = make("div");

  constructor(
    private readonly set: SymbolSet,
    private readonly carryOut: CarryOut,
  ) {
    this.root.append(this.summary, this.body);
    this.root.addEventListener("toggle", () => this.show());
  }

  /** Shows the set as it is; what had the focus has it again, or what stands nearest. */
  show(): void {
    const { symbols } = this.set;
    this.summary.textContent = texts().symbols.examples;
    this.root.hidden = symbols.length === 0;
    const { activeElement } = document;
    const focused = activeElement instanceof HTMLElement && this.body.contains(activeElement) ? activeElement.dataset["at"] : undefined;
    const before = this.places().map((place) => place.dataset["at"]);
    this.body.replaceChildren(...(this.root.open ? symbols.map((symbol) => this.entry(symbol)) : []));
    if (focused === undefined) return;
    const now = this.places();
    const nearest = before.slice(before.indexOf(focused)).map((at) => now.find((place) => place.dataset["at"] === at)).find(Boolean);
    (nearest ?? this.summary).focus({ preventScroll: true });
  }

  /** What can have the focus, in order. */
  private places(): HTMLElement[] {
    return [...this.body.querySelectorAll<HTMLElement>("[data-at]")];
  }

  private entry({ name, examples }: SymbolInfo): HTMLElement {
    const say = texts().symbols;
    const remove = make("button", "", say.deleteSymbol);
    remove.type = "button";
    remove.dataset["at"] = `delete ${examples[0]}`;
    remove.setAttribute("aria-label", say.deleteTitle(name));
    onPress(remove, () => void this.carryOut(this.set.remove(examples), () => say.deleted(name)));
    const drawings = make("ul", "drawings", ...examples.map((id, i) => this.example(name, id, i + 1)));
    drawings.setAttribute("role", "list");
    const entry = make("section", "entry", make("div", "head", this.nameField(name, examples[0]), remove), drawings);
    entry.setAttribute("aria-label", name);
    return entry;
  }

  /** The name, which can be changed. */
  private nameField(name: string, first: number | undefined): HTMLElement {
    const say = texts().symbols;
    const now = this.set.follow(name);
    const field = nameInput();
    field.value = name;
    field.dataset["at"] = `name ${first}`;
    field.setAttribute("aria-label", say.nameOf(name));
    const change = () => {
      const to = nameOf(field.value);
      if (to === name) return;
      field.value = name;
      if (to === "") return void this.carryOut(Promise.resolve(), () => say.noName);
      if (this.set.named(to)) return void this.carryOut(Promise.resolve(), () => say.taken(to));
      void this.carryOut(this.set.rename(now, to), () => say.renamed(name, to));
    };
    field.addEventListener("change", change);
    return field;
  }

  /** One drawing, number i of its symbol: its picture, what it is, and a button that deletes it. */
  private example(name: string, id: number, i: number): HTMLElement {
    const say = texts().symbols;
    const names = this.set.symbols.map((other) => this.set.follow(other.name));
    const select = make("select", "", ...this.set.symbols.map((other) => new Option(other.name, other.name, false, other.name === name)));
    select.dataset["at"] = `move ${id}`;
    select.setAttribute("aria-label", say.moveTitle(name, i));
    select.addEventListener("change", () => {
      const to = names[select.selectedIndex] ?? (() => select.value);
      void this.carryOut(this.set.move(id, to), () => say.moved(to()));
    });
    const remove = make("button", "", "×");
    remove.type = "button";
    remove.dataset["at"] = `remove ${id}`;
    remove.title = say.removeTitle(name, i);
    remove.setAttribute("aria-label", remove.title);
    onPress(remove, () => void this.carryOut(this.set.remove([id]), () => say.removed(name, i)));
    return make("li", "", pictureOf(this.set.drawing(id)), make("div", "", select, remove));
  }
}
