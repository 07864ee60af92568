/** What the channels that come into a layer give to one channel that goes out: weight times activation. */
import type { LayerInfo } from "../types";

/**
 * Returns what each channel of a layer's input x gives to channel unit of its output y: the sum of weight
 * times activation over the places where y is not zero, over all places if it is zero everywhere.
 * For a Dense every value of x is a channel. The sum of what is returned, plus the bias once per place,
 * is the sum of y over these places, a ReLU included. kernel and values lie in Keras's order, channels
 * last; side is the shape of x, (height, width). A layer without weights gives nothing.
 */
export function contributions(
  { window, shape }: Pick<LayerInfo, "window" | "shape">,
  kernel: ArrayLike<number>,
  [x, y]: readonly [x: ArrayLike<number>, y: ArrayLike<number>],
  [height, width]: readonly [number, number],
  unit: number,
): Float32Array {
  if (kernel.length === 0) return new Float32Array();
  const units = shape.at(-1) ?? 1;
  const [rows = 1, columns = 1, down = 1, right = 1, top = 0, left = 0] = window;
  if (window.length === 0) return Float32Array.from({ length: x.length }, (_, i) => (x[i] ?? 0) * (kernel[i * units + unit] ?? 0));
  const channels = kernel.length / (rows * columns * units);
  const across = shape[1] ?? 1;
  const sums = new Float32Array(channels);
  for (const place of placesOf(y, units, unit)) {
    for (let at = 0; at < rows * columns; at++) {
      const row = Math.floor(place / across) * down - top + Math.floor(at / columns);
      const column = (place % across) * right - left + (at % columns);
      if (row < 0 || row >= height || column < 0 || column >= width) continue;
      for (let channel = 0; channel < channels; channel++) {
        const weight = kernel[(at * channels + channel) * units + unit] ?? 0;
        sums[channel] = (sums[channel] ?? 0) + weight * (x[(row * width + column) * channels + channel] ?? 0);
      }
    }
  }
  return sums;
}

/** The places where a channel is not zero; all if there is none. */
function placesOf(values: ArrayLike<number>, channels: number, channel: number): number[] {
  const all = Array.from({ length: values.length / channels }, (_, place) => place);
  const lit = all.filter((place) => values[place * channels + channel] !== 0);
  return lit.length > 0 ? lit : all;
}
