/** Asks one question at a time. What waits meanwhile gives way to a newer question, unless it must be answered. */
export class Latest<Q, A> {
  private waiting: { readonly question: Q; readonly must: boolean }[] = [];
  private busy = false;
  /** Counts drops: an answer to a question from before one is void. */
  private round = 0;

  /** ask never rejects; answered hears the answers in the order of the questions. */
  constructor(
    private readonly ask: (question: Q) => Promise<A>,
    private readonly answered: (answer: A, question: Q) => void,
  ) {}

  /** Asks at once, or as soon as the answer under way has come. */
  push(question: Q, must = false): void {
    if (this.waiting.at(-1)?.must === false) this.waiting.pop();
    this.waiting.push({ question, must });
    if (!this.busy) void this.work();
  }

  /** Gives up all questions: no answer to them comes. */
  drop(): void {
    this.waiting = [];
    this.round++;
  }

  private async work(): Promise<void> {
    this.busy = true;
    try {
      for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
        const { round } = this;
        const answer = await this.ask(next.question);
        if (round === this.round) this.answered(answer, next.question);
      }
    } finally {
      this.busy = false;
    }
  }
}
