/** Strokes as points, and the smooth line through them. Nothing here knows a canvas. */
import type { Point, Stroke } from "../types";
import type { Packed } from "../types";

/** What a line is written into: a Path2D, or a list in a test. */
export interface Line {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void;
}

/** Canvases leave out segments without length; this much makes a tap a dot. */
const DOT = 0.01;

/** Returns the point halfway between a and b. */
export function midpoint(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** The bit of a stroke's end that says that the stroke was found in a picture. */
const TRACED = 2 ** 31;

/** Returns a stroke as one that was found in a picture. */
export function tracedStroke(stroke: Stroke): Stroke {
  return stroke.map((point, i) => (i === 0 ? { ...point, traced: true } : point));
}

/** Returns strokes in the form in which they travel to Go. */
export function pack(strokes: readonly Stroke[]): Packed {
  const points = new Float32Array(strokes.reduce((sum, stroke) => sum + 2 * stroke.length, 0));
  let at = 0;
  const ends = Uint32Array.from(strokes, (stroke) => {
    for (const { x, y } of stroke) {
      points[at++] = x;
      points[at++] = y;
    }
    return at / 2 + (stroke[0]?.traced ? TRACED : 0);
  });
  return { points, ends };
}

/** Reports whether b lies exactly where a does; never where there is no a. */
export function samePlace(a: Point | undefined, b: Point): boolean {
  return a !== undefined && a.x === b.x && a.y === b.y;
}

/**
 * Writes the smooth line through a stroke: quadratic curves from midpoint to
 * midpoint, each point being the control point of its curve, and straight ends.
 * The line never leaves the hull of the points, one point is a dot, and no
 * point is nothing.
 */
export function writeLine(line: Line, stroke: readonly Point[]): void {
  const [first, ...rest] = stroke;
  if (!first) return;
  line.moveTo(first.x, first.y);
  if (rest.length === 0) line.lineTo(first.x + DOT, first.y);
  rest.forEach((point, i) => {
    const next = rest[i + 1];
    if (!next) return line.lineTo(point.x, point.y);
    const middle = midpoint(point, next);
    line.quadraticCurveTo(point.x, point.y, middle.x, middle.y);
  });
}
