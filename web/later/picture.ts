/** Pictures on the pad: the larger binary finds their strokes, or fits them to a network that reads pictures. */
import { SIDE } from "../element/pad";
import type { Reader } from "../element/reader";
import { tracedStroke } from "../element/stroke";
import { Session } from "../element/session";
import { t } from "../i18n/language";
import { SITE } from "../page/site";
import type { Content, Drawing, Stroke } from "../types";
import type { Packed } from "../types";
import { openPicture, pixelsOf } from "./pixels";

/** How much of the pad the strokes of a picture take at most. */
const SHARE = 0.8;

/** What the pad shows a picture at, in pixels at most. */
const SEEN = 800;

/** The binary that takes pictures. */
interface Running {
  readonly program: Session;
  readonly started: Promise<void>;
}

/** Null before the first picture; started again after its end. */
let running: Running | null = null;

/**
 * Makes of a picture what the reader's model reads: its strokes, or the picture as it is; null where it shows nothing.
 * Rejects with a sentence.
 */
export async function readPicture(source: Blob | ImageBitmap, reader: Reader): Promise<Content | null> {
  const bitmap = await openPicture(source);
  try {
    const { program, started } = (running ??= start());
    const [pixels] = await Promise.all([pixelsOf(bitmap), started]);
    await reader.ready();
    const { model, modelBytes } = reader;
    if (!model || !modelBytes) throw new Error(t().notLoadedYet);
    // Both calls at once: no other picture's model may come between.
    const loaded = program.call("load", modelBytes);
    const isTraced = model.info.recipe !== "picture";
    const [found] = await Promise.all([isTraced ? program.call("trace", pixels) : program.call("fit", pixels), loaded]);
    if (modelBytes !== reader.modelBytes) return await readPicture(source, reader); // Another model has come meanwhile.
    if (!found) return null;
    if (found instanceof Uint8Array) {
      const kept = source instanceof File ? await copyOf(source) : source;
      return { strokes: [], picture: { source: kept, image: found, made: modelBytes, open: () => openPicture(kept, SEEN) } };
    }
    const strokes = onPad(unpack(found)).map(tracedStroke);
    return strokes.length > 0 ? { strokes, picture: null } : null;
  } finally {
    bitmap.close();
  }
}

/** Returns a file's content by itself: the file may be changed, moved or deleted while its picture is on the pad. */
async function copyOf(file: File): Promise<Blob> {
  return new Blob([await file.arrayBuffer()], { type: file.type });
}

function start(): Running {
  const program = new Session(SITE.worker, "pictures");
  const started = program.call("start", SITE.pictures, "default");
  started.catch((error: Error) => program.stop(error));
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
