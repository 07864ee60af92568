/** The answer in large and in words. */
import { t, words } from "../i18n/language";
import { element } from "./dom";
import { claim, confidenceWords, duration, nearest, percent } from "./format";
import type { Prediction } from "./prediction";

/** The elements of index.html that show the answer. */
export class AnswerView {
  private readonly label = element("prediction", HTMLOutputElement);
  private readonly words = element("words", HTMLElement);
  private readonly share = element("share", HTMLElement);
  private readonly doubt = element("doubt", HTMLElement);
  private readonly took = element("took", HTMLElement);

  /** clockStep: ms by which the clock steps that measured a prediction's time. */
  constructor(private readonly clockStep: number) {}

  /** Shows a prediction. */
  show(prediction: Prediction): void {
    const { label, sure, confidence, ms } = prediction;
    const drawn = label !== "";
    const unsure = drawn && !sure;
    this.label.textContent = unsure ? "?" : label;
    this.label.dataset["confidence"] = String(confidence);
    this.label.classList.toggle("long", sure && [...label].length > 2);
    this.words.textContent = drawn ? confidenceWords(confidence, sure) : words().nothing;
    this.share.textContent = unsure ? nearest(label, confidence) : drawn ? claim(confidence) : "";
    this.doubt.textContent = unsure ? [words().doubt, ...noneOf(prediction)].join(" ") : "";
    this.took.textContent = drawn ? t().took(duration(ms, this.clockStep)) : "";
  }
}

/** The probability that none of the classes has, in words where it counts: the network was trained on what is none of them. */
function noneOf({ probabilities }: Prediction): string[] {
  const none = 1 - probabilities.reduce((sum, p) => sum + p, 0);
  return none < 0.005 ? [] : [t().none(percent(none))];
}

/**
 * Returns the smallest step, in ms, that a clock is seen to take; Infinity for one that
 * stands still for all of the few milliseconds that this may look at it. Browsers step by 0.005
 * to 100 ms, to hide what can be learned from time.
 */
export function clockStepOf(now: () => number): number {
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
