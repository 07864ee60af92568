/** The probability of every class, in the model's order, each always in its place; of many classes the best. */
import { best, BEST_BARS, MOST_BARS, steady } from "./best";
import { claim, NEAR } from "./format";

/** A smaller probability is written as 0%. */
const LEAST = 0.0005;

/** Names of more characters are words: smaller, and in two columns only where these are as wide as a phone. */
const WORDS = 4;

/** Names of more characters leave two columns of bars no room there. */
const LONG = 12;

/** Bars in a list element, one item per class, or per place among the best of many classes. */
export class Bars {
  private rows: { name: HTMLElement; fill: SVGElement; value: HTMLElement; row: HTMLElement }[] = [];
  private labels: readonly string[] = [];
  /** The class of each bar. */
  private order: readonly number[] = [];
  private isWhole = false;

  constructor(private readonly root: HTMLElement) {}

  /** Whether there are more classes than bars, unless all are asked for. */
  get areBest(): boolean {
    return this.labels.length > MOST_BARS && !this.isWhole;
  }

  /** Whether all classes have bars, however many they are. */
  set whole(whole: boolean) {
    this.isWhole = whole;
    this.make();
  }

  /** Makes the bars of a model's classes, all at 0; bars that are there for the same classes stay. */
  setClasses(labels: readonly string[]): void {
    if (this.labels.join("\n") === labels.join("\n")) return;
    this.labels = labels;
    this.isWhole = false;
    this.make();
  }

  /**
   * Shows probabilities, 0..1, one per class; top is the index of the class that leads, -1 for
   * none. The best of many are put in order when a stroke has ended.
   */
  show(probabilities: readonly number[], top: number, final = true): void {
    const isEmpty = top < 0;
    const isNew = final || isEmpty || this.order.length === 0;
    if (this.areBest) this.order = isNew ? best(probabilities, BEST_BARS) : steady(probabilities, this.order);
    this.rows.forEach(({ name, row, fill, value }, place) => {
      const i = this.order[place] ?? -1;
      const probability = probabilities[i] ?? 0;
      if (this.areBest) name.textContent = isEmpty ? "" : (this.labels[i] ?? "");
      fill.style.transform = `scaleX(${probability})`;
      value.textContent = isEmpty ? "" : claim(probability);
      row.classList.toggle("top", i === top && probability >= NEAR);
      row.classList.toggle("nil", probability < LEAST);
    });
  }

  private make(): void {
    this.order = this.labels.map((_, i) => i).slice(0, this.areBest ? BEST_BARS : undefined);
    this.rows = this.order.map((i) => makeRow(this.labels[i] ?? ""));
    this.root.replaceChildren(...this.rows.map(({ row }) => row));
    const longest = this.labels.reduce((most, label) => Math.max(most, [...label].length), 1);
    this.root.style.setProperty("--name", `${longest + 1}ch`);
    this.root.style.setProperty("--count", String(this.rows.length + (this.rows.length % 2)));
    this.root.classList.toggle("words", longest > WORDS);
    this.root.classList.toggle("long", longest > LONG || this.areBest);
    this.show([], -1);
  }
}

const SVG = "http://www.w3.org/2000/svg";

function makeRow(label: string) {
  const row = document.createElement("li");
  const name = document.createElement("span");
  name.className = "name";
  name.textContent = label;
  const track = document.createElementNS(SVG, "svg");
  track.setAttribute("class", "track");
  track.setAttribute("aria-hidden", "true");
  const fill = document.createElementNS(SVG, "rect");
  track.append(fill);
  const value = document.createElement("span");
  value.className = "value";
  row.append(name, track, value);
  return { name, row, fill, value };
}
