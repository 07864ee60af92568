/** Presenting: full screen, the answer as large as a room needs it; html[data-present] tells the style. */
import { texts } from "./texts";

/** What the button says of itself while nobody presents. */
let title = "";

/** Begins to present, or ends it; Escape ends it as well. */
export function present(button: HTMLButtonElement): void {
  const root = document.documentElement;
  if (root.hasAttribute("data-present")) return leave(button);
  title = button.title;
  mark(button, true, texts().leave);
  // Where there is no full screen, as on some phones, the window has to do.
  root.requestFullscreen?.().catch(() => {});
  document.onfullscreenchange = () => {
    if (!document.fullscreenElement) leave(button);
  };
  document.onkeydown = (event) => {
    if (isFree(event)) leave(button);
  };
}

function leave(button: HTMLButtonElement): void {
  document.onfullscreenchange = document.onkeydown = null;
  mark(button, false, title);
  if (document.fullscreenElement) void document.exitFullscreen();
}

function mark(button: HTMLButtonElement, presents: boolean, title: string): void {
  document.documentElement.toggleAttribute("data-present", presents);
  button.setAttribute("aria-pressed", String(presents));
  button.title = title;
}

/** Whether a key is an Escape that calls off no stroke, leads out of no panel and closes nothing. */
function isFree({ key, defaultPrevented, target }: KeyboardEvent): boolean {
  if (key !== "Escape" || defaultPrevented || document.querySelector("dialog[open], :popover-open")) return false;
  return target instanceof Element && !target.closest("[role=tabpanel]");
}
