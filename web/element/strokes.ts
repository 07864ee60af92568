/** Strokes from outside: a page's, or those that a form restores. */
import type { Drawing, Point, Stroke } from "../types";

/** Returns strokes as a pad keeps them; throws a TypeError, a sentence, for anything that is no list of lists of points. */
export function strokesOf(value: unknown): Drawing {
  if (!Array.isArray(value)) throw new TypeError("inkling: strokes: want a list of strokes, each a list of points {x, y}.");
  return value.map((stroke: unknown, i) => {
    if (!Array.isArray(stroke)) throw new TypeError(`inkling: strokes: stroke ${i} is no list of points {x, y}.`);
    return stroke.map((point: unknown, j) => {
      const { x, y, traced } = (point ?? {}) as { readonly [key: string]: unknown };
      if (Number.isFinite(x) && Number.isFinite(y)) return placeOf(x as number, y as number, traced === true);
      throw new TypeError(`inkling: strokes: stroke ${i}, point ${j}: want finite numbers x and y.`);
    });
  }).filter((stroke) => stroke.length > 0);
}

/** A point of a stroke; traced is of a first one. */
function placeOf(x: number, y: number, traced: boolean): Point {
  return traced ? { x, y, traced } : { x, y };
}

/** Returns strokes as the state of a form, to a tenth of the pad's unit; one that was found in a picture has a 1 more. */
export function stateOf(drawing: Drawing): string {
  const tenth = (v: number) => Math.round(v * 10) / 10;
  const numbersOf = (stroke: Stroke) => stroke.flatMap(({ x, y }) => [tenth(x), tenth(y)]);
  return JSON.stringify(drawing.map((stroke) => [...numbersOf(stroke), ...(stroke[0]?.traced ? [1] : [])]));
}

/** Returns the strokes of such a state; none for a text that is no state. */
export function drawingOf(state: string): Drawing {
  try {
    const lists = JSON.parse(state) as number[][];
    return strokesOf(lists.map((numbers) => {
      const traced = numbers.length % 2 === 1;
      const points = traced ? numbers.slice(0, -1) : numbers;
      return points.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: points[i + 1], traced: traced && i === 0 }] : []));
    }));
  } catch {
    return [];
  }
}
