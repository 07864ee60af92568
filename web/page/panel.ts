/** What a panel is to the page. */
import type { Subject } from "../element/inkling-pad";
import type { Reader } from "../element/reader";

export type { Subject };

/** An open panel. */
export interface Panel {
  /** Shows a subject; called for every prediction while the panel is open. */
  show(subject: Subject): void;
}

/** Makes a panel in an empty element. */
export type PanelMaker = (root: HTMLElement, reader: Reader) => Panel;
