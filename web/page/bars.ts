/** The probability of every class, in the model's order, each always in its place; of many classes the best. */
import { best, BEST_BARS, MOST_BARS } from "./best";
import { NEAR, percent } from "./format";

/** Names of more characters leave two columns of bars no room on a phone. */
const LONG = 4;

/** Bars in a list element, one item per class, or per place among the best of many classes. */
export class Bars {
  private rows: { name: HTMLElement; fill: SVGElement; value: HTMLElement; row: HTMLElement }[] = [];
  private labels: readonly string[] = [];

  constructor(private readonly root: HTMLElement) {}

  /** Makes the bars of a model's classes, all at 0; bars that are there for the same classes stay. */
  setClasses(labels: readonly string[]): void {
    if (this.labels.join("\n") === labels.join("\n")) return;
    this.labels = labels;
    this.rows = this.order([]).map((i) => makeRow(labels[i] ?? ""));
    this.root.replaceChildren(...this.rows.map(({ row }) => row));
    const longest = labels.reduce((most, label) => Math.max(most, [...label].length), 1);
    this.root.style.setProperty("--name", `${longest + 1}ch`);
    this.root.style.setProperty("--half", String(Math.ceil(this.rows.length / 2)));
    this.root.classList.toggle("long", longest > LONG || this.areBest);
    this.root.classList.toggle("words", longest > 2);
    this.show([], -1);
  }

  /** Shows probabilities, 0..1, one per class; top is the index of the class that leads, -1 for none. */
  show(probabilities: readonly number[], top: number): void {
    const order = this.order(top < 0 ? [] : probabilities);
    this.rows.forEach(({ name, row, fill, value }, place) => {
      const i = order[place] ?? -1;
      const probability = probabilities[i] ?? 0;
      if (this.areBest) name.textContent = top < 0 ? "" : (this.labels[i] ?? "");
      fill.style.transform = `scaleX(${probability})`;
      value.textContent = top < 0 ? "" : percent(probability);
      row.classList.toggle("top", i === top && probability >= NEAR);
    });
  }

  /** Whether the bars are those of the best classes. */
  private get areBest(): boolean {
    return this.labels.length > MOST_BARS;
  }

  /** The class of each bar. */
  private order(probabilities: readonly number[]): number[] {
    if (!this.areBest) return this.labels.map((_, i) => i);
    return best(probabilities.length > 0 ? probabilities : this.labels.map(() => 0), BEST_BARS);
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
