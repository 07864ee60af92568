/** Texts that depend on what the model reads. */
import type { Kind } from "../types";

/** What is said differently for what a model reads. Some stand in index.html, by these keys. */
export interface Words {
  readonly title: string;
  readonly tagline: string;
  /** The pad's name for those who do not see it. */
  readonly pad: string;
  /** On the empty pad; for drawings where the classes cannot be listed. */
  readonly invitation: string;
  readonly advice: string;
  /** In place of an answer, before there is one. */
  readonly nothing: string;
  /** The answer where the network is certain of none of the classes. */
  readonly none: string;
  readonly doubt: string;
  /** The sentence at the page's foot. */
  readonly promise: string;
}

/** The words for each kind of model. */
export type AllWords = Readonly<Record<Kind, Words>>;
