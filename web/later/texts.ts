/** What the parts in this folder say, in the language spoken now. */
import { en } from "../i18n/en-later";
import { laterMessages } from "../i18n/language";
import type { LaterMessages } from "../i18n/texts";

/** Returns their messages; the page's own are t(). */
export function texts(): LaterMessages {
  return laterMessages() ?? en;
}
