/** The answer in large, in words, and spoken. */
import { element } from "./dom";
import { claim, confidenceWords, duration, spoken } from "./format";
import type { Prediction } from "./prediction";

/** The elements of index.html that show the answer. */
export class AnswerView {
  private readonly label = element("prediction", HTMLOutputElement);
  private readonly words = element("words", HTMLElement);
  private readonly share = element("share", HTMLElement);
  private readonly took = element("took", HTMLElement);
  private readonly voice = element("spoken", HTMLElement);

  /** clockStep: ms by which the clock steps that measured a prediction's time. */
  constructor(private readonly clockStep: number) {}

  /** Shows a prediction and, when it is final, speaks it. */
  show(prediction: Prediction): void {
    const { label, sure, confidence, ms } = prediction;
    const drawn = label !== "";
    this.label.textContent = drawn && !sure ? "?" : label;
    this.label.dataset["confidence"] = String(confidence);
    this.label.classList.toggle("long", sure && [...label].length > 2);
    this.words.textContent = drawn ? confidenceWords(confidence, sure) : "No ink yet";
    this.share.textContent = drawn ? (sure ? claim(confidence) : `nearest: ${label}, ${claim(confidence)}`) : "";
    this.took.textContent = drawn ? `in ${duration(ms, this.clockStep)}` : "";
    if (prediction.final) this.speak(spoken(prediction));
  }

  /** Says a sentence to a screen reader; one that is said again is made different by a space. */
  private speak(text: string): void {
    this.voice.textContent = this.voice.textContent === text ? `${text}\u00a0` : text;
  }
}

/**
 * The smallest step, in ms, that a clock is seen to take; Infinity for one that
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
