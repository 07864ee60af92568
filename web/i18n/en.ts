/** What the page says in English before anything is fetched on demand. Its fixed texts are index.html's own. */
import type { AllWords, Words } from "./words";

const drawings: Words = {
  title: "Inkling: draw, and see it read",
  tagline: "A small neural network reads while you draw.",
  pad: "Drawing pad",
  invitation: "Draw something",
  advice: "any size, anywhere on the sheet",
  nothing: "Draw, and the answer appears here",
  none: "None of these",
  doubt: "Perhaps this is nothing that the network knows, or drawn in a way it has not met.",
  promise: "Nothing you draw leaves this page.",
};

const words: AllWords = {
  digits: {
    ...drawings,
    title: "Inkling: draw a digit, see it read",
    invitation: "Draw a digit",
    none: "No digit",
    doubt: "Perhaps this is no digit, or one written in a way the network has not met.",
  },
  letters: {
    ...drawings,
    title: "Inkling: draw a letter, see it read",
    invitation: "Draw a letter",
    none: "No letter",
    doubt: "Perhaps this is no letter, or one written in a way the network has not met.",
  },
  drawings,
  pictures: {
    title: "Inkling: show a picture, see it read",
    tagline: "A small neural network reads the picture you show it.",
    pad: "Place for a picture",
    invitation: "Show a picture",
    advice: "or paste it, or drop it here",
    nothing: "Show a picture, and the answer appears here",
    none: "None of these",
    doubt: "Perhaps this is nothing that the network knows, or looks as it has not met it.",
    promise: "This model reads pictures; what it says of drawings means little. No picture leaves this page.",
  },
};

/** The sentences and words; every language has the same. */
export const en = {
  language: "en",
  words,
  either: (one: string, other: string) => `${one} or ${other}`,
  pair: (one: string, other: string) => `${one} and ${other}`,
  notSure: "Not sure",
  /** name: how the model’s kind calls what is none of its classes. */
  none: (name: string, share: string) => `${name}: ${share}.`,
  nearest: (label: string, share: string) => `Nearest: ${label}, ${share}`,
  /** Of probabilities from 0.98, 0.9, 0.7, 0.5 and 0 on. */
  confidence: ["Almost certainly", "Very likely", "Probably", "Perhaps", "At a guess"],
  perCent: (share: string) => share.replaceAll("%", " per cent"),
  took: (duration: string, answers: number) =>
    answers > 1 ? `Read in ${duration}, the median of ${answers} answers.` : `Read in ${duration}.`,
  under: (duration: string) => `under ${duration}`,
  unmeasurable: "less than can be measured",
  empty: "The pad is empty.",
  /** What is said of a drawing by a model that has no classes yet. */
  untaught: "Nothing is taught yet: give it a name",
  spoken: (label: string, words: string, share: string) => `${label}. ${words}, ${share}.`,
  spokenDoubt: (words: string, rest: string) => `${words}. ${rest}`,
  drawOneOf: (names: readonly string[]) => `Draw one of: ${names.join(", ")}`,
  drawBetween: (first: string, last: string) => `Draw one of ${first} to ${last}`,
  restarted: "The network stopped and was started again; what is on the pad was kept.",
  model: (name: string, parameters: string, size: string) => `Model ${name}: ${parameters} parameters, ${size}.`,
  notLoadedYet: "The network has not been loaded yet.",
  notLoaded: (reason: string) => `The network could not be loaded: ${reason}`,
  backTo: (name: string) => `${name} reads again; what is on the pad was kept.`,
  hangs: "it gave no answer for five seconds.",
  stopped: (reason: string) => `The network stopped: ${reason}`,
  answered: (file: string, status: number) => `${file}: the server answered ${status}.`,
  packed: (file: string) =>
    `${file} came as other bytes than its own. The server may send it compressed without saying so (Content-Encoding).`,
  stalled: (file: string) => `${file} stopped arriving.`,
  unreachable: (file: string) => `${file} could not be fetched; is there a connection?`,
  lost: (file: string) => `The connection was lost before ${file} was complete.`,
  notFile: (file: string) => `In place of ${file} a web page came: is it on the server?`,
  blocked: (file: string) => `The content security policy of this site forbids ${file}.`,
  barred: (file: string) =>
    `The browser refuses to run ${file}. It wants JavaScript's Content-Type, and Cross-Origin-Embedder-Policy if the page has that.`,
  damaged: (file: string) => `${file} is damaged or of another version.`,
  unfit: (file: string, reason: string) => `${file} cannot be used. ${reason}`,
  tooSlow: (file: string, multiplications: number) =>
    `${file} is too slow for this page: ${(multiplications / 1e9).toFixed(1)} billion multiplications an answer, 2.1 at most. The command inkling predict can use it.`,
  noWebAssembly:
    "This browser runs no WebAssembly, so it cannot read what you draw; another one can, or this one without lockdown mode.",
  unknownModel: (name: string, used: string) => `There is no model “${name}” here; ${used} reads instead.`,
  penDown: (column: number, row: number) => `Pen down, column ${column}, row ${row}`,
  penUp: "Pen up",
  penAt: (column: number, row: number) => `Column ${column}, row ${row}`,
  penFound: "A pen draws here now; fingers and palms do not.",
  partFailed: (reason: string) => `This part could not be loaded: ${reason}`,
  part: "A file of the page",
  outdated: "A new version of this page is here.",
  reload: "Reload",
};
