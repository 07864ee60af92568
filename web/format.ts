/** Numbers and sentences as the page shows and speaks them. */
import { t } from "./i18n/language";

/** Probabilities from which on each of Messages.confidence holds. */
const BOUNDS = [0.98, 0.9, 0.7, 0.5, 0];

/** A probability, 0..1, in words; "Not sure" below the model's threshold. */
export function confidenceWords(confidence: number, sure: boolean): string {
  if (!sure) return t().notSure;
  return t().confidence[BOUNDS.findIndex((least) => confidence >= least)] ?? t().notSure;
}

/** A probability, 0..1, as "98.7 %"; 0 and 100 are said without the tenth. */
export function percent(probability: number): string {
  const tenths = Math.round(probability * 1000);
  return t().percent(tenths === 0 || tenths === 1000 ? String(tenths / 10) : (tenths / 10).toFixed(1));
}

/** The same for a claim, which is never quite 100. */
export function claim(probability: number): string {
  return probability > 0.999 ? t().over(percent(0.999)) : percent(probability);
}

/**
 * A time in ms, measured by a clock that steps by so many ms: times below a
 * step are known only as being under it.
 */
export function duration(ms: number, step: number): string {
  const least = Math.max(step, 0.1);
  if (!Number.isFinite(least)) return t().unmeasurable;
  if (ms < least) return t().under(`${decimals(least)}\u00a0ms`);
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
  if (labels.length > 0 && labels.every((label) => /^\d$/.test(label))) return t().drawDigit;
  if (labels.length > 0 && labels.every((label) => [...label].length === 1)) {
    return t().drawOneOf(labels[0] ?? "", labels.at(-1) ?? "");
  }
  return t().drawSomething;
}

/** The part of a prediction that is spoken. */
export interface Spoken {
  readonly label: string;
  readonly sure: boolean;
  readonly confidence: number;
}

/** A prediction as a screen reader should say it. */
export function spoken({ label, sure, confidence }: Spoken): string {
  if (label === "") return t().empty;
  const share = t().perCent(claim(confidence));
  return sure ? t().spoken(label, confidenceWords(confidence, sure), share) : t().spokenDoubt(label, share);
}

/** The text of whatever was thrown, ended like a sentence. */
export function sentence(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
