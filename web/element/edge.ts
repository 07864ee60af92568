/** The edge of the sheet: what is drawn beyond it is neither seen nor read. */
import type { Point } from "../types";

/** Returns where the straight way from a to b is on a sheet of this size, its edge included, as two points; null: nowhere. */
export function onSheet(a: Point, b: Point, width: number, height: number): readonly [Point, Point] | null {
  // Liang & Barsky 1984: the shares of the way between which both coordinates are inside.
  let [from, to] = [0, 1];
  const sides = [[a.x, b.x - a.x, width], [a.y, b.y - a.y, height]] as const;
  for (const [start, way, most] of sides) {
    const [one, other] = [-start / way, (most - start) / way];
    if (way !== 0) [from, to] = [Math.max(from, Math.min(one, other)), Math.min(to, Math.max(one, other))];
    else if (start < 0 || start > most) return null;
  }
  if (from > to) return null;
  const inside = (v: number, most: number) => Math.min(Math.max(v, 0), most);
  const at = (share: number): Point => ({
    x: inside(a.x + share * (b.x - a.x), width),
    y: inside(a.y + share * (b.y - a.y), height),
  });
  return [from === 0 ? a : at(from), to === 1 ? b : at(to)];
}
