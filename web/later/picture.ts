/** Pictures on the pad: the larger binary finds their strokes, or fits them to a network that reads pictures. */
import { Bridge, type Stroke } from "../bridge";
import { fetchCounted } from "../fetch";
import type { Drawing } from "../history";
import { t, words } from "../i18n/language";
import { SIDE } from "../pad";
import type { Reader } from "../reader";
import { openPicture, pixelsOf } from "./pixels";
import { texts } from "./texts";

/** How much of the pad the strokes of a picture take at most. */
const SHARE = 0.8;

/** What a picture became: strokes, none where no ink was found; or the network's input and what to show. The note says it. */
export type Found =
  | { readonly strokes: Drawing; readonly note: string }
  | { readonly strokes?: undefined; readonly image: Uint8Array; readonly bitmap: ImageBitmap; readonly note: string };

/** The binary that takes pictures, once it runs; started anew after its end. */
let running: Promise<Bridge> | null = null;

/** Reads a picture for the reader's model. Rejects with a sentence. */
export async function readPicture(file: File, reader: Reader): Promise<Found> {
  const bitmap = await openPicture(file);
  const [picture, bridge] = await Promise.all([pixelsOf(bitmap), start()]);
  const { model, modelBytes } = reader;
  if (!model || !modelBytes) throw new Error(t().notLoadedYet);
  bridge.load(modelBytes);
  if (model.info.recipe === "drawing") {
    const strokes = onPad(bridge.trace(picture));
    return { strokes, note: strokes.length > 0 ? texts().traced : texts().noInkFound };
  }
  const image = bridge.fit(picture);
  if (!image) throw new Error(texts().emptyPicture);
  return { image, bitmap, note: words().promise };
}

function start(): Promise<Bridge> {
  running ??= Bridge.start(fetchCounted(INKLING_SITE.pictures, "default", () => {}));
  running.then((bridge) => bridge.exited).catch(() => {}).then(() => (running = null));
  return running;
}

/** Strokes moved and scaled to the middle of the pad. */
export function onPad(strokes: readonly Stroke[]): Drawing {
  const points = strokes.flat();
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = (SHARE * SIDE) / Math.max(right - left, bottom - top, 1);
  return strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({
      x: SIDE / 2 + (x - (left + right) / 2) * scale,
      y: SIDE / 2 + (y - (top + bottom) / 2) * scale,
    })),
  );
}
