/** A picture's pixels, read in a way that has been seen to be true. */
import type { Picture } from "../types";
import { texts } from "./texts";

/** The longest side, in pixels, at which pictures are read; larger ones are scaled down first. */
const LONGEST = 1600;

/** Side of the pattern that a way of reading must give back exactly. */
const PATTERN = 16;

/** A way from a picture to its RGBA. */
type Way = (bitmap: ImageBitmap) => Promise<Uint8Array | Uint8ClampedArray>;

/**
 * Opens a picture as it is meant to be seen (turned as its camera says), at most
 * LONGEST pixels long. Rejects with a sentence.
 */
export async function openPicture(file: File): Promise<ImageBitmap> {
  const options: ImageBitmapOptions = { premultiplyAlpha: "none", colorSpaceConversion: "default" };
  try {
    const whole = await createImageBitmap(file, options);
    const scale = LONGEST / Math.max(whole.width, whole.height);
    if (scale >= 1) return whole;
    const [resizeWidth, resizeHeight] = [whole.width * scale, whole.height * scale].map((side) => Math.max(1, Math.round(side)));
    return await createImageBitmap(whole, { ...options, resizeWidth, resizeHeight, resizeQuality: "high" } as ImageBitmapOptions);
  } catch {
    throw new Error(texts().noPicture(file.name));
  }
}

/** Returns the pixels of a picture; rejects with a sentence where no way of reading is true. */
export async function pixelsOf(bitmap: ImageBitmap): Promise<Picture> {
  const way = await trueWay();
  if (!way) throw new Error(texts().falsified);
  return { width: bitmap.width, height: bitmap.height, rgba: await way(bitmap) };
}

/** The first way that gives a known pattern back exactly: browsers that guard against tracking falsify some. */
async function trueWay(): Promise<Way | undefined> {
  for (const way of [byFrame, byCanvas]) {
    if (await isTrue(way)) return way;
  }
  return undefined;
}

async function isTrue(way: Way): Promise<boolean> {
  const pattern = new ImageData(PATTERN, PATTERN);
  pattern.data.forEach((_, i) => (pattern.data[i] = i % 4 === 3 ? 255 : (i * 73 + (i >> 4) * 151) % 256));
  try {
    const bitmap = await createImageBitmap(pattern, { premultiplyAlpha: "none", colorSpaceConversion: "none" });
    const read = await way(bitmap);
    return read.length === pattern.data.length && pattern.data.every((value, i) => value === read[i]);
  } catch {
    return false; // The browser lacks this way.
  }
}

/** WebCodecs' copyTo, which no canvas guards. */
async function byFrame(bitmap: ImageBitmap): Promise<Uint8Array> {
  const frame = new VideoFrame(bitmap, { timestamp: 0 });
  try {
    const rgba = new Uint8Array(4 * bitmap.width * bitmap.height);
    const options: VideoFrameCopyToOptions & { format: VideoPixelFormat } = { format: "RGBA" };
    await frame.copyTo(rgba, options);
    return rgba;
  } finally {
    frame.close();
  }
}

async function byCanvas(bitmap: ImageBitmap): Promise<Uint8ClampedArray> {
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
}
