/** Which classes of a model a pad accepts: the attribute accept. */
import type { Prediction } from "./prediction";

/**
 * Returns what accept says of labels: it names labels and ranges of characters, such as 0-9, with spaces between them.
 * A label that is named counts before a range; an empty text accepts all.
 */
export function acceptor(accept: string): (label: string) => boolean {
  const parts = accept.split(/\s+/).filter(Boolean);
  const named = new Set(parts);
  const ranges = parts.map(rangeOf).filter((range) => range !== null);
  return (label) => {
    const code = codeOf(label);
    return parts.length === 0 || named.has(label) || ranges.some(([first, last]) => first <= code && code <= last);
  };
}

/** The code points at both ends of a range such as a-z; null: the text is none. */
function rangeOf(text: string): readonly [first: number, last: number] | null {
  const [first = "", hyphen, last = "", ...more] = [...text];
  return hyphen === "-" && last !== "" && more.length === 0 ? [codeOf(first), codeOf(last)] : null;
}

/** The code point of a text of one character; -1 of others. */
function codeOf(text: string): number {
  const code = text.codePointAt(0) ?? -1;
  return text === String.fromCodePoint(Math.max(code, 0)) ? code : -1;
}

/**
 * Returns a prediction of the accepted classes alone. Their probabilities stay as they are, so that the confidence is
 * what the network gives the best of them; it is sure from threshold on, as answers of the model are.
 */
export function narrowed(prediction: Prediction, accepts: (label: string) => boolean, threshold: number): Prediction {
  const kept = prediction.classes.flatMap((label, i) => (accepts(label) ? [i] : []));
  if (kept.length === prediction.classes.length) return prediction;
  const classes = kept.map((i) => prediction.classes[i] ?? "");
  const probabilities = kept.map((i) => prediction.probabilities[i] ?? 0);
  const top = probabilities.reduce((best, p, i) => (p > (probabilities[best] ?? 0) ? i : best), 0);
  const label = prediction.label === "" ? "" : (classes[top] ?? "");
  const confidence = label === "" ? 0 : (probabilities[top] ?? 0);
  return { ...prediction, label, confidence, sure: label !== "" && confidence >= threshold, classes, probabilities };
}
