/** What a panel is to the page. */
import type { Answer, Drawing } from "../types";
import type { Prediction } from "./prediction";
import type { Reader } from "./reader";

/** What a panel looks at: the drawing and what was read in it. */
export interface Subject {
  readonly strokes: Drawing;
  readonly prediction: Prediction;
  /** Null: nothing is drawn. */
  readonly answer: Answer | null;
}

/** An open panel. */
export interface Panel {
  /** Shows a subject; called for every prediction while the panel is open. */
  show(subject: Subject): void;
}

/** Makes a panel in an empty element. */
export type PanelMaker = (root: HTMLElement, reader: Reader) => Panel;
