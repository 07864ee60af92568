/** Drawings with names as stroke JSON, the form that inkling teach and inkling fit read (internal/dataset/strokes). */
import { tracedStroke } from "../../element/stroke";
import { strokesOf } from "../../element/strokes";
import type { Drawing } from "../../types";

/** A drawing and what it shows. */
export interface Named {
  readonly name: string;
  readonly strokes: Drawing;
}

/** A text that is no stroke JSON with labels. */
export class BadDrawings extends Error {
  /** at counts drawings from 1; 0: the text is no list of them. */
  constructor(readonly at: number) {
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

/** Reads such a text, or one drawing alone; labels may be numbers. Throws BadDrawings. */
export function readDrawings(text: string): Named[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new BadDrawings(0);
  }
  const all: unknown[] = Array.isArray(list) ? list : [list];
  return all.map((drawing, i) => {
    const { label, strokes, traced } = (drawing ?? {}) as { readonly [key: string]: unknown };
    const name = typeof label === "string" || typeof label === "number" ? nameOf(String(label)) : "";
    const points = drawingOf(strokes);
    if (name === "" || !points) throw new BadDrawings(i + 1);
    return { name, strokes: traced === true ? points.map(tracedStroke) : points };
  });
}

/** Returns a name without what people do not see in it: spaces around it and several in a row. */
export function nameOf(text: string): string {
  return text.normalize("NFC").replace(/\s+/gu, " ").trim();
}

/** Points are lists of x and y here; null: these are no strokes, or none. */
function drawingOf(strokes: unknown): Drawing | null {
  if (!Array.isArray(strokes)) return null;
  const pointOf = (point: unknown) => (Array.isArray(point) ? { x: point[0] as unknown, y: point[1] as unknown } : null);
  const named = strokes.map((stroke: unknown) => (Array.isArray(stroke) ? stroke.map(pointOf) : null));
  try {
    const drawing = strokesOf(named);
    return drawing.length > 0 ? drawing : null;
  } catch {
    return null;
  }
}
