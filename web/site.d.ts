/**
 * What the build knows and the page does not: constants that it puts in place of
 * these names, and the module that it takes from the Go that compiled the wasm.
 */

/** One model of the site. */
interface SiteModel {
  /** Relative to index.html. */
  readonly url: string;
  /** Size uncompressed. */
  readonly bytes: number;
  /** Its card, see card.ts; "" where there is none. */
  readonly card: string;
  /** The addresses of the pictures that the card names. */
  readonly sheets: Readonly<Record<string, string>>;
}

/** The files of the site; addresses are relative to index.html. */
declare const INKLING_SITE: {
  readonly wasm: string;
  /** Size of the wasm binary uncompressed. */
  readonly wasmBytes: number;
  /** The script of the worker that Go runs in. */
  readonly worker: string;
  /** The binary that takes pictures and teaches symbols as well. */
  readonly pictures: string;
  /** The encoder of symbols of one's own, symbols.ink; "": the site has none. */
  readonly symbols: string;
  /** The name of the model that is used unless ?model= names another. */
  readonly defaultModel: string;
  readonly models: Readonly<Record<string, SiteModel>>;
  /** The site is being worked on: sources are watched and nothing is kept for offline use. */
  readonly watch: boolean;
};

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

/** In the element's script: what lies beside it. */
declare const INKLING_ELEMENT: {
  /** Changes whenever one of the files does. */
  readonly version: string;
  readonly wasmBytes: number;
  /** The name of the model in model.ink, and its size. */
  readonly model: string;
  readonly modelBytes: number;
};
