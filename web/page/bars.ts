/** The probability of every class, in the model's order, each always in its place. */
import { NEAR, percent } from "./format";

/** Names of more characters leave two columns of bars no room on a phone. */
const LONG = 4;

/** Bars in a list element, one item per class. */
export class Bars {
  private rows: { fill: SVGElement; value: HTMLElement; row: HTMLElement }[] = [];
  private labels = "";

  constructor(private readonly root: HTMLElement) {}

  /** Makes the bars of a model's classes, all at 0; bars that are there for the same classes stay. */
  setClasses(labels: readonly string[]): void {
    if (this.labels === labels.join("\n")) return;
    this.labels = labels.join("\n");
    this.rows = labels.map(makeRow);
    this.root.replaceChildren(...this.rows.map(({ row }) => row));
    const longest = Math.max(1, ...labels.map((label) => [...label].length));
    this.root.style.setProperty("--name", `${longest + 1}ch`);
    this.root.style.setProperty("--half", String(Math.ceil(labels.length / 2)));
    this.root.classList.toggle("long", longest > LONG);
    this.root.classList.toggle("words", longest > 2);
    this.show(labels.map(() => 0), -1);
  }

  /** Shows probabilities, 0..1, one per class; top is the index of the class that leads, -1 for none. */
  show(probabilities: readonly number[], top: number): void {
    this.rows.forEach(({ row, fill, value }, i) => {
      const probability = probabilities[i] ?? 0;
      fill.style.transform = `scaleX(${probability})`;
      value.textContent = top < 0 ? "" : percent(probability);
      row.classList.toggle("top", i === top && probability >= NEAR);
    });
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
  return { row, fill, value };
}
