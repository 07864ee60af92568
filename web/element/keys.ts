/** Keyboard shortcuts: which key asks for what. */

/** What the buttons and the shortcuts do. */
export type Action = "undo" | "redo" | "clear";

/** The part of a KeyboardEvent that decides. */
export type Key = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/**
 * Returns the action of a key, or null. onPad says that the pad has the focus: the bare
 * letter c counts only there, so that speech input, which types letters, clears
 * nothing by accident (WCAG 2.1.4).
 */
export function actionOf(key: Key, onPad: boolean): Action | null {
  if (key.altKey) return null;
  const letter = letterOf(key);
  if (key.ctrlKey || key.metaKey) {
    if (letter === "z") return key.shiftKey ? "redo" : "undo";
    return letter === "y" && !key.shiftKey ? "redo" : null;
  }
  if (key.key === "Delete" || key.key === "Backspace") return "clear";
  return onPad && letter === "c" && !key.shiftKey ? "clear" : null;
}

/** Reports whether a key, pressed on the pad, takes up or lays down the eraser. */
export function isEraserKey(key: Key): boolean {
  return letterOf(key) === "e" && !key.ctrlKey && !key.metaKey && !key.altKey;
}

/** The Latin letter of a key in lower case; on other scripts' layouts the one at its place. */
function letterOf(key: Key): string {
  if (/^[a-z]$/i.test(key.key)) return key.key.toLowerCase();
  return /^Key[A-Z]$/.test(key.code) ? key.code.slice(3).toLowerCase() : "";
}

/** Reports whether the Command key takes the place of Ctrl. */
export function usesCommandKey(platform: string): boolean {
  return /^(Mac|iP)/.test(platform);
}

/** Returns the names of keys as keyboards with a Command key have them. */
export function withCommandKey(text: string): string {
  return text.replace("Shift+Ctrl+", "⇧⌘").replace("Ctrl+", "⌘");
}

/** Reports whether an element, or a dialog around it, takes letters and editing keys for itself. */
export function isForText(element: Element): boolean {
  return element.closest("input:not([type=radio], [type=checkbox], [type=file]), textarea, select, dialog, [contenteditable]") !== null;
}
