/** What a model reads, as far as the page's words depend on it. */
import type { ModelInfo } from "./bridge";

/** Drawn digits, other drawings, or pictures. */
export type Kind = "digits" | "drawings" | "pictures";

/** What a model reads. */
export function kindOf({ recipe, labels }: Pick<ModelInfo, "recipe" | "labels">): Kind {
  if (recipe === "picture") return "pictures";
  return labels.every((label) => /^\d$/.test(label)) ? "digits" : "drawings";
}
