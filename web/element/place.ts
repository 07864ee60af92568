/** Where a pointer is on a sheet that may be turned, mirrored, stretched or tilted. Nothing here knows a canvas. */
import type { Point } from "../types";

/** The corners of a sheet and its middle, right and down as shares of its sides. */
export const PLACES: readonly Point[] = [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 0, y: 1 }, { x: 1, y: 1 }, { x: 0.5, y: 0.5 }];

/** Where these are seen, in any unit. */
export type Seen = readonly Point[];

/** Returns where a point that is seen lies on the sheet, as shares of its sides; null: nowhere on it, or nobody sees the sheet. */
export function placeOn([topLeft, topRight, bottomLeft, bottomRight, middle]: Seen, at: Point): Point | null {
  if (!topLeft || !topRight || !bottomLeft || !bottomRight || !middle) return null;
  const from = (a: Point, b: Point) => sideOf(at, a, b) / sideOf(middle, a, b);
  const x = between(from(topLeft, bottomLeft), from(topRight, bottomRight));
  const y = between(from(topLeft, topRight), from(bottomLeft, bottomRight));
  return Number.isFinite(x + y) ? { x, y } : null;
}

/**
 * Returns how far a point is on the way from one side to the opposite one, by its distances from both, each in units of the middle's;
 * NaN beyond the horizon. It holds in any perspective, too, which stretches both distances alike.
 */
function between(near: number, far: number): number {
  return near + far > 0 ? near / (near + far) : NaN;
}

/** Returns how far a point is beside the line from a to b, times the length of that; below 0 on the left. */
function sideOf(at: Point, a: Point, b: Point): number {
  return (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x);
}
