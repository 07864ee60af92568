/** A pad's answer as embedders, tests and the views see it. */
import type { Answer, ModelInfo } from "../types";

/** A model, loaded. */
export interface Model {
  readonly name: string;
  /** Where its file lies; null for one that came from elsewhere. */
  readonly url: string | null;
  /** Size of its file, uncompressed. */
  readonly bytes: number;
  readonly info: ModelInfo;
}

/** The detail of the event inkling:prediction, and what window.inkling.predictImage resolves to. */
export interface Prediction {
  /** The top class; "" when nothing is drawn. */
  label: string;
  /** False below the model's threshold, and when nothing is drawn. None of the classes may be likelier still: see answerOf. */
  sure: boolean;
  /** The top class's probability, 0..1. */
  confidence: number;
  /** One for each class, 0..1. */
  probabilities: number[];
  classes: string[];
  /** Finished strokes on the pad. */
  strokes: number;
  /** False while a stroke is being drawn. */
  final: boolean;
  /** What the prediction took; 0 where the clock cannot tell. */
  ms: number;
  /** The model's name. */
  model: string;
}

/** Where a prediction comes from. */
export type Origin = Pick<Prediction, "strokes" | "final">;

/** Returns the prediction of an answer. */
export function predictionOf(answer: Answer, model: Model, origin: Origin): Prediction {
  const { confidence, sure, probabilities, ms } = answer;
  const classes = [...model.info.labels];
  const label = classes[answer.label] ?? "";
  return { label, sure, confidence, probabilities: [...probabilities], classes, ...origin, ms, model: model.name };
}

/** Returns the prediction for a pad on which nothing is drawn; classes are those of the model, none before it is there. */
export function emptyPrediction(name: string, model: Model | null, origin: Origin): Prediction {
  const classes = [...(model?.info.labels ?? [])];
  const probabilities = classes.map(() => 0);
  return { label: "", sure: false, confidence: 0, probabilities, classes, ...origin, ms: 0, model: name };
}
