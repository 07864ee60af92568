/** The buttons below the pad and the shortcuts. */
import { element } from "./dom";
import { actionOf, isEraserKey, usesCommandKey, type Action } from "./keys";
import type { Pad } from "./pad";
import type { Tool } from "./sketch";

const ACTIONS: readonly Action[] = ["undo", "redo", "clear"];

/** Undo, redo, clear, the eraser and the pen's width. */
export class Tools {
  private readonly buttons = ACTIONS.map((action) => ({ action, button: element(action, HTMLButtonElement) }));
  private readonly canvas = element("pad", HTMLCanvasElement);
  private readonly eraser = element("eraser", HTMLButtonElement);

  constructor(private readonly pad: Pad) {
    for (const { action, button } of this.buttons) button.addEventListener("click", () => pad.act(action));
    this.eraser.addEventListener("click", () => this.swap());
    element("brush", HTMLButtonElement).addEventListener("click", () => this.take("pen"));
    const width = element("width", HTMLInputElement);
    width.addEventListener("input", () => (pad.penWidth = width.valueAsNumber));
    document.addEventListener("keydown", (event) => this.press(event));
    if (usesCommandKey(navigator.platform)) this.nameCommandKey();
  }

  /** Disables what would do nothing. A button that is disabled hands the focus to the pad, so that it is not lost. */
  update(): void {
    for (const { action, button } of this.buttons) {
      const disabled = !this.pad.can(action);
      if (disabled && document.activeElement === button) this.canvas.focus({ preventScroll: true });
      button.disabled = disabled;
    }
  }

  /** Names the shortcuts as keyboards with a Command key do. */
  nameCommandKey(): void {
    const rename = (text: string) => text.replace("Shift+Ctrl+", "⇧⌘").replace("Ctrl+", "⌘");
    for (const { button } of this.buttons) button.title = rename(button.title);
    for (const key of document.querySelectorAll("#keys kbd")) key.textContent = rename(key.textContent ?? "");
  }

  private swap(): void {
    this.take(this.pad.tool === "eraser" ? "pen" : "eraser");
  }

  /** Takes up the pen or the eraser. */
  private take(tool: Tool): void {
    this.pad.tool = tool;
    this.eraser.setAttribute("aria-pressed", String(tool === "eraser"));
    this.canvas.classList.toggle("erases", tool === "eraser");
  }

  private press(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest("input, textarea, select, dialog, [contenteditable]")) return;
    if (target === this.canvas && isEraserKey(event)) return this.swap();
    const action = actionOf(event, target === this.canvas);
    if (!action || (action === "clear" && target !== document.body && !target.closest(".sheet, .tools"))) return;
    event.preventDefault();
    this.pad.act(action);
  }
}
