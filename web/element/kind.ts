/** What a model reads, as far as the page's words depend on it. */
import type { Kind, ModelInfo } from "../types";

/** Returns what a model reads. */
export function kindOf({ recipe, labels }: Pick<ModelInfo, "recipe" | "labels">): Kind {
  if (recipe === "picture") return "pictures";
  return labels.every((label) => /^\d$/.test(label)) ? "digits" : "drawings";
}
