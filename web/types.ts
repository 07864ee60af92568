/** What the page and its worker talk about: strokes, pictures, models and answers. */

/** A place on the pad, in CSS pixels of its own, y down. */
export interface Point {
  readonly x: number;
  readonly y: number;
  /** Of a stroke's first point: the stroke was found in a picture, and nobody knows which way it was drawn. */
  readonly traced?: true;
}

/** One stroke: its points in the order drawn. */
export type Stroke = readonly Point[];

/** Finished strokes, oldest first. */
export type Drawing = readonly Stroke[];

/** A picture on the pad as it is, for a model that reads pictures. */
export interface Shown {
  /** What was given: a file, or pixels. */
  readonly source: Blob | ImageBitmap;
  /** What the network reads of it: row by row, 0..255. */
  readonly image: Uint8Array;
  /** The file of the model that image was made for. */
  readonly made: Uint8Array;
  /** Returns it to be seen, in pixels that whoever asks lets go of. */
  open(): Promise<ImageBitmap>;
}

/** What is on the pad: strokes, or a picture. */
export interface Content {
  readonly strokes: Drawing;
  readonly picture: Shown | null;
}

/** What a model reads, as far as the page's words depend on it: drawn digits, the letters of the alphabet, other drawings, or pictures. */
export type Kind = "digits" | "letters" | "drawings" | "pictures";

/**
 * A drawing as it travels: x, y pairs of all points, and each stroke's end, counted in points from the start; its highest
 * bit says that the stroke was found in a picture.
 */
export interface Packed {
  readonly points: Float32Array;
  readonly ends: Uint32Array;
}

/** What the page needs to know of the loaded model. */
export interface ModelInfo {
  /** The classes' names, in the order of the probabilities. */
  readonly labels: readonly string[];
  /** The network's input, in pixels. */
  readonly width: number;
  readonly height: number;
  /** How many values a pixel has: the ink and, by recipe writing, how the pen went. */
  readonly channels: number;
  /** How drawings become the network's input; see internal/ink. */
  readonly recipe: "drawing" | "writing" | "picture";
  /** The part of the image that drawings are fitted into, 0..1; 0 for pictures. */
  readonly box: number;
  readonly parameters: number;
  /** Below this confidence an answer is not sure; 0: every answer is sure. */
  readonly threshold: number;
  readonly layers: readonly LayerInfo[];
  /** Of a set that can be edited: its symbols, in the order in which they came. */
  readonly symbols?: readonly SymbolInfo[];
}

/** A symbol of one's own and the numbers of its examples, oldest first. */
export interface SymbolInfo {
  readonly name: string;
  readonly examples: readonly number[];
}

/** How well a set tells its symbols apart, each example read by what the others teach; symbols of one example are not asked about. */
export interface Alike {
  readonly right: number;
  readonly asked: number;
  /** Symbols taken for one another, the most mistaken first; mistaken and of count their examples. */
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly mistaken: number; readonly of: number }[];
}

/** One layer of a network and the shape of what it makes of one image: (units) or (height, width, channels). */
export interface LayerInfo {
  /** By the .ink file, and by Keras, which people know. */
  readonly kind: string;
  readonly class: string;
  readonly shape: readonly number[];
  /** Where its kernel lies in Go's memory; 0: it has none. */
  readonly weights: number;
  /** Of a Conv2D: the window's height and width, its vertical and horizontal stride, and the zeros above and on the left; else empty. */
  readonly window: readonly number[];
}

/** A picture: width*height pixels, row by row, four bytes each: red, green, blue, alpha. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

/** What the network says of a drawing. */
export interface Answer {
  /** Index into ModelInfo.labels of the largest probability. */
  readonly label: number;
  /** That probability, 0..1. */
  readonly confidence: number;
  /** Whether confidence reaches the model's threshold. */
  readonly sure: boolean;
  /** One per label, 0..1. */
  readonly probabilities: readonly number[];
  /** What the network saw: width*height*channels bytes, row by row, 0 background..255 ink; a pixel begins with its ink. */
  readonly image: Uint8Array<ArrayBuffer>;
  /** Milliseconds from points to probabilities; 0 below the clock's step. */
  readonly ms: number;
}

/** What a drawing that was put right is taken for: labels by their index, by the network alone and with all corrections. */
export interface Corrected {
  readonly before: number;
  readonly wasSure: boolean;
  readonly after: number;
  readonly sure: boolean;
}
