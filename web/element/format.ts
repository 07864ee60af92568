/** Numbers and sentences as pads show and speak them, in the language of the messages given. */
import { FetchError } from "../fetch";
import type { Speech } from "../i18n/speech";
import type { Messages } from "../i18n/texts";
import type { ModelInfo } from "../types";
import { kindOf } from "./kind";

/** Probabilities from which on each of Messages.confidence holds. */
const BOUNDS = [0.98, 0.9, 0.7, 0.5, 0];

/** Returns a probability, 0..1, in words. */
export function confidenceWords(confidence: number, say: Messages): string {
  return say.confidence[BOUNDS.findIndex((least) => confidence >= least)] ?? say.notSure;
}

/** How each language writes a share of a whole, with tenths of a per cent and without. */
const shares = new Map<string, readonly [tenths: Intl.NumberFormat, whole: Intl.NumberFormat]>();

/** Returns a probability, 0..1, as the language writes it, "98.7%"; 0 and 100 are written without the tenth. */
export function percent(probability: number, { language }: Messages): string {
  const format = (digits: number) => new Intl.NumberFormat(language, { style: "percent", minimumFractionDigits: digits });
  const [tenths, whole] = shares.get(language) ?? [format(1), format(0)];
  shares.set(language, [tenths, whole]);
  const rounded = Math.round(probability * 1000) / 1000;
  return (rounded === 0 || rounded === 1 ? whole : tenths).format(rounded);
}

/** A network is never quite sure: nothing says more of an answer. */
const MOST = 0.999;

/** Returns the same for what is said of an answer, in words or beside a bar: 99.9 at most. */
export function claim(probability: number, say: Messages): string {
  return percent(Math.min(probability, MOST), say);
}

/**
 * Returns a time in ms, measured by a clock that takes steps of step ms: times below a
 * step are known only as being under it.
 */
export function duration(ms: number, step: number, say: Messages): string {
  const least = Math.max(step, 0.1);
  if (!Number.isFinite(least)) return say.unmeasurable;
  if (ms < least) return say.under(`${decimals(least)}\u00a0ms`);
  return `${decimals(ms)}\u00a0ms`;
}

function decimals(ms: number): string {
  return ms < 9.95 ? String(Math.round(ms * 10) / 10) : ms.toFixed(0);
}

/** Returns a size in bytes as kB or MB of 1,000. */
export function size(bytes: number): string {
  if (bytes >= 999_500) return `${(bytes / 1e6).toFixed(1)}\u00a0MB`;
  return `${Math.round(bytes / 1000)}\u00a0kB`;
}

/** Returns a whole number with its thousands set apart; toLocaleString first loads tables, 15-60 ms. */
export function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** At most this many classes, with this many characters together, can be listed on the pad. */
const FEW = 6;
const SHORT = 40;

/** Returns what to draw or show, for the classes of a model. */
export function invitation(model: Pick<ModelInfo, "recipe" | "labels">, { words, messages }: Speech): string {
  const { labels } = model;
  if (kindOf(model) !== "drawings") return words.invitation;
  if (labels.length === 0) return words.invitation;
  if (labels.length <= FEW && labels.join("").length <= SHORT) return messages.drawOneOf(labels.map(quoted));
  return isRow(labels) ? messages.drawBetween(labels[0] ?? "", labels.at(-1) ?? "") : words.invitation;
}

/** Whether labels are characters that follow one another, as a to z. */
function isRow(labels: readonly string[]): boolean {
  const first = labels[0]?.codePointAt(0) ?? 0;
  return labels.every((label, i) => label === String.fromCodePoint(first + i));
}

/** The most characters of a label or a file's name that a sentence holds. */
const LONG = 24;

/** Characters that turn the direction of writing. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** More accents on one letter than any language has. */
const ACCENTS = /(\p{M}{4})\p{M}+/gu;

/** Returns a name from a file for use in a sentence: short, on one line, and in a direction that is its own alone. */
export function quoted(name: string): string {
  const characters = [...name.replace(TURNS, "").replace(ACCENTS, "$1").replace(/\s+/g, " ")];
  const short = characters.length > LONG ? `${characters.slice(0, LONG - 1).join("")}…` : characters.join("");
  // Letters and digits of the same direction as the sentence need no isolation, which some screen readers speak.
  return /^[\x20-\x7e]*$/.test(short) ? short : `\u2068${short}\u2069`;
}

/** A class of a smaller probability, 0..1, is not worth naming. */
export const NEAR = 0.01;

/** Returns the text of whatever was thrown, ended like a sentence. */
export function sentence(error: unknown, say: Messages): string {
  if (error instanceof FetchError) return say[error.problem](error.url, error.status);
  const text = (error instanceof Error ? error.message : String(error)).trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
