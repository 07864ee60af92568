/** The units of a dense layer as cells. */
import { make } from "./dom";

/** A cell's side in CSS pixels, with its gap. */
const CELL = 18;
const GAP = 3;

/** Cells in a row; a layer of fewer units has one row. */
const ACROSS = 16;

/** Draws each unit as a square: filled where positive, a ring where negative, pale where near zero. */
export class UnitView {
  private readonly canvas = make("canvas");
  private readonly columns: number;
  private readonly colours: readonly string[];

  constructor(box: HTMLElement, private readonly count: number) {
    this.columns = Math.min(count, ACROSS);
    const ratio = Math.max(2, devicePixelRatio);
    this.canvas.width = this.columns * CELL * ratio;
    this.canvas.height = Math.ceil(count / this.columns) * CELL * ratio;
    this.canvas.style.aspectRatio = `${this.canvas.width} / ${this.canvas.height}`;
    this.canvas.style.inlineSize = `${this.columns * CELL}px`;
    this.canvas.getContext("2d")?.scale(ratio, ratio);
    box.append(this.canvas);
    const style = getComputedStyle(this.canvas);
    this.colours = ["--for", "--against", "--rule"].map((name) => style.getPropertyValue(name));
  }

  /** Shows the units' values, none for an empty pad. */
  readonly show = (values: Float32Array): void => {
    const context = this.canvas.getContext("2d");
    if (!context) return;
    const [ink, ring, pale] = this.colours;
    const most = values.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-6);
    context.clearRect(0, 0, this.columns * CELL, Math.ceil(this.count / this.columns) * CELL);
    for (let i = 0; i < this.count; i++) {
      const share = (values[i] ?? 0) / most;
      const [x, y] = [(i % this.columns) * CELL + GAP / 2, Math.floor(i / this.columns) * CELL + GAP / 2];
      context.globalAlpha = 1;
      context.lineWidth = 1;
      context.strokeStyle = pale ?? "";
      context.strokeRect(x + 0.5, y + 0.5, CELL - GAP - 1, CELL - GAP - 1);
      context.globalAlpha = Math.sqrt(Math.abs(share));
      context.fillStyle = ink ?? "";
      if (share > 0) context.fillRect(x, y, CELL - GAP, CELL - GAP);
      if (share >= 0) continue;
      context.lineWidth = 4;
      context.strokeStyle = ring ?? "";
      context.strokeRect(x + 2, y + 2, CELL - GAP - 4, CELL - GAP - 4);
    }
  };
}
