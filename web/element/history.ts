/** Undo and redo as pure functions over an immutable value. */
import type { Drawing } from "../types";

/** A drawing with what it was before and what undo took away, nearest last. */
export interface History {
  readonly past: readonly Drawing[];
  readonly drawing: Drawing;
  readonly future: readonly Drawing[];
}

/** How many steps back are kept. */
export const MAX_STEPS = 500;

/** Nothing drawn, nothing to undo. */
export const BLANK: History = { past: [], drawing: [], future: [] };

/** Returns the history after the drawing has become another one. */
export function step(history: History, drawing: Drawing): History {
  return { past: [...history.past, history.drawing].slice(-MAX_STEPS), drawing, future: [] };
}

/** Goes one step back, or returns the same history where there is none. */
export function undo(history: History): History {
  const before = history.past.at(-1);
  if (!before) return history;
  return { past: history.past.slice(0, -1), drawing: before, future: [...history.future, history.drawing] };
}

/** Goes one step forward again, or returns the same history where there is none. */
export function redo(history: History): History {
  const after = history.future.at(-1);
  if (!after) return history;
  return { past: [...history.past, history.drawing], drawing: after, future: history.future.slice(0, -1) };
}
