/** Whether somebody has put answers right in this browser: what knows the drawings is fetched only then. */

const KEY = "inkling-corrected";

/** Whether the browser may keep drawings that were put right. */
export function hasCorrections(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false; // Storage is switched off.
  }
}

/** Notes that it does. */
export function noteCorrections(): void {
  try {
    localStorage.setItem(KEY, "1");
  } catch {
    // What was put right then lasts as long as the page.
  }
}
