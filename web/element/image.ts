/** Images that a page gives to be read. */

/** Returns an image's pixels; throws a TypeError or RangeError, a sentence, unless they are width*height numbers 0..255. */
export function pixelsOf(image: unknown, width: number, height: number): Uint8Array {
  const want = `want ${width * height} whole numbers from 0 to 255 (${width} by ${height} pixels), as a Uint8Array or an array`;
  const isList = Array.isArray(image) || (ArrayBuffer.isView(image) && !(image instanceof DataView));
  if (!isList) throw new TypeError(`inkling: an image: got ${typeNameOf(image)}, ${want}.`);
  const numbers = Array.from(image as ArrayLike<unknown>);
  if (numbers.length !== width * height) throw new RangeError(`inkling: an image: got ${numbers.length} values, ${want}.`);
  const bad = numbers.findIndex((ink) => !Number.isInteger(ink) || (ink as number) < 0 || (ink as number) > 255);
  if (bad >= 0) throw new RangeError(`inkling: an image: got ${String(numbers[bad])} at ${bad}, ${want}.`);
  return Uint8Array.from(numbers as number[]);
}

function typeNameOf(value: unknown): string {
  return typeof value === "object" && value !== null ? (value.constructor?.name ?? "an object") : String(value);
}
