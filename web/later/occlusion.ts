/**
 * Which ink speaks for an answer: patches of an image are emptied in turn and the
 * network is asked again (Zeiler & Fergus 2014, section 4.3).
 */

/** Side of a patch, in pixels. */
const PATCH = 3;

/**
 * The share of pixels with ink above which patches lie side by side instead of one
 * pixel apart: a picture then takes a ninth of the questions.
 */
const FULL = 0.35;

/** How many images are asked about in one call, so that live answers need not wait long. */
const PIECE = 32;

/** The network's probabilities for images, one after the other in both; undefined: it is gone. */
export type Ask = (images: Uint8Array) => Promise<Float32Array | undefined>;

/**
 * For each pixel with ink how much it speaks for the class label of a number of
 * classes, in log-odds, negative against; null when isStale or when the network is
 * gone. A pixel of the image is channels bytes, the first of them its ink. Works in pieces.
 */
export async function occlude(
  image: Uint8Array,
  [width, channels]: readonly [width: number, channels: number],
  [label, classes]: readonly [label: number, classes: number],
  ask: Ask,
  isStale: () => boolean,
): Promise<Float32Array | null> {
  const ink = image.filter((_, i) => i % channels === 0);
  const effect = new Float32Array(ink.length);
  const step = ink.filter((value) => value > 0).length > FULL * ink.length ? PATCH : 1;
  const all = [[], ...patches(ink, width, step)]; // the whole image first
  let whole = 0;
  for (let first = 0; first < all.length; first += PIECE) {
    const piece = all.slice(first, first + PIECE);
    const answers = await ask(emptied(image, channels, piece));
    if (!answers || isStale()) return null;
    piece.forEach((patch, i) => {
      const odds = logOdds(answers.subarray(i * classes, (i + 1) * classes), label);
      if (patch.length === 0) whole = odds;
      else share(effect, ink, patch, (whole - odds) * step * step);
    });
  }
  return effect;
}

/** An image once for each patch, with that patch emptied, one after the other. */
function emptied(image: Uint8Array, channels: number, all: readonly (readonly number[])[]): Uint8Array {
  const images = new Uint8Array(all.length * image.length);
  all.forEach((patch, n) => {
    images.set(image, n * image.length);
    for (const i of patch) images.fill(0, n * image.length + channels * i, n * image.length + channels * (i + 1));
  });
  return images;
}

/** All patches that hold ink, step pixels apart, as lists of pixels. */
function patches(ink: Uint8Array, width: number, step: number): number[][] {
  const height = ink.length / width;
  const all: number[][] = [];
  for (let top = step - PATCH; top < height; top += step) {
    for (let left = step - PATCH; left < width; left += step) {
      const patch: number[] = [];
      for (let y = Math.max(0, top); y < Math.min(height, top + PATCH); y++) {
        for (let x = Math.max(0, left); x < Math.min(width, left + PATCH); x++) patch.push(y * width + x);
      }
      if (patch.some((i) => ink[i])) all.push(patch);
    }
  }
  return all;
}

/** Gives each pixel of a patch its part of the change, by its ink. */
function share(effect: Float32Array, ink: Uint8Array, patch: readonly number[], change: number): void {
  const sum = patch.reduce((sum, i) => sum + (ink[i] ?? 0), 0);
  for (const i of patch) effect[i] = (effect[i] ?? 0) + (change * (ink[i] ?? 0)) / sum / PATCH;
}

/** log(p / (1 - p)) of a class, from all probabilities, since 1 - p is lost in rounding where p is near 1. */
function logOdds(probabilities: Float32Array, label: number): number {
  const least = 1e-12;
  const others = probabilities.reduce((sum, p, i) => (i === label ? sum : sum + p), 0);
  return Math.log(Math.max(probabilities[label] ?? 0, least)) - Math.log(Math.max(others, least));
}
