/**
 * Answers that somebody puts right, in the larger binary as well. This paragraph stands at
 * both ends, here and in wasm/putright.go:
 *
 * There inklingGo also has corrections = {begin, add, stand, answers}, about the model in use.
 * begin(Uint8Array of the model's file, Uint8Array of its .near file) makes it answer with
 * corrections, of which there are none yet; add(strokes, label) takes the drawing in the
 * buffers for the class with that index; stand(strokes, label) takes it as one whose answer was
 * left standing; each returns null, a string that says why not, or an Error after a panic.
 * answers() returns what the drawings are taken for, in their order: [{before, wasSure,
 * after, sure}], before by the network alone, after with all corrections. predict and
 * predictImage answer with them from then on, until the model is dropped.
 */
import type { Corrected, Packed } from "../types";

/** What Go sets as inklingGo.corrections. */
export interface CorrectionSetUp {
  begin(model: Uint8Array, near: Uint8Array): null | string;
  add(strokes: number, label: number): null | string;
  stand(strokes: number, label: number): null | string;
  answers(): Corrected[] | string;
}

/** What the page may ask of a model that answers with corrections; each rejects with Go's text. */
export interface CorrectionCalls {
  /** Has the model, whose file this is, answer with corrections, of which there are none yet. */
  beginCorrections(model: Uint8Array, near: Uint8Array): void;
  /** Takes a drawing for the class with an index. */
  correct(drawing: Packed, label: number): void;
  /** Takes a drawing that was answered with the class with an index, and not put right. */
  leaveStanding(drawing: Packed, label: number): void;
  /** Returns what the drawings are taken for, in their order. */
  corrected(): readonly Corrected[];
}
