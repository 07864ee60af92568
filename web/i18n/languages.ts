/** The languages that the page speaks. A further one needs its file, as ko.ts, and a line here. */
import { en } from "./en";
import type { Texts } from "./texts";

/** A language: its own name for itself, and its texts, which may have to be fetched. */
interface Entry {
  readonly name: string;
  load(): Promise<Texts>;
}

/** English, which is there from the start. */
export const ENGLISH: Texts = { messages: en, later: null, form: null, page: null };

/** The languages by their tags, in the order of the switch. */
export const LANGUAGES = {
  en: { name: "English", load: async () => ENGLISH },
  ko: { name: "한국어", load: () => import("./ko") },
} satisfies Readonly<Record<string, Entry>>;

/** The tag of a language. */
export type Language = keyof typeof LANGUAGES;

/** Reports whether the page speaks the language with a tag. */
export function isLanguage(tag: string | null): tag is Language {
  return tag !== null && Object.hasOwn(LANGUAGES, tag);
}

/** Returns the first of a reader's languages that the page speaks, a region left out where only the language is there; else English. */
export function spokenOf(tags: readonly string[]): Language {
  const wanted = tags.map((tag) => tag.toLowerCase()).flatMap((tag) => [tag, tag.split("-")[0] ?? ""]);
  return wanted.find(isLanguage) ?? "en";
}
