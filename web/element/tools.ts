/** The buttons below the canvas and the shortcuts. */
import { find } from "./dom";
import { actionOf, isEraserKey, isForText, usesCommandKey, withCommandKey, type Action } from "./keys";
import type { Pad } from "./pad";
import type { Tool } from "./sketch";

const ACTIONS: readonly Action[] = ["undo", "redo", "clear"];

/** Undo, redo, clear, the eraser and the pen's width. */
export class Tools {
  private readonly buttons: readonly { readonly action: Action; readonly button: HTMLButtonElement }[];
  private readonly canvas: HTMLCanvasElement;
  private readonly eraser: HTMLButtonElement;

  constructor(
    private readonly root: ShadowRoot,
    private readonly pad: Pad,
  ) {
    this.buttons = ACTIONS.map((action) => ({ action, button: find(root, action, HTMLButtonElement) }));
    this.canvas = find(root, "pad", HTMLCanvasElement);
    this.eraser = find(root, "eraser", HTMLButtonElement);
    for (const { action, button } of this.buttons) button.addEventListener("click", () => pad.act(action));
    this.eraser.addEventListener("click", () => this.swap());
    find(root, "brush", HTMLButtonElement).addEventListener("click", () => this.take("pen"));
    const width = find(root, "width", HTMLInputElement);
    width.addEventListener("input", () => (pad.penWidth = width.valueAsNumber));
    // On the host, so that the keys work on tools that a page adds.
    root.host.addEventListener("keydown", (event) => this.press(event as KeyboardEvent));
    this.nameKeys();
  }

  /**
   * Disables what would do nothing, and takes up the pen where nothing is left to erase. A button that is disabled hands
   * the focus to the pad, so that it is not lost.
   */
  update(): void {
    if (this.pad.tool === "eraser" && !this.pad.can("clear")) this.take("pen");
    for (const { action, button } of this.buttons) {
      const disabled = this.pad.isLocked || !this.pad.can(action);
      if (disabled && this.root.activeElement === button) this.canvas.focus({ preventScroll: true });
      button.disabled = disabled;
    }
  }

  /** Names the shortcuts as keyboards with a Command key do, where this is one. */
  nameKeys(): void {
    if (!usesCommandKey(navigator.platform)) return;
    for (const { button } of this.buttons) button.title = withCommandKey(button.title);
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
    const path = event.composedPath().filter((node) => node instanceof Element);
    const [target] = path;
    if (!target || this.pad.isLocked || isForText(target)) return;
    if (target === this.canvas && isEraserKey(event)) return this.swap();
    const action = actionOf(event, target === this.canvas);
    if (!action || (action === "clear" && path.some((node) => node.matches(".answer")))) return;
    event.preventDefault();
    this.pad.act(action);
  }
}
