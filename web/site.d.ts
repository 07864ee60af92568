/**
 * What the scripts find beside themselves: constants in the first line of sw.js, which
 * internal/site writes, and the module that the build takes from the Go that compiled the wasm.
 */

/** In sw.js: the files to keep for offline use, relative to sw.js; "./" is index.html. */
declare const INKLING_PRECACHE: readonly string[];

/** In sw.js: changes whenever one of these files does. */
declare const INKLING_VERSION: string;

/** Go's own wasm_exec.js; it sets globalThis.Go. */
declare module "wasm_exec" {}

/** The Go runtime's host, set by wasm_exec.js. */
declare class Go {
  readonly importObject: WebAssembly.Imports;
  argv: string[];
  env: Record<string, string>;
  /** Resolves when main has returned or the program has exited. */
  run(instance: WebAssembly.Instance): Promise<void>;
}
