/** A place on the pad, in units of 1/400 of its width, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Strokes, oldest first, each a list of points. */
export type Drawing = readonly (readonly Point[])[];

/** What the network says of a drawing. */
export interface Prediction {
  /** The top class of those accepted; "" when nothing is drawn. */
  label: string;
  /** False below the model's threshold, and when nothing is drawn. None of the classes may be likelier still: take the pad's value. */
  sure: boolean;
  /** The top class's probability, 0..1. */
  confidence: number;
  /** One for each class that is accepted, 0..1. */
  probabilities: number[];
  classes: string[];
  /** Finished strokes on the pad. */
  strokes: number;
  /** False while a stroke is being drawn. */
  final: boolean;
  /** What the prediction took, in milliseconds; 0 where the clock cannot tell. */
  ms: number;
  /** The model's name. */
  model: string;
}

/** The events, beside input (while one draws) and change (at a stroke's end); all bubble and leave shadow roots. */
export interface PadEventMap {
  /** A part of all bytes has come, 0..1. */
  "inkling:loading": CustomEvent<{ readonly progress: number }>;
  "inkling:ready": CustomEvent<{ readonly model: { readonly name: string } }>;
  /** The network could not be loaded, or has stopped for good; the reason is a sentence. */
  "inkling:error": CustomEvent<{ readonly reason: string }>;
  /** Live while one draws and after each finished stroke. */
  "inkling:prediction": CustomEvent<Prediction>;
}

/** How toBlob writes a drawing: black on white, 400 pixels across, unless said otherwise. */
export interface PictureOptions {
  /** PNG unless said otherwise; browsers that guard against tracking may falsify its pixels, never an SVG's. */
  readonly type?: "image/png" | "image/svg+xml";
  /** Width and height of a PNG, in pixels. */
  readonly side?: number;
  readonly ink?: string;
  /** "none" for none. */
  readonly paper?: string;
  /** Width of the pen, of 400. */
  readonly pen?: number;
}

/** <inkling-pad>: a pad with its tools and the answer, whose value belongs to a form. */
export declare class InklingPad extends HTMLElement {
  /** The answer: what is shown without a question mark; "" while there is none. Setting "" clears the pad; other values do nothing. */
  value: string;
  /** A copy of what is drawn; setting it throws a TypeError for anything but strokes. Undo brings back what was there. */
  get strokes(): Drawing;
  set strokes(drawing: Drawing);
  /** The latest prediction; null before the first one, and while there is no network. */
  readonly prediction: Prediction | null;
  readonly state: "loading" | "ready" | "error";
  /** The address of an .ink file; "": the model that comes with the element. */
  model: string;
  /** The tools to show, of undo, redo, clear, eraser and brush; null: all. */
  tools: string | null;
  /** The labels and ranges that count, such as "0-9 . ,"; "": all. */
  accept: string;
  name: string;
  required: boolean;
  readOnly: boolean;
  disabled: boolean;
  readonly type: string;
  readonly form: HTMLFormElement | null;
  readonly labels: NodeList;
  readonly validity: ValidityState;
  readonly validationMessage: string;
  readonly willValidate: boolean;
  checkValidity(): boolean;
  reportValidity(): boolean;
  clear(): void;
  undo(): void;
  redo(): void;
  /**
   * Reads what is on the pad, or an image of the model's input size: whole numbers row by row, 0 background to 255 ink.
   * Waits for the network; rejects with a sentence.
   */
  predict(image?: ArrayLike<number>): Promise<Prediction>;
  toBlob(options?: PictureOptions): Promise<Blob>;
}

/** The address of the worker's script, for a page that starts the worker before its first pad; see adopt. */
export declare const workerURL: string;

/**
 * Lets pads use a worker that the page has started, adopt(new Worker(workerURL)), before its first pad; one that comes
 * later, or fails, is given up.
 */
export declare function adopt(worker: Worker): void;

declare global {
  interface HTMLElementTagNameMap {
    "inkling-pad": InklingPad;
  }
  interface HTMLElementEventMap extends PadEventMap {}
  interface DocumentEventMap extends PadEventMap {}
}
