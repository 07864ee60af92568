/** Drawings as they are when nobody is in the middle of a stroke. */
import type { InklingPad } from "../element/inkling-pad";
import type { Drawing } from "../types";

/** Returns what is drawn as soon as no stroke is under way, as one may be when a second finger taps beside the pad. */
export async function drawn(pad: InklingPad): Promise<Drawing> {
  while (pad.isDrawing) await new Promise(requestAnimationFrame);
  return pad.strokes;
}
