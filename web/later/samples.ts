/** Something to start from: digits or letters that inkling's own generator wrote and two things that are neither, or a model's pictures. */
import { t } from "../i18n/language";
import { failure } from "../page/version";
import { kindOf } from "../element/kind";
import { SIDE } from "../element/pad";
import type { Reader } from "../element/reader";
import samples from "../samples.json";
import type { Content, Drawing } from "../types";
import { make, svg } from "./dom";
import { texts } from "./texts";
import { tilesOf } from "./tiles";

/** How much of the pad a sample takes. */
const SHARE = 0.7;

/** Puts a sample on the pad. */
type Take = (content: Content) => void;

/** Fills a list with one button per sample, unless it holds those of the reader's model. */
export async function fillSamples(root: HTMLElement, reader: Reader, take: Take): Promise<void> {
  const held = `${t().language} ${reader.model?.url} ${reader.name}`;
  if (root.dataset["held"] === held) return;
  root.dataset["held"] = held;
  try {
    const buttons = await sampleButtons(root, reader, take);
    if (root.dataset["held"] === held) root.replaceChildren(...(buttons.length > 0 ? buttons : [texts().noSamples]));
  } catch (error) {
    root.dataset["held"] = "";
    root.replaceChildren(await failure(error));
  }
}

async function sampleButtons(root: HTMLElement, { model, modelBytes }: Reader, take: Take): Promise<HTMLElement[]> {
  const kind = model ? kindOf(model.info) : "digits";
  if (kind === "digits" || kind === "letters") {
    return [...samples[kind], ...samples.neither].map(({ label, strokes }) => {
      const drawing = placed(strokes);
      return sampleButton(root, label, lines(drawing), () => take({ strokes: drawing, picture: null }));
    });
  }
  const tiles = model && modelBytes ? await tilesOf(model) : [];
  return tiles.map(({ label, image, bitmap }) => {
    const picture = { source: bitmap, image, made: modelBytes ?? image, open: () => createImageBitmap(bitmap) };
    return sampleButton(root, label, painted(bitmap), () => take({ strokes: [], picture }));
  });
}

function sampleButton(list: HTMLElement, label: string, picture: Element, take: () => void): HTMLElement {
  const button = make("button", "sample", picture);
  button.type = "button";
  button.setAttribute("aria-label", texts().sample(label));
  button.addEventListener("click", () => {
    take();
    list.hidePopover();
  });
  return button;
}

function lines(drawing: Drawing): Element {
  const strokes = drawing.map((stroke) => svg("polyline", { points: stroke.map(({ x, y }) => `${x},${y}`).join(" ") }));
  return svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, "aria-hidden": "true" }, ...strokes);
}

function painted(bitmap: ImageBitmap): Element {
  const canvas = make("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  return canvas;
}

/** Strokes of numbers x, y, x, y, 0..100, in the middle of the pad. */
function placed(strokes: readonly (readonly number[])[]): Drawing {
  const scale = (SIDE * SHARE) / 100;
  const start = (SIDE * (1 - SHARE)) / 2;
  return strokes.map((numbers) =>
    Array.from({ length: numbers.length / 2 }, (_, i) => ({
      x: start + (numbers[2 * i] ?? 0) * scale,
      y: start + (numbers[2 * i + 1] ?? 0) * scale,
    })),
  );
}
