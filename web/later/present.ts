/** Presenting: full screen, the answer as large as a room needs it; html[data-present] tells the style. */

/** Begins, or ends, as the button says that asks for it. */
export function present(button: HTMLButtonElement): void {
  const root = document.documentElement;
  const starts = !root.hasAttribute("data-present");
  mark(button, starts);
  if (!starts) return void (document.fullscreenElement && document.exitFullscreen());
  // Where there is no full screen, as on some phones, the window has to do.
  root.requestFullscreen?.().catch(() => {});
  document.onfullscreenchange = () => mark(button, document.fullscreenElement !== null);
}

function mark(button: HTMLButtonElement, presents: boolean): void {
  document.documentElement.toggleAttribute("data-present", presents);
  button.setAttribute("aria-pressed", String(presents));
}
