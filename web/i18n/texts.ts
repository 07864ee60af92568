/** What every language brings. */
import type { en } from "./en";
import type { en as enForm } from "./en-form";
import type { en as enLater } from "./en-later";

/** The sentences and words that the page says before anything is fetched on demand. */
export type Messages = typeof en;

/** Those of the parts in web/later. */
export type LaterMessages = typeof enLater;

/** Those of pads on others' pages. */
export type FormMessages = typeof enForm;

/** The fixed texts of index.html and pad.html, by the keys of its data-t attributes. */
export type PageTexts = Readonly<Record<PageKey, string>>;

/** The keys that do not depend on what the model reads; those that do are in Words. */
type PageKey =
  | "allBars" | "answer" | "barsTab" | "brush" | "brushTitle" | "camera" | "chooseFile" | "chooseTitle" | "clear" | "clearTitle"
  | "closer" | "compareTab" | "digits" | "dropHint" | "eraser" | "eraserTitle" | "fetching" | "fingersToo"
  | "help" | "helpTitle" | "present" | "presentTitle"
  | "keysDraw" | "language" | "layersTab" | "letters" | "licences"
  | "modelWord"
  | "picture" | "pictureTitle" | "reads" | "redo" | "redoTitle" | "retry" | "samples"
  | "samplesTitle" | "seen" | "sheet" | "stepsTitle" | "symbols" | "tools" | "undo" | "undoTitle" | "why"
  | "width" | "wrong";

/** A language's texts. */
export interface Texts {
  readonly messages: Messages;
  /** Null: what speaks English brings its own. */
  readonly later: LaterMessages | null;
  /** Null, as well. */
  readonly form: FormMessages | null;
  /** Null: index.html's own. */
  readonly page: PageTexts | null;
}
