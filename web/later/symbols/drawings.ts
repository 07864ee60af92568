/** Drawings with names as stroke JSON, the form that inkling teach and inkling fit read (internal/dataset/strokes). */
import { tracedStroke } from "../../element/stroke";
import { strokesOf } from "../../element/strokes";
import type { Drawing } from "../../types";

/** A drawing and what it shows. */
export interface Named {
  readonly name: string;
  readonly strokes: Drawing;
}

/**
 * What would be read as something else: a stroke with a lifted pen in it, points that begin with the time, or strokes of two
 * rows of two numbers under the key drawing, which are points or all x and all y.
 */
export type Ambiguity = "pen" | "times" | "rows";

/** A text that is no stroke JSON with labels. */
export class BadDrawings extends Error {
  /** at counts drawings from 1; 0: the text is no list of them. */
  constructor(readonly at: number, readonly why?: Ambiguity) {
    super(`drawing ${at} is no drawing with a label`);
  }
}

/** Returns drawings as a text, one per line, coordinates to a tenth of their unit; traced are those found in pictures. */
export function writeDrawings(drawings: readonly Named[]): string {
  const tenth = (v: number) => Math.round(v * 10) / 10;
  const lines = drawings.map(({ name, strokes }) =>
    JSON.stringify({
      label: name,
      ...(strokes.some((stroke) => stroke[0]?.traced) && { traced: true }),
      strokes: strokes.map((stroke) => stroke.map(({ x, y }) => [tenth(x), tenth(y)])),
    }),
  );
  return `[\n${lines.join(",\n")}\n]\n`;
}

/**
 * Reads drawings with labels as inkling teach does (internal/dataset/strokes, where the conventions are explained): a list, one
 * per line, or one alone; points as lists or by name, or all x and all y as Quick, Draw! has them. Labels may be numbers.
 * Throws BadDrawings.
 */
export function readDrawings(text: string): Named[] {
  const drawings = drawingsOf(text);
  const form = formOf(drawings);
  const file = new StrokeFile();
  const named = drawings.map((drawing, i) => {
    const { label, word, strokes, drawing: quick, traced } = (drawing ?? {}) as { readonly [key: string]: unknown };
    const said = label ?? word;
    const name = typeof said === "string" || typeof said === "number" ? nameOf(String(said)) : "";
    const read = () => (strokes === undefined && form !== "points" ? file.quick(quick) : file.drawing(strokes ?? quick));
    const points = name === "" ? null : read();
    if (!points) throw new BadDrawings(i + 1, file.isLifted ? "pen" : undefined);
    return { name, strokes: traced === true ? points.map(tracedStroke) : points };
  });
  if (form === null && drawings.some(isQuick)) throw new BadDrawings(drawings.findIndex(isQuick) + 1, "rows");
  if (file.beginsWithTimes()) throw new BadDrawings(1, "times");
  return named;
}

/** What a text holds that should be drawings. */
function drawingsOf(text: string): readonly unknown[] {
  try {
    const all = JSON.parse(text) as unknown;
    return Array.isArray(all) ? all : [all];
  } catch {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    if (lines.length < 2) throw new BadDrawings(0);
    return lines.map((line, i) => {
      try {
        return JSON.parse(line) as unknown;
      } catch {
        throw new BadDrawings(i === 0 ? 0 : i + 1);
      }
    });
  }
}

/** Whether a drawing has its strokes under Quick, Draw!'s key alone. */
function isQuick(drawing: unknown): boolean {
  const { strokes, drawing: quick } = (drawing ?? {}) as { readonly [key: string]: unknown };
  return strokes === undefined && Array.isArray(quick);
}

/** Keys that Quick, Draw! alone has. */
const QUICK = ["word", "countrycode", "key_id", "recognized"];

/**
 * What strokes under the key drawing are, by the longer ones of a file: all x and all y, or points as more than four rows of two
 * to four numbers. Four rows of two are points too, where no other says otherwise. Null: all are of two numbers, or three rows
 * of them, and no key is Quick, Draw!'s.
 */
function formOf(drawings: readonly unknown[]): "axes" | "points" | null {
  const strokes = drawings.filter(isQuick).flatMap((drawing) => (drawing as { drawing: unknown[] }).drawing) as unknown[][];
  const rows = (stroke: unknown): unknown[][] => (Array.isArray(stroke) && stroke.every(Array.isArray) ? (stroke as unknown[][]) : []);
  for (const stroke of strokes.map(rows)) {
    if (stroke.some(({ length }) => length < 2 || length > 4)) return "axes";
    if (stroke.length > 4) return "points";
  }
  const pairs = (stroke: unknown) => rows(stroke).length > 1 && rows(stroke).every(({ length }) => length === 2);
  if (strokes.some((stroke) => stroke.length === 4 && pairs(stroke))) return "points";
  const isSaid = drawings.some((drawing) => QUICK.some((key) => key in Object(drawing)));
  return !isSaid && strokes.every(pairs) ? null : "axes";
}

/** Returns a name without what people do not see in it: spaces around it and several in a row. */
export function nameOf(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}

/** A drawing whose coordinates begin this far from 0 is moved there. */
const FAR = 1 << 16;

/** Names that say of a point whether the pen is down, without what stands between words. */
const PEN = /^(pen|pendown|penup|down|up|isdown|isup|penstate|penlift|penlifted)$/;

/** What is learned of a file while its drawings are read; a drawing is null where its strokes are none. */
class StrokeFile {
  /** Whether a pen was lifted within a stroke, whose drawing is null for it. */
  isLifted = false;

  /** Numbers in each point that is a list. */
  private size = 0;
  /** Points whose first and third numbers were seen, and strokes. */
  private points = 0;
  private strokes = 0;
  /** The first number has not grown somewhere; the third has become less. */
  private goesBack = false;
  private falls = false;
  /** Strokes of three such points or more, those whose first number never becomes less, and those whose third does. */
  private long = 0;
  private steady = 0;
  private fallen = 0;
  /** The first two numbers of the first stroke, and whether another one begins with others. */
  private begins: readonly number[] = [];
  private readonly moved = [false, false];

  drawing(strokes: unknown): Drawing | null {
    let before: readonly number[] = [];
    return this.of(strokes, (stroke) => {
      const lists = stroke.filter((point) => Array.isArray(point)) as number[][];
      for (const numbers of lists) {
        this.size ||= numbers.length;
        if (numbers.length !== this.size || this.size > 4 || !numbers.every(Number.isFinite)) return null;
        if (this.size > 2) this.see(numbers, before);
        before = numbers;
      }
      if (this.size > 2) this.count(lists);
      const named = stroke.flatMap((point) => (Array.isArray(point) ? [] : flagsOf(point)));
      const thirds = lists.map((numbers) => numbers[2]);
      this.isLifted ||= isLifted(named, 1) || (thirds.every((v) => v === 0 || v === 1) && isLifted(thirds, 2));
      if (this.isLifted) return null;
      return stroke.map((point) => (Array.isArray(point) ? { x: point[0] as unknown, y: point[1] as unknown } : point));
    });
  }

  /** Strokes as Quick, Draw! has them: all x, all y, and perhaps all times. */
  quick(strokes: unknown): Drawing | null {
    return this.of(strokes, (axes) => {
      const [xs, ys, times] = axes as unknown[][];
      if (axes.length > 3 || ![xs, ys, times ?? ys].every((axis) => Array.isArray(axis) && axis.length === xs?.length)) return null;
      return xs?.map((x, i) => ({ x, y: ys?.[i] })) ?? null;
    });
  }

  private of(strokes: unknown, pointsOf: (stroke: unknown[]) => unknown[] | null): Drawing | null {
    if (!Array.isArray(strokes)) return null;
    try {
      const drawing = strokesOf(strokes.map((stroke: unknown) => (Array.isArray(stroke) ? pointsOf(stroke) : null)));
      this.strokes += drawing.length;
      return drawing.length > 0 ? nearZero(drawing) : null;
    } catch {
      return null;
    }
  }

  private see([first = 0, , third = 0]: readonly number[], [lastFirst = -Infinity, , lastThird = -Infinity]: readonly number[]): void {
    this.goesBack ||= first <= lastFirst;
    this.falls ||= third < lastThird;
    this.points++;
  }

  private count(stroke: readonly number[][]): void {
    const [start] = stroke;
    if (!start) return;
    if (this.begins.length === 0) this.begins = start;
    for (const axis of [0, 1]) this.moved[axis] ||= start[axis] !== this.begins[axis];
    if (stroke.length < 3) return;
    const falls = (axis: number) => stroke.some((point, i) => i > 0 && (point[axis] ?? 0) < (stroke[i - 1]?.[axis] ?? 0));
    this.long++;
    this.steady += falls(0) ? 0 : 1;
    this.fallen += falls(2) ? 1 : 0;
  }

  /**
   * Whether the first numbers are times or counts: they only grow, or nearly no stroke has one that becomes less, while the third
   * does in a quarter of the strokes at least. Few strokes do for it where all begin with the same number, and not with the same
   * second one.
   */
  beginsWithTimes(): boolean {
    const grows = this.points >= 30 && this.strokes >= 3 && !this.goesBack && this.falls;
    const [first, second] = this.moved;
    const same = this.long >= 10 && this.steady === this.long && !first && second;
    return grows || ((same || this.long >= 20) && 20 * this.steady >= 19 * this.long && 4 * this.fallen >= this.long);
  }
}

/** What a point says by name of whether the pen is down. */
function flagsOf(point: unknown): unknown[] {
  const said = Object.entries(point ?? {}) as [string, unknown][];
  return said.filter(([key]) => PEN.test(key.replace(/[-_ ]/g, "").toLowerCase())).map(([, flag]) => flag);
}

/** Whether flags of a stroke's points change so often at least within it; a change at one of its ends means that end. */
function isLifted(flags: readonly unknown[], least: 1 | 2): boolean {
  const changes = flags.map((flag, i) => i > 0 && flag !== flags[i - 1]);
  const ends = [changes.at(-1), least === 1 && flags.length > 2 && changes[1]];
  return changes.filter(Boolean).length - ends.filter(Boolean).length >= least;
}

/** Moves a drawing whose first point lies far from 0 there. */
function nearZero(drawing: Drawing): Drawing {
  const [first] = drawing.flat();
  const from = (v = 0) => (Math.abs(v) >= FAR ? v : 0);
  const [left, top] = [from(first?.x), from(first?.y)];
  if (left === 0 && top === 0) return drawing;
  return drawing.map((stroke) => stroke.map((point) => ({ ...point, x: point.x - left, y: point.y - top })));
}
