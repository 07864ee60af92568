/** What a screen reader hears. */

/** Speaks through a polite live region. */
export class Voice {
  constructor(private readonly region: HTMLElement) {}

  /** Says a sentence; a repeated one gets a space, so that it is said again. */
  say(text: string): void {
    this.region.textContent = this.region.textContent === text ? `${text}\u00a0` : text;
  }
}
