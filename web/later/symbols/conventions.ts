/**
 * What strokes in files may be taken for, as internal/dataset/strokes tells it (conventions.go, clock.go, quick.go): a pen that is lifted
 * within a stroke, points that begin with the time, points under Quick, Draw!'s key, coordinates far from 0.
 */
import type { Drawing } from "../../types";

/** A drawing whose coordinates begin this far from 0 is moved there. */
const FAR = 1 << 16;

/** Names that say of a point whether the pen is down, without what stands between words. */
const PEN = /^(pen|pendown|penup|down|up|isdown|isup|penstate|penlift|penlifted)$/;

/** The places of a point's first three numbers. */
const AXES = [0, 1, 2] as const;

/** Keys that Quick, Draw! alone has. */
const QUICK = ["word", "countrycode", "key_id", "recognized"];

/**
 * Finds out whether the first of three numbers is a time or a count, which those that only read x and y would take for x;
 * clock.go says what tells them apart, and how often strokes of x and y look like it.
 */
export class Clock {
  private points = 0;
  /** The last point of the drawing being read. */
  private last: readonly number[] = [];
  /** The first number has not grown somewhere in a drawing; the third has become less; a first one lies below 0. */
  private goesBack = false;
  private falls = false;
  private isBelow = false;
  /** Strokes of three points or more, those whose first number never becomes less or always grows, and those whose third falls. */
  private strokes = 0;
  private steady = 0;
  private strict = 0;
  private fallen = 0;
  /** How far the first number goes from point to point within strokes. */
  private readonly steps: number[] = [];
  private readonly least = [Infinity, Infinity, Infinity];
  private readonly most = [-Infinity, -Infinity, -Infinity];
  /** The numbers of the first stroke's start, and whether another one begins with others. */
  private begins: readonly number[] = [];
  private readonly moved = [false, false, false];

  /** Begins the next drawing. */
  next(): void {
    this.last = [];
  }

  /** Takes the points of a stroke. */
  see(stroke: readonly number[][]): void {
    for (const [i, point] of stroke.entries()) {
      const [first = 0, , third = 0] = point;
      for (const axis of AXES) {
        this.least[axis] = Math.min(this.least[axis] ?? 0, point[axis] ?? 0);
        this.most[axis] = Math.max(this.most[axis] ?? 0, point[axis] ?? 0);
      }
      this.isBelow ||= first < 0;
      this.goesBack ||= first <= (this.last[0] ?? -Infinity);
      this.falls ||= third < (this.last[2] ?? -Infinity);
      if (i > 0 && this.steps.length < 1 << 14) this.steps.push(first - (this.last[0] ?? 0));
      this.last = point;
      this.points++;
    }
    const [start] = stroke;
    if (!start) return;
    if (this.begins.length === 0) this.begins = start;
    for (const axis of AXES) this.moved[axis] ||= start[axis] !== this.begins[axis];
    if (stroke.length < 3) return;
    const step = (axis: number, is: (by: number) => boolean) =>
      stroke.some((point, i) => i > 0 && is((point[axis] ?? 0) - (stroke[i - 1]?.[axis] ?? 0)));
    this.strokes++;
    this.steady += step(0, (by) => by < 0) ? 0 : 1;
    this.strict += step(0, (by) => by <= 0) ? 0 : 1;
    this.fallen += step(2, (by) => by < 0) ? 1 : 0;
  }

  /**
   * Whether the first numbers are times or counts, in a file of this many strokes: they only grow, or nearly no stroke has one that
   * becomes less, while the third does in a quarter at least. Few strokes do for it where all begin with the same number, and not
   * with the same second one, and few points where the first number goes in even steps.
   */
  isFirst(strokes: number): boolean {
    if (this.isBelow || this.isPressed()) return false;
    const isEven = this.isEven();
    const grows = (isEven || (this.points >= 30 && strokes >= 3)) && !this.goesBack;
    const [first, second, other] = this.moved;
    if (grows && this.falls && (this.fallen > 0 || other)) return true;
    const same = this.steady === this.strokes && !first && second;
    const few = same && this.strict === this.strokes && (this.strokes >= 5 || (isEven && this.strokes > 1));
    const enough = few || (same && this.strokes >= 10) || this.strokes >= 20;
    return enough && 20 * this.steady >= 19 * this.strokes && 4 * this.fallen >= this.strokes;
  }

  /** Whether the third number is a pressure of 0..1 beside coordinates that are not. */
  private isPressed(): boolean {
    const [, low = 0, least = 0] = this.least;
    const [, high = 0, most = 0] = this.most;
    return least >= 0 && most <= 1 && Math.max(high, high - low) > 4;
  }

  /** Whether four in five steps lie within a quarter of their median. */
  private isEven(): boolean {
    if (this.points < 12 || this.steps.length === 0) return false;
    const median = [...this.steps].sort((a, b) => a - b)[Math.floor(this.steps.length / 2)] ?? 0;
    const near = this.steps.filter((by) => Math.abs(by - median) <= median / 4).length;
    return near >= 0.8 * this.steps.length;
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
