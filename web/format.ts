/** Numbers and sentences as the page shows and speaks them. */

/** Probabilities at or above each bound, in words. */
const WORDS: readonly (readonly [number, string])[] = [
  [0.98, "Almost certainly"],
  [0.9, "Very likely"],
  [0.7, "Probably"],
  [0.5, "Perhaps"],
  [0, "At a guess"],
];

/** A probability, 0..1, in words; "Not sure" below the model's threshold. */
export function confidenceWords(confidence: number, sure: boolean): string {
  return sure ? (WORDS.find(([least]) => confidence >= least)?.[1] ?? "At a guess") : "Not sure";
}

/** A probability, 0..1, as "98.7 %"; 0 and 100 are said without the tenth. */
export function percent(probability: number): string {
  const tenths = Math.round(probability * 1000);
  return `${tenths === 0 || tenths === 1000 ? tenths / 10 : (tenths / 10).toFixed(1)}\u00a0%`;
}

/** The same for a claim, which is never quite 100. */
export function claim(probability: number): string {
  return probability > 0.999 ? "over 99.9\u00a0%" : percent(probability);
}

/**
 * A time in ms, measured by a clock that steps by so many ms: times below a
 * step are known only as being under it.
 */
export function duration(ms: number, step: number): string {
  const least = Math.max(step, 0.1);
  if (!Number.isFinite(least)) return "less than can be measured";
  if (ms < least) return `under ${decimals(least)}\u00a0ms`;
  return `${decimals(ms)}\u00a0ms`;
}

function decimals(ms: number): string {
  return ms < 9.95 ? String(Math.round(ms * 10) / 10) : ms.toFixed(0);
}

/** A size in bytes as kB or MB of 1,000. */
export function size(bytes: number): string {
  if (bytes >= 999_500) return `${(bytes / 1e6).toFixed(1)}\u00a0MB`;
  return `${Math.round(bytes / 1000)}\u00a0kB`;
}

/** A count with its thousands set apart. */
export function count(n: number): string {
  return n.toLocaleString("en");
}

/** What to draw, said for the classes of a model. */
export function invitation(labels: readonly string[]): string {
  if (labels.length > 0 && labels.every((label) => /^\d$/.test(label))) return "Draw a digit";
  if (labels.length > 0 && labels.every((label) => [...label].length === 1)) {
    return `Draw one of ${labels[0]} to ${labels.at(-1)}`;
  }
  return "Draw something";
}

/** Names as a list in a sentence: "a, b and c". */
export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** The part of a prediction that is spoken. */
export interface Spoken {
  readonly label: string;
  readonly sure: boolean;
  readonly confidence: number;
}

/** A prediction as a screen reader should say it. */
export function spoken({ label, sure, confidence }: Spoken): string {
  if (label === "") return "The pad is empty.";
  const share = claim(confidence).replace("%", "per cent");
  if (!sure) return `Not sure. The nearest is ${label}, ${share}.`;
  return `${label}. ${confidenceWords(confidence, sure)}, ${share}.`;
}
