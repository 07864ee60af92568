/** Pictures on the pad: the larger binary finds their strokes, or fits them to a network that reads pictures. */
import { SIDE } from "../element/pad";
import type { Reader } from "../element/reader";
import { Session } from "../element/session";
import { t, words } from "../i18n/language";
import { sentence } from "../page/format";
import type { Drawing, Stroke } from "../types";
import type { Packed } from "../worker/calls";
import { openPicture, pixelsOf } from "./pixels";
import { texts } from "./texts";

/** How much of the pad the strokes of a picture take at most. */
const SHARE = 0.8;

/** What a picture became: strokes, none where no ink was found; or the network's input and what to show. The note says it. */
export type Found =
  | { readonly strokes: Drawing; readonly note: string }
  | { readonly strokes?: undefined; readonly image: Uint8Array; readonly bitmap: ImageBitmap; readonly note: string };

/** The binary that takes pictures. */
interface Running {
  readonly program: Session;
  readonly started: Promise<void>;
}

/** Null before the first picture; started again after its end. */
let running: Running | null = null;

/** Reads a picture for the reader's model. Rejects with a sentence. */
export async function readPicture(file: File, reader: Reader): Promise<Found> {
  const bitmap = await openPicture(file);
  const { program, started } = (running ??= start());
  const [picture] = await Promise.all([pixelsOf(bitmap), started]);
  const { model, modelBytes } = reader;
  if (!model || !modelBytes) throw new Error(t().notLoadedYet);
  await program.call("load", modelBytes);
  if (model.info.recipe === "drawing") {
    const strokes = onPad(unpack(await program.call("trace", picture)));
    return { strokes, note: strokes.length > 0 ? texts().traced : texts().noInkFound };
  }
  const image = await program.call("fit", picture);
  if (!image) throw new Error(texts().emptyPicture);
  return { image, bitmap, note: words().promise };
}

function start(): Running {
  const program = new Session(INKLING_SITE.worker, "pictures");
  const started = program.call("start", INKLING_SITE.pictures, "default");
  started.catch((error: unknown) => program.stop(sentence(error)));
  void program.ended.then(() => (running = null));
  return { program, started };
}

export function unpack({ points, ends }: Packed): Stroke[] {
  return Array.from(ends, (end, i) => {
    const stroke = [];
    for (let at = 2 * (ends[i - 1] ?? 0); at < 2 * end; at += 2) stroke.push({ x: points[at] ?? 0, y: points[at + 1] ?? 0 });
    return stroke;
  });
}

/** Returns strokes moved and scaled to the middle of the pad. */
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
