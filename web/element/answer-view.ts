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
    this.showSign(signOf(prediction));
    this.label.dataset["confidence"] = String(prediction.confidence);
    const { words, share, doubt } = verdictOf(prediction, this.speech);
    this.words.textContent = words;
    this.share.textContent = share;
    this.doubt.textContent = doubt;
  }

  private showSign(sign: string): void {
    const [name, mark] = parted(sign);
    const span = document.createElement("span");
    span.textContent = name;
    this.label.replaceChildren(...(sign ? [span, mark] : []));
    this.label.style.setProperty("--length", String(lengthOf(sign)));
  }
}

/** Parts a sign into what may be cut short where there is no room and the question mark, which never is. */
export function parted(sign: string): readonly [name: string, mark: string] {
  return sign.length > 1 && sign.endsWith("?") ? [sign.slice(0, -1), "?"] : [sign, ""];
}

/** How long a sign is, in Latin letters: those of Korean, Chinese and Japanese are twice as wide. */
export function lengthOf(sign: string): number {
  return [...sign].reduce((length, character) => length + (character >= "\u1100" ? 2 : 1), 0);
}
