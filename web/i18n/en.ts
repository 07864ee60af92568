/** What the page says in English before anything is fetched on demand. Its fixed texts are index.html's own. */
import type { AllWords, Words } from "./words";

/** Names as a list in a sentence: "a, b and c". */
function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const drawings: Words = {
  title: "Inkling: draw, and see it read",
  tagline: "A small neural network reads what you draw, while you draw.",
  pad: "Drawing pad",
  invitation: "Draw something",
  advice: "any size, anywhere on the sheet",
  nothing: "No ink yet",
  doubt: "Perhaps this is nothing that the network knows, or drawn in a way it has not met.",
  promise: "Nothing you draw leaves this page.",
};

const words: AllWords = {
  digits: {
    ...drawings,
    title: "Inkling: draw a digit, see it read",
    invitation: "Draw a digit",
    doubt: "Perhaps this is no digit, or one written in a way the network has not met.",
  },
  letters: {
    ...drawings,
    title: "Inkling: draw a letter, see it read",
    invitation: "Draw a letter",
    doubt: "Perhaps this is no letter, or one written in a way the network has not met.",
  },
  drawings,
  pictures: {
    title: "Inkling: show a picture, see it read",
    tagline: "A small neural network reads the picture you show it.",
    pad: "Place for a picture",
    invitation: "Show a picture",
    advice: "or paste it, or drop it here",
    nothing: "No picture yet",
    doubt: "Perhaps this is nothing that the network knows, or looks as it has not met it.",
    promise: "This model reads pictures; what it says of drawings means little. No picture leaves this page.",
  },
};

/** The sentences and words; every language has the same. */
export const en = {
  language: "en",
  words,
  notSure: "Not sure",
  none: (share: string) => `None of these: ${share}.`,
  nearest: (label: string, share: string) => `Nearest: ${label}, ${share}.`,
  /** Of probabilities from 0.98, 0.9, 0.7, 0.5 and 0 on. */
  confidence: ["Almost certainly", "Very likely", "Probably", "Perhaps", "At a guess"],
  over: (share: string) => `over ${share}`,
  percent: (number: string) => `${number}\u00a0%`,
  perCent: (share: string) => share.replace("%", "per cent"),
  took: (duration: string) => `in ${duration}`,
  under: (duration: string) => `under ${duration}`,
  unmeasurable: "less than can be measured",
  empty: "The pad is empty.",
  spoken: (label: string, words: string, share: string) => `${label}. ${words}, ${share}.`,
  spokenDoubt: (rest: string) => `Not sure. ${rest}`,
  drawOneOf: (names: readonly string[]) => `Draw one of: ${names.join(", ")}`,
  drawBetween: (first: string, last: string) => `Draw one of ${first} to ${last}`,
  restarted: "The network stopped and was started again; what is on the pad was kept.",
  model: (name: string, parameters: string, size: string) => `Model ${name}: ${parameters} parameters, ${size}.`,
  notLoadedYet: "The network has not been loaded yet.",
  notLoaded: (reason: string) => `The network could not be loaded: ${reason}`,
  stopped: (reason: string) => `The network stopped: ${reason}`,
  answered: (file: string, status: number) => `${file}: the server answered ${status}.`,
  stalled: (file: string) => `${file} stopped arriving.`,
  unreachable: (file: string) => `${file} could not be fetched; is there a connection?`,
  damaged: (file: string, reason: string) => `${file} is damaged or of another version. ${reason}`,
  tooSlow: (file: string, multiplications: number) =>
    `${file} is too slow for this page: ${(multiplications / 1e9).toFixed(1)} billion multiplications an answer, 2.1 at most. The command inkling predict can use it.`,
  noWebAssembly:
    "This browser runs no WebAssembly, so it cannot read what you draw; another one can, or this one without lockdown mode.",
  unknownModel: (name: string, names: readonly string[]) => `There is no model “${name}” here, but ${list(names)}.`,
  penDown: (column: number, row: number) => `Pen down, column ${column}, row ${row}`,
  penUp: "Pen up",
  penAt: (column: number, row: number) => `Column ${column}, row ${row}`,
  penFound: "A pen draws here now; fingers and palms do not.",
  partFailed: (reason: string) => `This part could not be loaded: ${reason}`,
  part: "A file of the page",
  reading: "Reading the picture.",
};
