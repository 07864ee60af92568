/** Where lines meet. */
import type { Point } from "../types";

/** Reports whether the way from a to b comes within reach of a stroke. */
export function meets(stroke: readonly Point[], a: Point, b: Point, reach: number): boolean {
  const steps = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / reach));
  for (let i = 0; i <= steps; i++) {
    const at = { x: a.x + ((b.x - a.x) * i) / steps, y: a.y + ((b.y - a.y) * i) / steps };
    if (stroke.some((point, j) => distance(at, stroke[j - 1] ?? point, point) <= reach)) return true;
  }
  return false;
}

/** Returns how far p lies from the segment from a to b. */
export function distance(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length2 = dx * dx + dy * dy;
  const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2));
  return Math.hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}
