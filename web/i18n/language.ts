/** Which language the page speaks: the reader's choice, else the browser's, else English. */
import type { Kind } from "../types";
import { ENGLISH, isLanguage, LANGUAGES, spokenOf, type Language } from "./languages";
import type { LaterMessages, Messages, Texts } from "./texts";
import type { Words } from "./words";

/** Attributes that hold words, and the attribute that names their key. */
const ATTRIBUTES = [["aria-label", "data-t-label"], ["title", "data-t-title"]] as const;

/** Where the choice is kept. */
const KEY = "inkling-language";

let current: Texts = ENGLISH;
let kind: Kind = "digits";

/** index.html's own words, kept when another language first takes their place. */
const originals = new Map<string, string>();

/** Returns the messages of the language spoken now. */
export function t(): Messages {
  return current.messages;
}

/** Returns those that depend on what the model reads. */
export function words(): Words {
  return t().words[kind];
}

/** Returns those of web/later; null in English. */
export function laterMessages(): LaterMessages | null {
  return current.later;
}

/** Returns the language to begin with. */
export function preferred(): Language {
  return stored() ?? spokenOf(navigator.languages);
}

/** Speaks a language from now on, and next time where the browser keeps the choice. */
export async function speak(language: Language, keep: boolean): Promise<void> {
  current = await LANGUAGES[language].load();
  document.documentElement.lang = language;
  translate();
  if (keep) store(language);
}

/** Speaks of what a model reads from now on; `<html data-kind>` says it to the style. */
export function speakOf(next: Kind): void {
  kind = next;
  document.documentElement.dataset["kind"] = kind;
  translate();
}

/** Puts texts in the places that index.html marks. */
function translate(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-t]")) {
    const key = element.dataset["t"] ?? "";
    element.textContent = text(key, element.textContent ?? "");
  }
  for (const [attribute, marker] of ATTRIBUTES) {
    for (const element of document.querySelectorAll(`[${marker}]`)) {
      const key = element.getAttribute(marker) ?? "";
      element.setAttribute(attribute, text(key, element.getAttribute(attribute) ?? ""));
    }
  }
}

function text(key: string, shown: string): string {
  if (!originals.has(key)) originals.set(key, shown);
  const said: Readonly<Record<string, string>> = { ...current.page, ...words() };
  return said[key] ?? originals.get(key) ?? shown;
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
