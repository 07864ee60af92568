/** The field for a symbol's name. */
import { make } from "../dom";

/** The longest name that a field takes, in UTF-16 units: 255 bytes of UTF-8 at most. */
const LONGEST = 80;

/** Makes an empty field. */
export function nameInput(): HTMLInputElement {
  const field = make("input");
  field.maxLength = LONGEST;
  field.autocomplete = "off";
  // A name is the same the next time: phones begin each field with a capital letter, and correct.
  field.autocapitalize = "none";
  field.spellcheck = false;
  field.setAttribute("autocorrect", "off");
  field.enterKeyHint = "done";
  return field;
}
