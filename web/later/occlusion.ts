/**
 * Which ink speaks for an answer: patches of an image are emptied in turn and the
 * network is asked again (Zeiler & Fergus 2014, section 4.3).
 */

/** Side of a patch, in pixels. */
const PATCH = 3;

/** How long, in ms, one piece of the work may take, so that no frame is late. */
const PIECE = 8;

/** The network's probabilities for an image; undefined: it is gone. */
export type Ask = (image: Uint8Array) => readonly number[] | undefined;

/**
 * For each pixel with ink how much it speaks for a class, in log-odds, negative
 * against; null when isStale or when the network is gone. Works in pieces.
 */
export async function occlude(
  image: Uint8Array,
  width: number,
  label: number,
  ask: Ask,
  isStale: () => boolean,
): Promise<Float32Array | null> {
  const effect = new Float32Array(image.length);
  const whole = logOdds(ask(image), label);
  let started = performance.now();
  for (const patch of patches(image, width)) {
    if (performance.now() - started > PIECE) {
      await new Promise((resolve) => setTimeout(resolve));
      started = performance.now();
    }
    if (isStale()) return null;
    const without = image.slice();
    for (const i of patch) without[i] = 0;
    const change = whole - logOdds(ask(without), label);
    if (!Number.isFinite(change)) return null;
    share(effect, image, patch, change);
  }
  return effect;
}

/** All patches that hold ink, as lists of pixels. */
function patches(image: Uint8Array, width: number): number[][] {
  const height = image.length / width;
  const all: number[][] = [];
  for (let top = 1 - PATCH; top < height; top++) {
    for (let left = 1 - PATCH; left < width; left++) {
      const patch: number[] = [];
      for (let y = Math.max(0, top); y < Math.min(height, top + PATCH); y++) {
        for (let x = Math.max(0, left); x < Math.min(width, left + PATCH); x++) patch.push(y * width + x);
      }
      if (patch.some((i) => image[i])) all.push(patch);
    }
  }
  return all;
}

/** Gives each pixel of a patch its part of the change, by its ink. */
function share(effect: Float32Array, image: Uint8Array, patch: readonly number[], change: number): void {
  const ink = patch.reduce((sum, i) => sum + (image[i] ?? 0), 0);
  for (const i of patch) effect[i] = (effect[i] ?? 0) + (change * (image[i] ?? 0)) / ink / PATCH;
}

/** log(p / (1 - p)) of a class, from all probabilities, since 1 - p is lost in rounding where p is near 1. */
function logOdds(probabilities: readonly number[] | undefined, label: number): number {
  if (!probabilities) return NaN;
  const least = 1e-12;
  const others = probabilities.reduce((sum, p, i) => (i === label ? sum : sum + p), 0);
  return Math.log(Math.max(probabilities[label] ?? 0, least)) - Math.log(Math.max(others, least));
}
