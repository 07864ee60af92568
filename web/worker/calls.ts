/** The messages between the page (element/program.ts) and the worker (main.ts). */
import type { Problem } from "../fetch";
import type { Answer, ModelInfo, Packed, Picture } from "../types";
import type { CorrectionCalls } from "./corrections";
import type { SymbolCalls } from "./symbols";

/** What the worker passes on to Go, about the model of who calls; bridge.ts says what each does. */
export interface GoCalls extends SymbolCalls, CorrectionCalls {
  predict(drawing: Packed): Answer | null;
  predictImage(pixels: Uint8Array): Answer;
  probabilities(images: Uint8Array): Float32Array;
  restroke(drawing: Packed): Uint8Array<ArrayBuffer> | null;
  activations(pixels: Uint8Array): Float32Array[];
  weights(layer: number): Float32Array;
  trace(picture: Picture): Packed;
  fit(picture: Picture): Uint8Array<ArrayBuffer> | null;
}

/** What the page may call. */
export interface Calls extends GoCalls {
  /**
   * Runs the program at an address, unless it runs already: before all others but fetch. What is called meanwhile waits
   * until it runs.
   */
  start(url: string, cache: RequestCache): void;
  /** Returns a file's content. */
  fetch(url: string, cache: RequestCache): Uint8Array<ArrayBuffer>;
  /**
   * Makes a file's bytes the model of who calls; throws Go's text for a bad one, returns how many multiplications an
   * answer would take if those are too many, and the old model stays.
   */
  load(file: Uint8Array): ModelInfo | number;
  /** Lets go of the model of who calls. */
  leave(): void;
}

/** A call: its number, its name, the number of who calls, and the arguments. */
export type Call<K extends keyof Calls = keyof Calls> = readonly [id: number, name: K, caller: number, ...args: Parameters<Calls[K]>];

/** What becomes of a call, or of the program. */
export type Reply =
  | { readonly id: number; readonly value: unknown }
  /** A file did not come. */
  | { readonly id: number; readonly problem: Problem; readonly url: string; readonly status: number }
  | { readonly id: number; readonly error: string; /** Go has not refused, so it may be dead. */ readonly dead: boolean }
  /** How much has come of a file that start or fetch fetches. */
  | { readonly url: string; readonly bytes: number }
  /** A call that takes its time goes on. */
  | { readonly alive: true }
  | { readonly ended: string };
