/** A picture's pixels, read in a way that has been seen to be true. */
import type { Picture } from "../types";
import { headOf, kindOfContent } from "./content";
import { texts } from "./texts";

/** The longest side, in pixels, at which pictures are read; larger ones are scaled down first. */
const LONGEST = 1600;

/** Side of the pattern that a way of reading must give back exactly. */
const PATTERN = 16;

/** A way from a picture to its RGBA. */
type Way = (bitmap: ImageBitmap) => Promise<Uint8Array | Uint8ClampedArray>;

/** Side of a drawing of vectors that names no size. */
const USUAL = 800;

/** Pixels as they are: no alpha multiplied in. */
const PLAIN: ImageBitmapOptions = { premultiplyAlpha: "none", colorSpaceConversion: "default" };

/**
 * Opens a picture as it is meant to be seen (turned as its camera says), at most longest pixels long. Rejects where
 * this browser cannot. Whoever asks closes it: what the collector has not found yet takes four bytes for each pixel.
 */
export async function openPicture(source: Blob | ImageBitmap, longest = LONGEST): Promise<ImageBitmap> {
  if (!(source instanceof Blob)) return createImageBitmap(source, PLAIN);
  const head = await headOf(source);
  const isVectors = kindOfContent(head) === "svg";
  const image = new Image();
  image.src = URL.createObjectURL(isVectors ? new Blob([source], { type: "image/svg+xml" }) : source);
  try {
    await loaded(image);
    const { naturalWidth: width, naturalHeight: height } = image;
    if (isVectors) return drawn(image, Math.min(USUAL, longest));
    const scale = longest / Math.max(width, height);
    if (scale >= 1) return await createImageBitmap(source, PLAIN);
    const size = { resizeWidth: width * scale, resizeHeight: height * scale };
    return await shrunk(await decode(source, head, width, height, scale), size);
  } finally {
    URL.revokeObjectURL(image.src);
    image.removeAttribute("src");
  }
}

/** Resolves when an image's size is known, which its decode() would make all pixels for. */
function loaded(image: HTMLImageElement): Promise<unknown> {
  return new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = () => reject(new DOMException("no image", "EncodingError"));
  });
}

/**
 * Decodes a picture for a scale. JPEG can be decoded at eighths of its size, where browsers have a decoder of their
 * own: of 8000x8000 pixels the page's process then takes 160 MB at its peak, else 460.
 */
async function decode(file: Blob, head: Uint8Array, width: number, height: number, scale: number): Promise<ImageBitmap | VideoFrame> {
  const eighths = Math.ceil(8 * scale);
  if (typeof ImageDecoder !== "function" || head[0] !== 0xff || head[1] !== 0xd8) return createImageBitmap(file, PLAIN);
  const [desiredWidth, desiredHeight] = [whole((width * eighths) / 8), whole((height * eighths) / 8)];
  const decoder = new ImageDecoder({ data: file.stream(), type: "image/jpeg", desiredWidth, desiredHeight });
  try {
    return (await decoder.decode()).image;
  } finally {
    decoder.close();
  }
}

/** Scales a picture down and lets go of it. */
async function shrunk(full: ImageBitmap | VideoFrame, size: ImageBitmapOptions): Promise<ImageBitmap> {
  const [resizeWidth, resizeHeight] = [whole(size.resizeWidth ?? 1), whole(size.resizeHeight ?? 1)];
  try {
    return await createImageBitmap(full, { ...PLAIN, resizeWidth, resizeHeight, resizeQuality: "high" });
  } finally {
    full.close();
  }
}

/** Draws vectors on white paper: createImageBitmap takes no file of them, and scales an image of them to nothing. */
function drawn(image: HTMLImageElement, longest: number): ImageBitmap {
  const { naturalWidth, naturalHeight } = image;
  const scale = longest / Math.max(naturalWidth, naturalHeight);
  const [width, height] = [whole(naturalWidth * scale || longest), whole(naturalHeight * scale || longest)];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0, width, height);
  return canvas.transferToImageBitmap();
}

/** Returns a side in whole pixels. */
function whole(side: number): number {
  return Math.max(1, Math.round(side));
}

/** Returns the pixels of a picture; rejects with a sentence where no way of reading is true. */
export async function pixelsOf(bitmap: ImageBitmap): Promise<Picture> {
  const way = await (found ??= trueWay());
  if (!way) throw new Error(texts().falsified);
  return { width: bitmap.width, height: bitmap.height, rgba: await way(bitmap) };
}

/** What trueWay has found. */
let found: Promise<Way | undefined> | null = null;

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
    bitmap.close();
    return read.length === pattern.data.length && pattern.data.every((value, i) => value === read[i]);
  } catch {
    return false; // The browser lacks this way.
  }
}

/** How a camera was held, which a frame keeps beside its pixels: they are to be turned clockwise and then mirrored. */
interface Held {
  /** Absent where a browser has turned the pixels. */
  readonly rotation?: number;
  readonly flip?: boolean;
}

/** WebCodecs' copyTo, which no canvas guards. */
async function byFrame(bitmap: ImageBitmap): Promise<Uint8Array> {
  const frame: VideoFrame & Held = new VideoFrame(bitmap, { timestamp: 0 });
  try {
    const rgba = new Uint8Array(4 * bitmap.width * bitmap.height);
    const options: VideoFrameCopyToOptions & { format: VideoPixelFormat } = { format: "RGBA" };
    await frame.copyTo(rgba, options);
    return upright(rgba, bitmap, frame);
  } finally {
    frame.close();
  }
}

/** Returns pixels as they are meant to be seen, width by height; they lie as the camera was held. */
function upright(rgba: Uint8Array, { width, height }: ImageBitmap, { rotation = 0, flip = false }: Held): Uint8Array {
  if (rotation === 0 && !flip) return rgba;
  const from = new Uint32Array(rgba.buffer);
  const to = new Uint32Array(from.length);
  const lies = rotation % 180 !== 0;
  const [wide, high] = lies ? [height, width] : [width, height];
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const across = flip ? width - 1 - x : x;
      let [column, row] = lies ? [y, across] : [across, y];
      if (rotation === 180 || rotation === 270) column = wide - 1 - column;
      if (rotation === 90 || rotation === 180) row = high - 1 - row;
      to[at++] = from[row * wide + column] ?? 0;
    }
  }
  return new Uint8Array(to.buffer);
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
