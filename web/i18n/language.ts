/** Which language the page speaks: the reader's choice, else the browser's, else English. */
import type { Kind } from "../types";
import { isLanguage, LANGUAGES, spokenOf, type Language } from "./languages";
import { Speech } from "./speech";
import type { LaterMessages, Messages } from "./texts";
import type { Words } from "./words";

/** Where the choice is kept. */
const KEY = "inkling-language";

/** What the site's own model reads, as `<html data-kind>` says before there is a model. */
export const ownKind = (document.documentElement.dataset["kind"] ?? "digits") as Kind;

/** What the page says, its pad apart. */
const page = new Speech(ownKind);

/** Returns the messages of the language spoken now. */
export function t(): Messages {
  return page.messages;
}

/** Returns those that depend on what the model reads. */
export function words(): Words {
  return page.words;
}

/** Returns those of web/later; null in English. */
export function laterMessages(): LaterMessages | null {
  return page.texts.later;
}

/** Returns the language to begin with. */
export function preferred(): Language {
  return stored() ?? spokenOf(navigator.languages);
}

/** Speaks a language from now on, and next time where the browser keeps the choice. */
export async function speak(language: Language, keep: boolean): Promise<void> {
  page.texts = await LANGUAGES[language].load();
  document.documentElement.lang = language;
  page.translate(document);
  if (keep) store(language);
}

/** Speaks of what a model reads from now on; `<html data-kind>` says it to the style. */
export function speakOf(kind: Kind): void {
  page.kind = kind;
  document.documentElement.dataset["kind"] = kind;
  page.translate(document);
}

function stored(): Language | null {
  try {
    const value = localStorage.getItem(KEY);
    return isLanguage(value) ? value : null;
  } catch {
    return null; // Storage is switched off.
  }
}

function store(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // The choice then lasts as long as the page.
  }
}
