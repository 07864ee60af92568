/** Numbers and sentences in the language that the page speaks. */
import * as format from "../element/format";
import { t } from "../i18n/language";

export { count, NEAR, quoted, size } from "../element/format";

/** Returns a probability, 0..1, as "98.7 %"; 0 and 100 are written without the tenth. */
export const percent = (probability: number): string => format.percent(probability, t());

/** Returns the same for what is said of an answer: 99.9 at most. */
export const claim = (probability: number): string => format.claim(probability, t());

/** Returns the text of whatever was thrown, ended like a sentence. */
export const sentence = (error: unknown): string => format.sentence(error, t());
