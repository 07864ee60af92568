/** What an answer comes to, in plain words: one answer, one of two, none of the classes, or nothing that is sure. */
import type { Speech } from "../i18n/speech";
import { claim, confidenceWords, NEAR, percent, quoted } from "./format";
import type { Prediction } from "./prediction";

/** The part of a prediction that decides. */
export type Judged = Pick<Prediction, "label" | "sure" | "confidence" | "probabilities" | "classes" | "strokes">;

/** The sentence in large, its figures, and what else may be; "" where there is nothing to say. */
export interface Verdict {
  readonly words: string;
  readonly share: string;
  readonly doubt: string;
}

/** A second answer counts from this probability on, and from this part of the first one's. */
const SECOND = 0.2;
const PART = 0.5;

/** A class, or none of them, and its probability. */
interface Candidate {
  readonly label: string | null;
  readonly share: number;
}

/** Says what a prediction comes to. */
export function verdictOf(judged: Judged, speech: Speech): Verdict {
  const { messages: say, words } = speech;
  const { label, sure, confidence } = judged;
  if (label === "") return { words: unread(judged, speech) || words.nothing, share: "", doubt: "" };
  const [first, second] = twoOf(judged);
  const isClose = second.share >= PART * first.share || (sure && first.label === null);
  if (isClose && second.share >= SECOND) {
    // A class comes before none, as its sign stands beside the words.
    const [one, other] = first.label === null ? [second, first] : [first, second];
    const name = ({ label }: Candidate) => (label === null ? null : quoted(label)) ?? words.none.toLocaleLowerCase(say.language);
    return { words: say.either(name(one), name(other)), share: say.pair(claim(one.share, say), claim(other.share, say)), doubt: "" };
  }
  if (first.label === null) {
    return { words: words.none, share: `${confidenceWords(first.share, say)}, ${claim(first.share, say)}`, doubt: "" };
  }
  const none = noneOf(judged);
  const rest = none < NEAR ? "" : say.none(words.none, percent(none, say));
  if (sure) return { words: confidenceWords(confidence, say), share: claim(confidence, say), doubt: rest };
  const near = confidence < NEAR ? "" : say.nearest(quoted(label), claim(confidence, say));
  return { words: say.notSure, share: near, doubt: words.doubt };
}

/** The part of a prediction that decides whether it is an answer. */
type Claim = Pick<Judged, "label" | "sure" | "confidence"> & { readonly probabilities: readonly number[] };

/**
 * Returns the answer that forms and other pages may take; "": there is none, as nothing is drawn, the class is not sure, or
 * none of the classes is likelier.
 */
export function answerOf(judged: Claim): string {
  const { label, sure, confidence } = judged;
  return sure && noneOf(judged) <= confidence ? label : "";
}

/** Returns the sign in large: the answer, or what has a question mark, as there is none. */
export function signOf(judged: Claim): string {
  const { label, sure } = judged;
  if (label === "") return "";
  return sure ? answerOf(judged) || `${label}?` : "?";
}

/** Returns a prediction as a screen reader should say it. */
export function spoken(prediction: Judged, speech: Speech): string {
  const { messages: say } = speech;
  const nothing = unread(prediction, speech);
  if (prediction.label === "") return nothing ? `${nothing}.` : say.empty;
  const { words, share, doubt } = verdictOf(prediction, speech);
  const rest = say.perCent(share) || doubt;
  const answer = answerOf(prediction);
  return answer ? say.spoken(quoted(answer), words, rest) : say.spokenDoubt(words, /\.$/.test(rest) ? rest : `${rest}.`);
}

/** What is said of a drawing that no class stands against: the model has none yet, or none that counts; "": nothing is drawn. */
function unread({ classes, strokes }: Judged, { messages, words, isNarrowed }: Speech): string {
  if (classes.length > 0 || strokes === 0) return "";
  return isNarrowed ? words.none : messages.untaught;
}

/** The probability that none of the classes has: the network was trained on what is none of them. */
function noneOf({ probabilities }: Claim): number {
  return Math.max(0, 1 - probabilities.reduce((sum, p) => sum + p, 0));
}

/** The two most probable of the classes and none of them. */
function twoOf(judged: Judged): readonly [Candidate, Candidate] {
  const nobody: Candidate = { label: null, share: noneOf(judged) };
  const all = judged.probabilities.map((share, i): Candidate => ({ label: judged.classes[i] ?? "", share }));
  const [first = nobody, second = nobody] = [...all, nobody].sort((a, b) => b.share - a.share);
  return [first, second];
}
