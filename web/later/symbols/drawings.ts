/** Drawings with names as stroke JSON, the form that inkling teach and inkling fit read (internal/dataset/strokes). */
import { tracedStroke } from "../../element/stroke";
import { strokesOf } from "../../element/strokes";
import type { Drawing } from "../../types";
import { Clock, flagsOf, formOf, isLifted, isQuick, nearZero } from "./conventions";

/** How the names of files of drawings end. */
export const ENDINGS: readonly string[] = [".json", ".ndjson", ".jsonl"];

/** Whether a file's name is one of drawings, packed or not. */
export function isOfDrawings(name: string): boolean {
  return ENDINGS.some((ending) => name.toLowerCase().replace(/\.gz$/, "").endsWith(ending));
}

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
    const name = typeof said === "string" || isLabel(said) ? nameOf(String(said)) : "";
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

/** Returns a name without what people do not see in it: spaces around it and several in a row. */
export function nameOf(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}

/** The largest number of 32 bits, as drawings have them in Go. */
const MOST = 3.4028234663852886e38;

/** Whether a label is a number as the command takes them. */
function isLabel(said: unknown): said is number {
  return Number.isInteger(said) && (said as number) >= 0 && (said as number) < 1 << 16;
}

/** What is learned of a file while its drawings are read; a drawing is null where its strokes are none. */
class StrokeFile {
  /** Whether a pen was lifted within a stroke, whose drawing is null for it. */
  isLifted = false;

  /** Numbers in each point that is a list. */
  private size = 0;
  private readonly clock = new Clock();
  private strokes = 0;

  drawing(strokes: unknown): Drawing | null {
    this.clock.next();
    return this.of(strokes, (stroke) => {
      const lists = stroke.filter((point) => Array.isArray(point)) as number[][];
      for (const numbers of lists) {
        this.size ||= numbers.length;
        if (numbers.length !== this.size || this.size > 4 || !numbers.every(Number.isFinite)) return null;
      }
      if (this.size > 2) this.clock.see(lists);
      const named = stroke.flatMap((point) => (Array.isArray(point) ? [] : flagsOf(point)));
      const thirds = lists.map((numbers) => numbers[2]);
      this.isLifted ||= isLifted(named, 1) || (thirds.every((v) => v === 0 || v === 1) && isLifted(thirds, 2));
      if (this.isLifted) return null;
      return stroke.map((point) => (Array.isArray(point) ? { x: point[0] as unknown, y: point[1] as unknown } : point));
    });
  }

  /** Strokes as Quick, Draw! has them: all x, all y, and perhaps all times. */
  quick(strokes: unknown): Drawing | null {
    this.clock.next();
    return this.of(strokes, (axes) => {
      const [xs, ys, times] = axes as unknown[][];
      if (axes.length > 4 || !axes.every((axis) => Array.isArray(axis) && axis.length === xs?.length)) return null;
      const points = xs?.map((x, i) => [x, ys?.[i], times?.[i]] as number[]) ?? [];
      if (times && points.every((numbers) => numbers.every(Number.isFinite))) this.clock.see(points);
      return points.map(([x, y]) => ({ x, y }));
    });
  }

  private of(strokes: unknown, pointsOf: (stroke: unknown[]) => unknown[] | null): Drawing | null {
    if (!Array.isArray(strokes)) return null;
    try {
      const drawing = strokesOf(strokes.map((stroke: unknown) => (Array.isArray(stroke) ? pointsOf(stroke) : null)));
      if (drawing.flat().some(({ x, y }) => Math.max(Math.abs(x), Math.abs(y)) > MOST)) return null;
      this.strokes += drawing.length;
      return drawing.length > 0 ? nearZero(drawing) : null;
    } catch {
      return null;
    }
  }

  /** Whether the first number of each point is a time or a count. */
  beginsWithTimes(): boolean {
    return this.clock.isFirst(this.strokes);
  }
}
