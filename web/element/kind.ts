/** What a model reads, as far as the page's words depend on it. */
import type { Kind, ModelInfo } from "../types";

/** The classes of a model of letters, in either case. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Returns what a model reads. */
export function kindOf({ recipe, labels }: Pick<ModelInfo, "recipe" | "labels">): Kind {
  if (recipe === "picture") return "pictures";
  if (labels.length > 0 && labels.every((label) => /^\d$/.test(label))) return "digits";
  return labels.join("").toUpperCase() === ALPHABET ? "letters" : "drawings";
}
