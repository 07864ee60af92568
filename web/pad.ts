/** The sheet one draws on: pointer events become strokes, strokes become a smooth line. The canvas is never read. */
import type { Stroke } from "./bridge";
import { add, BLANK, clear, redo, undo, type Drawing, type History } from "./history";
import type { Action } from "./keys";
import { samePlace, writeLine, type Point } from "./stroke";

/** What changed the finished strokes: a stroke ended, one was called off, or an action. */
export type Change = "stroke" | "cancel" | Action;

/** Who hears what happens on the pad. */
export interface PadListener {
  /** Once a frame while a stroke is being drawn and has grown. */
  drawing(): void;
  /** The finished strokes have changed; no drawing() of an earlier state follows. */
  drawn(change: Change): void;
}

/**
 * The pad's width in the unit of its points. Points are kept in this unit, y
 * down, whatever size the canvas has on the screen, so that a drawing outlives
 * a resize.
 */
const SIDE = 400;

/** Width of the pen, in the same unit. It plays no part in what is read. */
const PEN = 13;

/** The stroke under the pointer. */
interface Live {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly stroke: Point[];
}

/** A pad on a canvas. */
export class Pad {
  private history: History = BLANK;
  private live: Live | null = null;
  private frame = 0;
  private readonly lines = new WeakMap<Stroke, Path2D>();

  /** canvas may have any size, anywhere on the page. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly listener: PadListener,
  ) {
    this.listen();
    this.followSize();
  }

  /** The finished strokes. */
  get drawing(): Drawing {
    return this.history.drawing;
  }

  /** The finished strokes and the one under the pointer, in the pad's unit. */
  get strokes(): Drawing {
    return this.live ? [...this.drawing, this.live.stroke] : this.drawing;
  }

  /** Whether a stroke is under the pointer. */
  get isDrawing(): boolean {
    return this.live !== null;
  }

  /** Whether an action would change anything. */
  can(action: Action): boolean {
    if (action === "redo") return !this.live && this.history.future.length > 0;
    if (action === "clear") return this.strokes.length > 0;
    return this.live !== null || this.history.past.length > 0;
  }

  /** Carries out an action. A stroke under the pointer is what undo takes first; clear takes it with the rest. */
  act(action: Action): void {
    if (!this.can(action)) return;
    const live = this.drop();
    if (action === "clear") this.history = clear(this.history);
    else if (action === "redo") this.history = redo(this.history);
    else if (!live) this.history = undo(this.history);
    this.changed(action);
  }

  /** Draws anew on the next frame, after a change of colours for instance. */
  redraw(): void {
    this.frame ||= requestAnimationFrame(() => this.paint());
  }

  private listen(): void {
    const on = (type: keyof HTMLElementEventMap, listen: (event: PointerEvent) => void) =>
      this.canvas.addEventListener(type, (event) => listen(event as PointerEvent));
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => this.up(event));
    on("pointercancel", (event) => this.cancel(event));
    on("lostpointercapture", (event) => this.up(event, false));
    on("contextmenu", (event) => this.live && event.preventDefault());
    // Safari selects and magnifies on a long touch unless the touch itself is refused.
    this.canvas.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0) return;
    if (this.live) {
      // A second finger draws nothing; a pointer that is down anew has ended its last stroke unseen.
      if (!this.owns(event) && !(event.isPrimary && event.pointerType === this.live.pointerType)) return;
      this.finish();
    }
    try {
      this.canvas.setPointerCapture(event.pointerId);
    } catch {
      // Dispatched events have no pointer to capture.
    }
    this.live = { pointerId: event.pointerId, pointerType: event.pointerType, stroke: [] };
    this.extend([event]);
  }

  private move(event: PointerEvent): void {
    if (!this.owns(event)) return;
    const coalesced = event.getCoalescedEvents?.() ?? [];
    this.extend(coalesced.length > 0 ? coalesced : [event]);
  }

  private up(event: PointerEvent, placed = true): void {
    if (!this.owns(event)) return;
    if (placed) this.extend([event]);
    this.finish();
  }

  private cancel(event: PointerEvent): void {
    if (!this.owns(event)) return;
    this.drop();
    this.changed("cancel");
  }

  private owns(event: PointerEvent): boolean {
    return this.live?.pointerId === event.pointerId;
  }

  private extend(events: readonly PointerEvent[]): void {
    const stroke = this.live?.stroke;
    const box = this.canvas.getBoundingClientRect();
    if (!stroke || box.width === 0) return;
    for (const event of events) {
      const point = pointOf(event, box);
      if (!samePlace(stroke.at(-1), point)) stroke.push(point);
    }
    this.redraw();
  }

  private finish(): void {
    const live = this.drop();
    if (!live || live.stroke.length === 0) return;
    this.history = add(this.history, live.stroke);
    this.changed("stroke");
  }

  /** Takes the stroke from under the pointer; what the pointer still does until it is down again is nothing. */
  private drop(): Live | null {
    const live = this.live;
    this.live = null;
    return live;
  }

  private changed(change: Change): void {
    this.redraw();
    this.listener.drawn(change);
  }

  private paint(): void {
    this.frame = 0;
    const context = this.canvas.getContext("2d");
    if (!context) return;
    this.fit();
    const { width, height } = this.canvas;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(width / SIDE, 0, 0, width / SIDE, 0, 0);
    context.lineWidth = PEN;
    context.lineCap = context.lineJoin = "round";
    context.strokeStyle = getComputedStyle(this.canvas).color;
    for (const stroke of this.drawing) context.stroke(this.lineOf(stroke));
    if (!this.live) return;
    context.stroke(newLine(this.live.stroke));
    this.listener.drawing();
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

  /** Draws anew after resizing, zoom and change of screen. */
  private followSize(): void {
    new ResizeObserver(() => this.redraw()).observe(this.canvas);
    addEventListener("resize", () => this.redraw());
    this.followScreen();
  }

  /** The query names the present pixels, so each change asks a new one. */
  private followScreen(): void {
    const changed = () => {
      this.redraw();
      this.followScreen();
    };
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", changed, { once: true });
  }
}

/** The point of an event on a canvas whose box on the screen is box, in the pad's unit. */
function pointOf(event: PointerEvent, box: DOMRect): Point {
  const scale = SIDE / box.width;
  return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
}

function newLine(stroke: Stroke): Path2D {
  const line = new Path2D();
  writeLine(line, stroke);
  return line;
}
