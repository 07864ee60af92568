/** Images that a page gives to be read. */
import { emptyPrediction, predictionOf, type Prediction } from "./prediction";
import type { Reader } from "./reader";

/**
 * Reads an image of the model's input size, row by row, 0 background to 255 ink, without a recipe; the label of one
 * without ink is "". Waits for the network; rejects with a sentence for anything that is no such image.
 */
export async function predictImage(reader: Reader, image: unknown): Promise<Prediction> {
  const model = await reader.settled();
  const pixels = pixelsOf(image, model.info.width, model.info.height);
  const origin = { strokes: 0, final: true };
  if (pixels.every((ink) => ink === 0)) return emptyPrediction(model.name, model, origin);
  const answer = await reader.readPixels(pixels);
  return answer ? predictionOf(answer, model, origin) : predictImage(reader, pixels);
}

/** Returns an image's pixels; throws a TypeError or RangeError, a sentence, unless they are width*height numbers 0..255. */
export function pixelsOf(image: unknown, width: number, height: number): Uint8Array {
  const want = `want ${width * height} whole numbers from 0 to 255 (${width} by ${height} pixels), as a Uint8Array or an array`;
  const isList = Array.isArray(image) || (ArrayBuffer.isView(image) && !(image instanceof DataView));
  if (!isList) throw new TypeError(`inkling: an image: got ${typeNameOf(image)}, ${want}.`);
  const numbers = Array.from(image as ArrayLike<unknown>);
  if (numbers.length !== width * height) throw new RangeError(`inkling: an image: got ${numbers.length} values, ${want}.`);
  const bad = numbers.findIndex((ink) => !Number.isInteger(ink) || (ink as number) < 0 || (ink as number) > 255);
  if (bad >= 0) throw new RangeError(`inkling: an image: got ${String(numbers[bad])} at ${bad}, ${want}.`);
  const pixels = Uint8Array.from(numbers as number[]);
  if (pixels.includes(1) && pixels.every((ink) => ink <= 1)) throw new RangeError(`inkling: an image: got 0 and 1 alone, ${want}.`);
  return pixels;
}

function typeNameOf(value: unknown): string {
  if (typeof value === "string") return "a text";
  return typeof value === "object" && value !== null ? (value.constructor?.name ?? "an object") : String(value);
}
