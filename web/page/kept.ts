/** A drawing that outlives a reload, in this tab. */
import type { Drawing } from "../types";

/** Where it is kept. */
const KEY = "inkling-drawing";

/** Keeps a drawing for the page that comes next, where there is anything to keep and room for it. */
export function keep(drawing: Drawing): void {
  try {
    if (drawing.length > 0) sessionStorage.setItem(KEY, JSON.stringify(drawing));
  } catch {
    // Storage is full or switched off: the page begins empty.
  }
}

/** Hands on what was kept, as the text that it was kept as, once. */
export function takeKept(use: (kept: string) => void): void {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (kept !== null) use(kept);
  } catch {
    // Storage is switched off: nothing was kept.
  }
}
