/** The sheet one draws on, on the screen: a sketch as smooth lines. The canvas is never read. */
import type { Content, Drawing, Point, Shown, Stroke } from "../types";
import { onSheet } from "./edge";
import type { Action } from "./keys";
import { Sketch, type Tool } from "./sketch";
import { writeLine } from "./stroke";

/** What changed the finished strokes: a gesture ended or was called off, a whole drawing came, or an action. */
export type Change = Tool | "cancel" | "replace" | Action;

/** Who hears what happens on the pad. */
export interface PadListener {
  /** Once a frame while a gesture is under way. */
  drawing(): void;
  /** The finished strokes have changed; no drawing() of an earlier state follows. */
  drawn(change: Change): void;
}

/**
 * The pad's width in the unit of its points. Points are kept in this unit, y
 * down, whatever size the canvas has on the screen, so that a drawing outlives
 * a resize.
 */
export const SIDE = 400;

/** How near the eraser must come to a stroke's middle, in the same unit. */
const REACH = 14;

/** A pad on a canvas. */
export class Pad {
  private readonly sketch = new Sketch(REACH);
  /** What the next gesture does, unless it brings a tool of its own. */
  tool: Tool = "pen";
  /** Refuses gestures. */
  isLocked = false;
  private tracing: Tool = "pen";
  /** Where the gesture was last, perhaps beyond the sheet. */
  private last: Point | null = null;
  private pen = 13;
  /** The picture that is to be seen, and its pixels once they are there. */
  private shown: Shown | null = null;
  private backdrop: ImageBitmap | null = null;
  private frame = 0;
  private readonly lines = new WeakMap<Stroke, Path2D>();

  /** canvas may have any size, anywhere on the page. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly listener: PadListener,
  ) {}

  /** Draws again after resizing, zoom, and changes of screen and colours, until signal aborts. */
  follow(signal: AbortSignal): void {
    const redraw = () => this.redraw();
    const sizes = new ResizeObserver(redraw);
    sizes.observe(this.canvas);
    signal.addEventListener("abort", () => sizes.disconnect());
    addEventListener("resize", redraw, { signal });
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
      matchMedia(query).addEventListener("change", redraw, { signal });
    }
    this.followScreen(signal);
  }

  /** The finished strokes. */
  get drawing(): Drawing {
    return this.sketch.drawing;
  }

  /** The picture, if one is there instead. */
  get picture(): Shown | null {
    return this.sketch.picture;
  }

  /** The finished strokes and the one being drawn, in the pad's unit. */
  get strokes(): Drawing {
    const { drawing, live } = this.sketch;
    return live ? [...drawing, live] : drawing;
  }

  /** Whether a gesture is under way. */
  get isDrawing(): boolean {
    return this.sketch.isBusy;
  }

  /** Width of the pen's line in the pad's unit. It plays no part in what is read. */
  set penWidth(width: number) {
    this.pen = width;
    this.redraw();
  }

  /** The sheet's height in the pad's unit. */
  get height(): number {
    const { clientWidth, clientHeight } = this.canvas;
    return clientWidth > 0 ? (SIDE * clientHeight) / clientWidth : SIDE;
  }

  /** Begins a gesture; one under way is finished first. */
  begin(tool: Tool = this.tool): void {
    this.end();
    if (this.isLocked) return;
    this.tracing = tool;
    this.last = null;
    this.sketch.begin(tool);
  }

  /**
   * Goes on through points. A line ends at the edge of the sheet, and goes on where it comes back: what is read is what is
   * seen.
   */
  extend(points: readonly Point[]): void {
    const { height } = this;
    for (const point of points) {
      const seen = this.tracing === "pen" ? onSheet(this.last ?? point, point, SIDE, height) : [point];
      for (const place of seen ?? []) this.sketch.extend(place);
      this.last = point;
    }
    this.redraw();
  }

  /** Ends the gesture, if one is under way. */
  end(): void {
    if (!this.sketch.isBusy) return;
    this.sketch.end();
    this.changed(this.tracing);
  }

  /** Calls the gesture off: nothing of it stays. */
  cancel(): void {
    if (this.sketch.cancel()) this.changed("cancel");
  }

  /** Puts a whole drawing, or a picture, on the pad. */
  replace(drawing: Drawing, picture: Shown | null = null): void {
    this.sketch.cancel();
    this.sketch.replace(drawing, picture);
    this.changed("replace");
  }

  /** Puts in the place of the picture on the pad what has become of it; that is no step of the history. */
  amend(content: Content): void {
    this.sketch.amend(content);
    this.changed("replace");
  }

  /** Reports whether an action would change anything. */
  can(action: Action): boolean {
    return this.sketch.can(action);
  }

  /** Carries out an action. */
  act(action: Action): void {
    if (!this.can(action)) return;
    this.sketch.act(action);
    this.changed(action);
  }

  /** Draws again on the next frame, after a change of colours for instance. */
  redraw(): void {
    this.frame ||= requestAnimationFrame(() => this.paint());
  }

  private changed(change: Change): void {
    this.redraw();
    this.listener.drawn(change);
  }

  private paint(): void {
    this.frame = 0;
    void this.openPicture();
    const context = this.canvas.getContext("2d");
    if (!context) return;
    this.fit();
    const { width, height } = this.canvas;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(width / SIDE, 0, 0, width / SIDE, 0, 0);
    if (this.backdrop) drawContained(context, this.backdrop);
    context.lineWidth = this.pen;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = getComputedStyle(this.canvas).color;
    for (const stroke of this.drawing) context.stroke(this.lineOf(stroke));
    if (this.sketch.live) context.stroke(newLine(this.sketch.live));
    if (this.sketch.isBusy) this.listener.drawing();
  }

  /** Opens the picture that is on the pad now, and lets go of another one's pixels. */
  private async openPicture(): Promise<void> {
    const { picture } = this.sketch;
    if (picture === this.shown) return;
    this.backdrop?.close();
    this.backdrop = null;
    this.shown = picture;
    const pixels = await picture?.open();
    if (picture !== this.shown) return pixels?.close();
    this.backdrop = pixels ?? null;
    this.redraw();
  }

  /** The line of a finished stroke, made once. */
  private lineOf(stroke: Stroke): Path2D {
    const line = this.lines.get(stroke) ?? newLine(stroke);
    this.lines.set(stroke, line);
    return line;
  }

  /** Gives the canvas one pixel for each of the screen's, which empties it if that is a change. */
  private fit(): void {
    const { canvas } = this;
    const width = Math.round(canvas.clientWidth * devicePixelRatio);
    const height = Math.round(canvas.clientHeight * devicePixelRatio);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
  }

  /** The query names the present pixels, so each change asks a new one. */
  private followScreen(signal: AbortSignal): void {
    const changed = () => {
      this.redraw();
      this.followScreen(signal);
    };
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", changed, { once: true, signal });
  }
}

/** Draws a picture as large as the pad takes it, in the middle. */
function drawContained(context: CanvasRenderingContext2D, picture: ImageBitmap): void {
  const scale = SIDE / Math.max(picture.width, picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  context.drawImage(picture, (SIDE - width) / 2, (SIDE - height) / 2, width, height);
}

function newLine(stroke: Stroke): Path2D {
  const line = new Path2D();
  writeLine(line, stroke);
  return line;
}
