/** Undo and redo as pure functions over an immutable value. */

/** A value with what it was before and what undo took away, nearest last. */
export interface History<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
}

/** How many steps back are kept. */
export const MAX_STEPS = 500;

/** Returns a history that begins with a value. */
export function beginWith<T>(now: T): History<T> {
  return { past: [], now, future: [] };
}

/** Returns the history after the value has become another one. */
export function step<T>(history: History<T>, now: T): History<T> {
  return { past: [...history.past, history.now].slice(-MAX_STEPS), now, future: [] };
}

/** Goes one step back, or returns the same history where there is none. */
export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), now: before, future: [...history.future, history.now] };
}

/** Goes one step forward again, or returns the same history where there is none. */
export function redo<T>(history: History<T>): History<T> {
  const after = history.future.at(-1);
  if (after === undefined) return history;
  return { past: [...history.past, history.now], now: after, future: history.future.slice(0, -1) };
}
