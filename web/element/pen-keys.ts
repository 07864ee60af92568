/**
 * Drawing by keyboard: the arrows move a visible pen, space puts it down and lifts it. Fetched when the first answer no
 * longer waits for the network; it imports nothing, so that it is one file.
 */
import type { Messages } from "../i18n/texts";
import type { Point } from "../types";
import type { Pad } from "./pad";

/** The sheet's squares across, by which places are named. */
const SQUARES = 14;

/** One press moves by half a square, with Shift by an eighth. */
const STEP = 1 / SQUARES / 2;
const FINE = STEP / 4;

/** How long, in ms, the pen rests before its place is said. */
const REST = 600;

/** Right and down of each key; Home, End, Page Up and Page Down go aslant, as on a number pad. */
const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  Home: [-1, -1], PageUp: [1, -1], End: [-1, 1], PageDown: [1, 1],
};

/** The keys of a pad's canvas, with the mark that shows where the pen is. */
export class PenKeys {
  /** Where the pen is, 0..1 of the pad. */
  private at: Point = { x: 1 / 2, y: 1 / 4 };
  private isDown = false;
  private rest: ReturnType<typeof setTimeout> | undefined;

  /**
   * mark lies over the canvas; side is the pad's width in the unit of its points; say speaks to a screen reader, in the
   * language of texts.
   */
  constructor(
    canvas: HTMLCanvasElement,
    private readonly mark: HTMLElement,
    private readonly pad: Pad,
    private readonly side: number,
    private readonly texts: () => Messages,
    private readonly say: (text: string) => void,
  ) {
    canvas.addEventListener("keydown", (event) => this.press(event));
    canvas.addEventListener("blur", () => this.hide());
    canvas.addEventListener("pointerdown", () => this.hide(false), { capture: true });
  }

  /** Does what a key of the canvas asks for. */
  press(event: KeyboardEvent): void {
    if (this.pad.isLocked || event.ctrlKey || event.metaKey || event.altKey) return;
    const way = WAYS[event.key];
    if (way) this.move(way, event.shiftKey ? FINE : STEP);
    else if (event.key === " " || event.key === "Enter") this.toggle(event.repeat);
    else if (event.key === "Escape" && this.isDown) this.callOff();
    else return;
    event.preventDefault();
    this.show();
  }

  private move([right, down]: readonly [number, number], step: number): void {
    this.at = { x: inside(this.at.x + right * step), y: inside(this.at.y + down * step) };
    if (this.isDown && !this.pad.isDrawing) this.isDown = false; // undone or cleared meanwhile
    if (this.isDown) this.pad.extend([this.point]);
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.say(this.texts().penAt(...this.square())), REST);
  }

  /** A held key repeats; the pen does not flutter with it. */
  private toggle(repeated: boolean): void {
    if (repeated) return;
    clearTimeout(this.rest);
    if (this.isDown && this.pad.isDrawing) {
      this.isDown = false;
      this.pad.end();
      return;
    }
    this.isDown = true;
    this.pad.begin();
    this.pad.extend([this.point]);
    this.say(this.texts().penDown(...this.square()));
  }

  private callOff(): void {
    this.isDown = false;
    this.pad.cancel();
    this.say(this.texts().penUp);
  }

  private get point(): Point {
    return { x: this.at.x * this.side, y: this.at.y * this.side };
  }

  /** Column and row of the square that the pen is in, from 1. */
  private square(): [number, number] {
    const count = (v: number) => Math.min(SQUARES, Math.floor(v * SQUARES) + 1);
    return [count(this.at.x), count(this.at.y)];
  }

  private show(): void {
    this.mark.hidden = false;
    this.mark.classList.toggle("down", this.isDown);
    this.mark.style.left = `${100 * this.at.x}%`;
    this.mark.style.top = `${100 * this.at.y}%`;
  }

  private hide(finish = true): void {
    clearTimeout(this.rest);
    if (this.isDown && finish) this.pad.end();
    this.isDown = false;
    this.mark.hidden = true;
  }
}

function inside(v: number): number {
  return Math.min(1, Math.max(0, v));
}
