/** Undo, redo and clear by button and by key. */
import { element } from "./dom";
import { actionOf, usesCommandKey, type Action } from "./keys";
import type { Pad } from "./pad";

const ACTIONS: readonly Action[] = ["undo", "redo", "clear"];

/** The three buttons and the shortcuts of a pad. */
export class Tools {
  private readonly buttons = ACTIONS.map((action) => ({ action, button: element(action, HTMLButtonElement) }));
  private readonly canvas = element("pad", HTMLCanvasElement);

  constructor(private readonly pad: Pad) {
    for (const { action, button } of this.buttons) button.addEventListener("click", () => pad.act(action));
    document.addEventListener("keydown", (event) => this.press(event));
    if (usesCommandKey(navigator.platform)) this.nameCommandKey();
  }

  /** Disables what would do nothing. A button that goes so hands the focus to the pad, lest it be lost. */
  update(): void {
    for (const { action, button } of this.buttons) {
      const disabled = !this.pad.can(action);
      if (disabled && document.activeElement === button) this.canvas.focus({ preventScroll: true });
      button.disabled = disabled;
    }
  }

  private press(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest("input, textarea, select, [contenteditable]")) return;
    const action = actionOf(event, target === this.canvas);
    if (!action || (action === "clear" && target !== document.body && !target.closest(".sheet, .tools"))) return;
    event.preventDefault();
    this.pad.act(action);
  }

  /** Names the shortcuts as keyboards with a Command key do. */
  private nameCommandKey(): void {
    const rename = (text: string) => text.replace("Shift+Ctrl+", "⇧⌘").replace("Ctrl+", "⌘");
    for (const { button } of this.buttons) button.title = rename(button.title);
    for (const key of document.querySelectorAll("#keys kbd")) key.textContent = rename(key.textContent ?? "");
  }
}
