/** How long answers take: the median of a stroke's, at the foot of the page when the stroke has ended. */
import { duration } from "../element/format";
import type { Prediction } from "../element/prediction";
import { t } from "../i18n/language";
import { element } from "./dom";

/** The line of index.html that says it. */
export class SpeedView {
  private readonly line = element("took", HTMLElement);
  private readonly clockStep = clockStepOf(() => performance.now());
  /** Of the answers since the last final one. */
  private times: number[] = [];
  private took: readonly [ms: number, answers: number] | null = null;

  /** Takes a prediction; the final one of a stroke has the median said. */
  show({ label, ms, final }: Prediction): void {
    this.times.push(ms);
    if (!final) return;
    this.took = label === "" ? null : [median(this.times), this.times.length];
    this.times = [];
    this.say();
  }

  /** Says it again, in the words of now. */
  say(): void {
    const { took } = this;
    this.line.textContent = took ? t().took(duration(took[0], this.clockStep, t()), took[1]) : "";
  }
}

/** Returns the middle one of values, the upper of two; NaN for none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/**
 * Returns the smallest step, in ms, that a clock is seen to take; Infinity for one that
 * stands still for all of the few milliseconds that this may look at it. Browsers step by 0.005
 * to 100 ms, to hide what can be learned from time.
 */
function clockStepOf(now: () => number): number {
  let step = Infinity;
  let last = now();
  for (let looks = 0, steps = 0; looks < 20_000 && steps < 4; looks++) {
    const time = now();
    if (time === last) continue;
    // The first step began before this looked.
    if (steps++ > 0) step = Math.min(step, time - last);
    last = time;
  }
  return step;
}
