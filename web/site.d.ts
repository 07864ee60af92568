/**
 * What the scripts find beside themselves: constants in the first lines of sw.js and of the element's script, which
 * internal/site writes, the module that the build takes from the Go that compiled the wasm, and texts of files.
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
  /** Called with the exit code when the program ends by itself or by a fatal error. */
  exit: (code: number) => void;
  /** Resolves when main has returned or the program has exited. */
  run(instance: WebAssembly.Instance): Promise<void>;
}

/** A style sheet's text, minified, with what it imports; build/styletext.go puts it there. */
declare module "*.css" {
  const text: string;
  export default text;
}

/** A file of HTML, as text. */
declare module "*.html" {
  const text: string;
  export default text;
}

/** In the element's script, by its first line: what lies beside it. */
declare const INKLING_ELEMENT: {
  /** Changes whenever one of the files does. */
  readonly version: string;
  readonly wasmBytes: number;
  /** The name of the model in model.ink, and its size. */
  readonly model: string;
  readonly modelBytes: number;
};
