/** What an answer that is not sure may mean. */
import type { Prediction } from "../element/prediction";
import { t, words } from "../i18n/language";
import { element } from "./dom";
import { percent } from "./format";

/** The element of index.html that shows the doubt. */
export class DoubtView {
  private readonly doubt = element("doubt", HTMLElement);

  /** Shows the doubt about a prediction, if there is any. */
  show(prediction: Prediction): void {
    const unsure = prediction.label !== "" && !prediction.sure;
    this.doubt.textContent = unsure ? [words().doubt, ...noneOf(prediction)].join(" ") : "";
  }
}

/** The probability that none of the classes has, in words where it counts: the network was trained on what is none of them. */
function noneOf({ probabilities }: Prediction): string[] {
  const none = 1 - probabilities.reduce((sum, p) => sum + p, 0);
  return none < 0.005 ? [] : [t().none(percent(none))];
}
