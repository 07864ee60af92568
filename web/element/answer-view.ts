/** The answer in large and in words. */
import type { Speech } from "../i18n/speech";
import { find } from "./dom";
import { claim, confidenceWords, duration, nearest } from "./format";
import type { Prediction } from "./prediction";

/** The elements of pad.html that show the answer. */
export class AnswerView {
  private readonly label: HTMLOutputElement;
  private readonly words: HTMLElement;
  private readonly share: HTMLElement;
  private readonly took: HTMLElement;

  /** clockStep: ms by which the clock steps that measured a prediction's time. */
  constructor(
    root: ShadowRoot,
    private readonly speech: Speech,
    private readonly clockStep: number,
  ) {
    this.label = find(root, "prediction", HTMLOutputElement);
    this.words = find(root, "words", HTMLElement);
    this.share = find(root, "share", HTMLElement);
    this.took = find(root, "took", HTMLElement);
  }

  /** Shows a prediction. */
  show({ label, sure, confidence, ms }: Prediction): void {
    const { messages, words } = this.speech;
    const drawn = label !== "";
    const unsure = drawn && !sure;
    this.label.textContent = unsure ? "?" : label;
    this.label.dataset["confidence"] = String(confidence);
    this.label.classList.toggle("long", sure && [...label].length > 2);
    this.words.textContent = drawn ? confidenceWords(confidence, sure, messages) : words.nothing;
    this.share.textContent = unsure ? nearest(label, confidence, messages) : drawn ? claim(confidence, messages) : "";
    this.took.textContent = drawn ? messages.took(duration(ms, this.clockStep, messages)) : "";
  }
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
