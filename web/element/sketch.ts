/** What is on the pad: finished strokes, or a picture, with their history, and the gesture under way. Nothing here knows a canvas. */
import type { Content, Drawing, Point, Shown, Stroke } from "../types";
import { meets } from "./erase";
import { beginWith, redo, step, undo, type History } from "./history";
import type { Action } from "./keys";
import { samePlace } from "./stroke";

/** What a gesture does: it draws a stroke, or takes away each stroke that it meets. */
export type Tool = "pen" | "eraser";

type Gesture =
  | { readonly tool: "pen"; readonly stroke: Point[] }
  | { readonly tool: "eraser"; last: Point | undefined; readonly erased: Set<Stroke> };

/** A drawing as it comes about. */
export class Sketch {
  private history: History<Content> = beginWith({ strokes: [], picture: null });
  private gesture: Gesture | null = null;

  /** reach: how near, in the points' unit, the eraser must come to a stroke. */
  constructor(private readonly reach: number) {}

  /** The finished strokes, without those that the eraser has met. */
  get drawing(): Drawing {
    const { gesture } = this;
    const { strokes } = this.history.now;
    return gesture?.tool === "eraser" ? strokes.filter((stroke) => !gesture.erased.has(stroke)) : strokes;
  }

  /** The picture, if one is there. A stroke takes its place; a mere touch does not. */
  get picture(): Shown | null {
    return this.live ? null : this.history.now.picture;
  }

  /** The stroke being drawn, if one is; a touch of a picture is none. */
  get live(): Stroke | null {
    const stroke = this.gesture?.tool === "pen" ? this.gesture.stroke : [];
    return stroke.length > (this.history.now.picture ? 1 : 0) ? stroke : null;
  }

  /** Whether a gesture is under way. */
  get isBusy(): boolean {
    return this.gesture !== null;
  }

  /** Begins a gesture without a point yet; one under way is called off. */
  begin(tool: Tool): void {
    this.gesture = tool === "pen" ? { tool, stroke: [] } : { tool, last: undefined, erased: new Set() };
  }

  /** Goes on to a point. */
  extend(point: Point): void {
    const { gesture } = this;
    if (!gesture) return;
    if (gesture.tool === "pen") {
      if (!samePlace(gesture.stroke.at(-1), point)) gesture.stroke.push(point);
      return;
    }
    for (const stroke of this.drawing) {
      if (meets(stroke, gesture.last ?? point, point, this.reach)) gesture.erased.add(stroke);
    }
    gesture.last = point;
  }

  /** Ends the gesture, which is then a step of the history if it changed anything. */
  end(): void {
    const { gesture, drawing, live } = this;
    this.gesture = null;
    if (live) this.replace([...drawing, live]);
    if (gesture?.tool === "eraser" && gesture.erased.size > 0) this.replace(drawing);
  }

  /** Calls the gesture off; false where there was none. */
  cancel(): boolean {
    const busy = this.isBusy;
    this.gesture = null;
    return busy;
  }

  /** Puts a whole drawing, or a picture, in the place of what is there; undo brings that back. */
  replace(strokes: Drawing, picture: Shown | null = null): void {
    this.history = step(this.history, { strokes, picture });
  }

  /** Puts in the place of the picture that is there what has become of it; that is no step. */
  amend(now: Content): void {
    this.history = { ...this.history, now };
  }

  /** Reports whether an action would change anything. */
  can(action: Action): boolean {
    if (action === "redo") return !this.isBusy && this.history.future.length > 0;
    if (action === "clear") return this.drawing.length > 0 || this.history.now.picture !== null || this.live !== null;
    return this.isBusy || this.history.past.length > 0;
  }

  /** Carries out an action. A gesture under way is what undo takes first; clear takes it with the rest. */
  act(action: Action): void {
    const wasBusy = this.cancel();
    if (action === "redo") this.history = redo(this.history);
    else if (action === "undo" && !wasBusy) this.history = undo(this.history);
    else if (action === "clear" && this.can("clear")) this.replace([]);
  }
}
