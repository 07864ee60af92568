/**
 * What strokes in files may be taken for, as internal/dataset/strokes tells it (conventions.go, quick.go): a pen that is lifted
 * within a stroke, points that begin with the time, points under Quick, Draw!'s key, coordinates far from 0.
 */
import type { Drawing } from "../../types";

/** A drawing whose coordinates begin this far from 0 is moved there. */
const FAR = 1 << 16;

/** Names that say of a point whether the pen is down, without what stands between words. */
const PEN = /^(pen|pendown|penup|down|up|isdown|isup|penstate|penlift|penlifted)$/;

/** Keys that Quick, Draw! alone has. */
const QUICK = ["word", "countrycode", "key_id", "recognized"];

/** Finds out whether the first of three numbers is a time or a count, which those that only read x and y would take for x. */
export class Clock {
  private points = 0;
  /** The last point of the drawing being read. */
  private last: readonly number[] = [];
  /** The first number has not grown somewhere in a drawing; the third has become less. */
  private goesBack = false;
  private falls = false;
  /** Strokes of three points or more, those whose first number never becomes less, and those whose third does. */
  private strokes = 0;
  private steady = 0;
  private fallen = 0;
  /** The first two numbers of the first stroke, and whether another one begins with others. */
  private begins: readonly number[] = [];
  private readonly moved = [false, false];

  /** Begins the next drawing. */
  next(): void {
    this.last = [];
  }

  /** Takes the points of a stroke. */
  see(stroke: readonly number[][]): void {
    for (const point of stroke) {
      this.goesBack ||= (point[0] ?? 0) <= (this.last[0] ?? -Infinity);
      this.falls ||= (point[2] ?? 0) < (this.last[2] ?? -Infinity);
      this.last = point;
      this.points++;
    }
    const [start] = stroke;
    if (!start) return;
    if (this.begins.length === 0) this.begins = start;
    for (const axis of [0, 1]) this.moved[axis] ||= start[axis] !== this.begins[axis];
    if (stroke.length < 3) return;
    const falls = (axis: number) => stroke.some((point, i) => i > 0 && (point[axis] ?? 0) < (stroke[i - 1]?.[axis] ?? 0));
    this.strokes++;
    this.steady += falls(0) ? 0 : 1;
    this.fallen += falls(2) ? 1 : 0;
  }

  /**
   * Whether the first numbers are times or counts, in a file of this many strokes: they only grow, or nearly no stroke has one that
   * becomes less, while the third does in a quarter at least. Few strokes do for it where all begin with the same number, and not
   * with the same second one.
   */
  isFirst(strokes: number): boolean {
    const grows = this.points >= 30 && strokes >= 3 && !this.goesBack && this.falls;
    const [first, second] = this.moved;
    const same = this.strokes >= 10 && this.steady === this.strokes && !first && second;
    return grows || ((same || this.strokes >= 20) && 20 * this.steady >= 19 * this.strokes && 4 * this.fallen >= this.strokes);
  }
}

/** What a point says by name of whether the pen is down. */
export function flagsOf(point: unknown): unknown[] {
  const said = Object.entries(point ?? {}) as [string, unknown][];
  return said.filter(([key]) => PEN.test(key.replace(/[-_ ]/g, "").toLowerCase())).map(([, flag]) => flag);
}

/** Whether flags of a stroke's points change so often at least within it; a change at one of its ends means that end. */
export function isLifted(flags: readonly unknown[], least: 1 | 2): boolean {
  const changes = flags.map((flag, i) => i > 0 && flag !== flags[i - 1]);
  const ends = [changes.at(-1), least === 1 && flags.length > 2 && changes[1]];
  return changes.filter(Boolean).length - ends.filter(Boolean).length >= least;
}

/** Whether a drawing has its strokes under Quick, Draw!'s key alone. */
export function isQuick(drawing: unknown): boolean {
  const { strokes, drawing: quick } = (drawing ?? {}) as { readonly [key: string]: unknown };
  return strokes === undefined && Array.isArray(quick);
}

/**
 * What strokes under the key drawing are, by the longer ones of a file: all x and all y, or points as more than four rows of two
 * to four numbers. Four rows of two are points too, where no other says otherwise. Null: all are of two numbers, or three rows
 * of them, and no key is Quick, Draw!'s.
 */
export function formOf(drawings: readonly unknown[]): "axes" | "points" | null {
  const strokes = drawings.filter(isQuick).flatMap((drawing) => (drawing as { drawing: unknown[] }).drawing.map(rowsOf));
  for (const stroke of strokes) {
    if (stroke.some(({ length }) => length < 2 || length > 4)) return "axes";
    if (stroke.length > 4) return "points";
  }
  const pairs = (stroke: readonly unknown[][]) => stroke.length > 1 && stroke.every(({ length }) => length === 2);
  if (strokes.some((stroke) => stroke.length === 4 && pairs(stroke))) return "points";
  const isSaid = drawings.some((drawing) => QUICK.some((key) => key in Object(drawing)));
  return !isSaid && strokes.every(pairs) ? null : "axes";
}

/** The rows of a stroke; none where it is no list of lists. */
function rowsOf(stroke: unknown): unknown[][] {
  return Array.isArray(stroke) && stroke.every(Array.isArray) ? (stroke as unknown[][]) : [];
}

/** Moves a drawing whose first point lies far from 0 there. */
export function nearZero(drawing: Drawing): Drawing {
  const [first] = drawing.flat();
  const from = (v = 0) => (Math.abs(v) >= FAR ? v : 0);
  const [left, top] = [from(first?.x), from(first?.y)];
  if (left === 0 && top === 0) return drawing;
  return drawing.map((stroke) => stroke.map((point) => ({ ...point, x: point.x - left, y: point.y - top })));
}
