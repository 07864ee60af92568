/** The order in which somebody wants things, whenever the work for them is done. */

/** What is wanted: other content of the pad, or another model. */
export type Matter = "content" | "model";

/** One sequence of intents; of those about one matter, the newest wins. */
export class Intents {
  private count = 0;
  private readonly newest: Record<Matter, number> = { content: 0, model: 0 };

  /** Numbers an intent of now, whose matter may not be known yet. */
  next(): number {
    return ++this.count;
  }

  /** Reports whether no newer intent is known to be about a matter, and from then on knows that this one is. */
  holds(intent: number, matter: Matter): boolean {
    if (intent < this.newest[matter]) return false;
    this.newest[matter] = intent;
    return true;
  }
}
