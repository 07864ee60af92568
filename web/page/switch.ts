/** The switch between the site's models of digits and of letters; a site without both has none. */

/** The radio buttons of index.html, each with a model's name as its value. */
export class Switch {
  private readonly buttons = document.querySelectorAll<HTMLInputElement>("#reads input");
  private wanted = "";
  private turned = Promise.resolve();

  /** read changes to a model or says why it cannot, and never rejects; used returns the name of the model in use. */
  constructor(
    private readonly read: (name: string) => Promise<void>,
    private readonly used: () => string,
  ) {
    for (const button of this.buttons) button.addEventListener("change", () => this.turn(button.value));
    this.update();
  }

  /** Marks the model in use; neither where it is another one. */
  update(): void {
    for (const button of this.buttons) button.checked = button.value === this.used();
  }

  /** Reads with a model, after the one that is being fetched; of several in between, only with the newest. */
  private turn(name: string): void {
    this.wanted = name;
    this.turned = this.turned.then(async () => {
      if (this.wanted === name && this.used() !== name) await this.read(name);
      if (this.wanted === name) this.update();
    });
  }
}
