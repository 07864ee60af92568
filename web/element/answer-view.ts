/** The answer: its sign in large, and the verdict beside it. */
import type { Speech } from "../i18n/speech";
import { find } from "./dom";
import type { Prediction } from "./prediction";
import { signOf, verdictOf } from "./verdict";

/** The elements of pad.html that show the answer. */
export class AnswerView {
  private readonly label: HTMLOutputElement;
  private readonly words: HTMLElement;
  private readonly share: HTMLElement;
  private readonly doubt: HTMLElement;

  constructor(
    root: ShadowRoot,
    private readonly speech: Speech,
  ) {
    this.label = find(root, "prediction", HTMLOutputElement);
    this.words = find(root, "words", HTMLElement);
    this.share = find(root, "share", HTMLElement);
    this.doubt = find(root, "doubt", HTMLElement);
  }

  /** Shows a prediction. */
  show(prediction: Prediction): void {
    this.label.textContent = signOf(prediction);
    this.label.dataset["confidence"] = String(prediction.confidence);
    const { words, share, doubt } = verdictOf(prediction, this.speech);
    this.words.textContent = words;
    this.share.textContent = share;
    this.doubt.textContent = doubt;
  }
}
