/** Which language the page speaks: the reader's choice, else the browser's, else English. */
import { en, type Messages } from "./en";

/** A language the page speaks, by its tag. */
export type Language = "en" | "ko";

/** The fixed texts of index.html in another language, by the keys of its data-t attributes. */
export type PageTexts = Readonly<Record<string, string>>;

/** Attributes that hold words, and the attribute that names their key. */
const ATTRIBUTES = [["aria-label", "data-t-label"], ["title", "data-t-title"]] as const;

/** Where the choice is kept. */
const KEY = "inkling-language";

let current: Messages = en;

/** index.html's own words, kept when another language first takes their place. */
const originals = new Map<string, string>();

/** The messages of the language spoken now. */
export function t(): Messages {
  return current;
}

/** The language to begin with. */
export function preferred(): Language {
  const chosen = stored();
  if (chosen) return chosen;
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === "en" || tag === "ko");
  return known === "ko" ? "ko" : "en";
}

/** Speaks a language from now on, and next time where the browser keeps the choice. */
export async function speak(language: Language, keep: boolean): Promise<void> {
  const texts = language === "ko" ? await import("./ko") : { messages: en, page: null };
  current = texts.messages;
  document.documentElement.lang = language;
  translate(texts.page);
  if (keep) store(language);
}

/** Puts texts in the places that index.html marks; null: its own again. */
function translate(texts: PageTexts | null): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-t]")) {
    const key = element.dataset["t"] ?? "";
    element.textContent = text(key, element.textContent ?? "", texts);
  }
  for (const [attribute, marker] of ATTRIBUTES) {
    for (const element of document.querySelectorAll(`[${marker}]`)) {
      const key = element.getAttribute(marker) ?? "";
      element.setAttribute(attribute, text(key, element.getAttribute(attribute) ?? "", texts));
    }
  }
}

function text(key: string, shown: string, texts: PageTexts | null): string {
  if (!originals.has(key)) originals.set(key, shown);
  return texts?.[key] ?? originals.get(key) ?? shown;
}

function stored(): Language | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === "en" || value === "ko" ? value : null;
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
