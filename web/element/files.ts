/** What a pad is made of beside its script: the worker's script, the binary and the model. */

/** A model's file. */
export interface ModelFile {
  readonly name: string;
  /** Where it lies; null for one that came from elsewhere. */
  readonly url: string | null;
  /** Its size, uncompressed; 0: not known. */
  readonly bytes: number;
}

/** The files that every pad of a page shares; addresses count from the page. */
export interface Files {
  /** The script of the worker that Go runs in; under a policy of trusted types what stands for it, which is used as a text. */
  readonly worker: string;
  readonly wasm: string;
  /** Size of the binary, uncompressed. */
  readonly wasmBytes: number;
}
