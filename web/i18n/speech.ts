/** What one speaker says, the page or a pad: in a language, about what a model reads. */
import type { Kind } from "../types";
import { ENGLISH } from "./languages";
import type { Messages, Texts } from "./texts";
import type { Words } from "./words";

/** Attributes that hold words, and the attribute that names their key. */
const ATTRIBUTES = [["aria-label", "data-t-label"], ["title", "data-t-title"]] as const;

/** The words of index.html and pad.html, kept when another language first takes their place. */
const originals = new Map<string, string>();

/** A language and a kind of model, which may change. */
export class Speech {
  texts: Texts = ENGLISH;
  /** Whether only some of the model's classes count: a digit that does not count is none of these, but a digit. */
  isNarrowed = false;

  constructor(public kind: Kind = "digits") {}

  /** The messages of the language. */
  get messages(): Messages {
    return this.texts.messages;
  }

  /** Those that depend on what the model reads. */
  get words(): Words {
    const { words } = this.messages;
    return this.isNarrowed ? { ...words[this.kind], none: words.drawings.none } : words[this.kind];
  }

  /** Puts texts in the places below root that are marked for them; what says the same already is left alone. */
  translate(root: ParentNode): void {
    const said: Readonly<Record<string, string>> = { ...this.texts.page, ...this.words };
    const text = (key: string, shown: string): string => {
      if (!originals.has(key)) originals.set(key, shown);
      return said[key] ?? originals.get(key) ?? shown;
    };
    for (const element of root.querySelectorAll<HTMLElement>("[data-t]")) {
      const shown = element.textContent ?? "";
      const wanted = text(element.dataset["t"] ?? "", shown);
      if (wanted !== shown) element.textContent = wanted;
    }
    for (const [attribute, marker] of ATTRIBUTES) {
      for (const element of root.querySelectorAll(`[${marker}]`)) {
        const shown = element.getAttribute(attribute) ?? "";
        const wanted = text(element.getAttribute(marker) ?? "", shown);
        if (wanted !== shown) element.setAttribute(attribute, wanted);
      }
    }
  }
}
