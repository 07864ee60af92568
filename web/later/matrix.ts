/** A confusion matrix whose cells open the pictures behind them. */
import { placeOf, type Card, type CardSet } from "./card";
import { make } from "./dom";
import { texts } from "./texts";

/** How many times a tile is magnified. */
const ZOOM = 2;

/** Makes the matrix of a set; sheet is the address of its tiles. */
export function matrix(name: string, set: CardSet, summary: Card["summary"], sheet: string): HTMLElement {
  const { classes } = summary;
  const listed = set.classes ?? classes.map((_, i) => i);
  const title = `${texts().confusion}: ${name}`;
  const pictures = make("div", "pictures");
  pictures.setAttribute("aria-live", "polite");
  const head = make("tr", "", make("td"), ...listed.map((label) => heading("col", classes[label] ?? "")));
  const rows = set.confusion.map((row, at) => {
    const label = listed[at] ?? 0;
    const total = row.reduce((sum, n) => sum + n, 0) || 1;
    const cells = row.map((n, to) => make("td", "", n === 0 ? "" : cell(n, n / total, label, listed[to] ?? 0)));
    return make("tr", "", heading("row", classes[label] ?? ""), ...cells);
  });
  const table = make("table", "matrix", make("caption", "unseen", title), make("thead", "", head), make("tbody", "", ...rows));
  const scroller = make("div", "scroller", table);
  scroller.tabIndex = 0;
  scroller.setAttribute("role", "region");
  scroller.setAttribute("aria-label", title);
  return make("details", "", make("summary", "", title), make("p", "how", texts().confusionHow), scroller, pictures);

  function cell(n: number, share: number, label: number, predicted: number): HTMLElement {
    const button = make("button", label === predicted ? "right" : "wrong", String(n));
    button.type = "button";
    button.style.setProperty("--share", String(Math.sqrt(share)));
    button.setAttribute("aria-label", texts().cell(classes[label] ?? "", classes[predicted] ?? "", n));
    button.addEventListener("click", () => show(n, label, predicted));
    return button;
  }

  function show(of: number, label: number, predicted: number): void {
    const tiles = set.cells.find((cell) => cell.label === label && cell.predicted === predicted);
    const shown = tiles?.count ?? 0;
    const list = make("div", "tiles");
    for (let i = 0; i < shown; i++) list.append(tile((tiles?.first ?? 0) + i));
    pictures.replaceChildren(make("p", "", texts().behind(shown, of, classes[label] ?? "", classes[predicted] ?? "")), list);
  }

  /** A window on the sheet. */
  function tile(index: number): HTMLElement {
    const [height = 1, width = 1] = summary.input;
    const span = make("span");
    span.style.inlineSize = `${ZOOM * width}px`;
    span.style.blockSize = `${ZOOM * height}px`;
    span.style.backgroundImage = `url(${JSON.stringify(sheet)})`;
    span.style.backgroundSize = `${ZOOM * width * set.columns}px auto`;
    const [column, row] = placeOf(index, set);
    span.style.backgroundPosition = `${-ZOOM * width * column}px ${-ZOOM * height * row}px`;
    return span;
  }
}

function heading(scope: "row" | "col", label: string): HTMLElement {
  const cell = make("th", "", label);
  cell.scope = scope;
  return cell;
}
