/** Strokes from outside: a page's, or those that a form restores. */
import type { Drawing } from "../types";

/** Returns strokes as a pad keeps them; throws a TypeError, a sentence, for anything that is no list of lists of points. */
export function strokesOf(value: unknown): Drawing {
  if (!Array.isArray(value)) throw new TypeError("inkling: strokes: want a list of strokes, each a list of points {x, y}.");
  return value.map((stroke: unknown, i) => {
    if (!Array.isArray(stroke)) throw new TypeError(`inkling: strokes: stroke ${i} is no list of points {x, y}.`);
    return stroke.map((point: unknown, j) => {
      const { x, y } = (point ?? {}) as { readonly x?: unknown; readonly y?: unknown };
      if (Number.isFinite(x) && Number.isFinite(y)) return { x: x as number, y: y as number };
      throw new TypeError(`inkling: strokes: stroke ${i}, point ${j}: want finite numbers x and y.`);
    });
  }).filter((stroke) => stroke.length > 0);
}

/** Returns strokes as the state of a form, to a tenth of the pad's unit. */
export function stateOf(drawing: Drawing): string {
  const tenth = (v: number) => Math.round(v * 10) / 10;
  return JSON.stringify(drawing.map((stroke) => stroke.flatMap(({ x, y }) => [tenth(x), tenth(y)])));
}

/** Returns the strokes of such a state; none for a text that is no state. */
export function drawingOf(state: string): Drawing {
  try {
    const lists = JSON.parse(state) as number[][];
    const pointsOf = (numbers: number[]) => numbers.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: numbers[i + 1] }] : []));
    return strokesOf(lists.map(pointsOf));
  } catch {
    return [];
  }
}
