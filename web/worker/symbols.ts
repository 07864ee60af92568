/**
 * Symbols of one's own, in the larger binary as well. This paragraph stands at both
 * ends, here and in wasm/symbols.go:
 *
 * There inklingGo also has symbols = {teach, remove, restore, move, rename, merge, renew,
 * save, drawing, alike}. load takes the file of an encoder, which begins an empty set, and
 * the file of a set with its examples, which goes on; its description then has symbols:
 * [{name, examples: [id]}]. Each call is about the model in use, and returns a string if it
 * cannot be done, which says why, and an Error after a panic. teach(strokes, name) makes the drawing in the buffers an
 * example of a symbol, a new one if none has the name, and returns its id; remove(id) takes
 * an example out, restore(id) brings it back, move(id, name) makes it one of another symbol,
 * and rename(from, to) gives a symbol another name: they return null. merge (Uint8Array of a
 * set's file) adds the examples of another set and returns their ids. Answers are those of
 * the set as it was until renew() makes its model the one in use, so that many edits make
 * one model; renew returns the description and moves image, answer and activations, as load
 * does. Until something has been taught, predict and predictImage return -1. save(keep)
 * returns the set's .ink file (Uint8Array) with nothing but what reads (0), with the
 * examples' features (1) or with the drawings as well (2); drawing(id) returns the strokes
 * of an example as {points, ends}, null if they are not kept; alike() returns {right, asked,
 * pairs: [{a, b, mistaken, of}]}: how many examples are read right by what the others teach,
 * and which symbols are taken for one another. These three change nothing.
 */
import type { Alike, ModelInfo, Packed } from "../types";

/** What Go sets as inklingGo.symbols. */
export interface SymbolSetUp {
  teach(strokes: number, name: string): number | string;
  remove(id: number): null | string;
  restore(id: number): null | string;
  move(id: number, name: string): null | string;
  rename(from: string, to: string): null | string;
  merge(file: Uint8Array): number[] | string;
  renew(): ModelInfo | string;
  save(keep: Keep): Uint8Array<ArrayBuffer> | string;
  drawing(id: number): Packed | null | string;
  alike(): Alike | string;
}

/** What a set's file holds beside what reads: nothing, so that it cannot be edited; the examples' features; their drawings, too. */
export type Keep = 0 | 1 | 2;

/**
 * What the page may ask of a set, in a program that runs the larger binary; each rejects with Go's text. Edits change no
 * answer before renew.
 */
export interface SymbolCalls {
  /** Makes a drawing an example of a symbol, which is new if none has the name, and returns its number. */
  teach(drawing: Packed, name: string): number;
  remove(id: number): void;
  /** Brings back an example that was removed. */
  restore(id: number): void;
  /** Makes an example one of another symbol. */
  move(id: number, name: string): void;
  rename(from: string, to: string): void;
  /** Adds the examples that a set's file holds, and returns their numbers. */
  merge(file: Uint8Array): readonly number[];
  /** Reads with the set as it is now, and returns what that is. */
  renew(): ModelInfo;
  /** Returns the set's .ink file. */
  save(keep: Keep): Uint8Array<ArrayBuffer>;
  /** Returns what was drawn for an example; null if that is not kept. */
  drawing(id: number): Packed | null;
  /** Tells which symbols are hard to tell apart. */
  alike(): Alike;
}
