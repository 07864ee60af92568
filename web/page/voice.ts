/** What a screen reader hears. */

/** Speaks through a polite live region. */
export class Voice {
  constructor(private readonly region: HTMLElement) {}

  /** Says a sentence; one that is said again is made different by a space. */
  say(text: string): void {
    this.region.textContent = this.region.textContent === text ? `${text}\u00a0` : text;
  }
}
