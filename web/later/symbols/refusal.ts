/** Why symbols do not take something, in the page's own words: Go's are English, and for people at a terminal. */
import { FetchError } from "../../fetch";
import { ProgramError } from "../../element/program";
import { t } from "../../i18n/language";
import { sentence, size } from "../../page/format";
import { texts } from "../texts";
import { BadDrawings } from "./drawings";

/** The largest file, in bytes, unpacked, that is taken for a model or for drawings. */
export const LARGEST = 64e6;

/** A file of more bytes. */
export class TooLarge extends Error {}

/** What Go says, by a part of it, of files that hold no symbols to add and of edits that are too much; a number is a limit. */
const SAID = {
  trained: /classes that it was trained on/,
  encoder: /an encoder reads nothing/,
  fixed: /holds no examples/,
  foreign: /is of another encoder/,
  many: /the set has (\d+) symbols/,
  full: /the symbol has (\d+) examples/,
  plenty: /(\d+) drawings have been put right/,
  longName: /wants a name/,
  sameName: /another symbol has this name/,
  gone: /no such (?:example|symbol)/,
} as const;

/** Returns which of them an error is, with its limit, if it has one; null: another one. */
export function refusalOf(error: unknown): readonly [key: keyof typeof SAID, limit: string | undefined] | null {
  const text = error instanceof Error ? error.message : "";
  for (const key of Object.keys(SAID) as (keyof typeof SAID)[]) {
    const found = SAID[key].exec(text);
    if (found) return [key, found[1]];
  }
  return null;
}

/** Returns why an edit was not made; file: the name, fit for a sentence, of the file that was to be added. */
export function reasonOf(error: unknown, file = ""): string {
  const say = texts().symbols;
  if (error instanceof BadDrawings) return say.badDrawings(error.at, error.why);
  if (error instanceof TooLarge) return say.tooLarge(file, size(LARGEST));
  const found = refusalOf(error);
  if (found) return say.refusals[found[0]](found[1] ?? file);
  if (file === "" || error instanceof ProgramError || error instanceof FetchError) return say.refused(sentence(error));
  return unopened(error, file);
}

/** Returns why a file cannot be read: it is a folder, or gone; else its bytes are wrong, by whatever Go or a stream says of them. */
export function unopened(error: unknown, file: string): string {
  return error instanceof DOMException ? texts().unreadable(file) : t().damaged(file);
}
