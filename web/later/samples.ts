/** Drawings to start from: digits that inkling's own generator wrote, and two things that are no digits. */
import type { Drawing } from "../history";
import { t } from "../i18n/language";
import { SIDE, type Pad } from "../pad";
import samples from "../samples.json";
import { make, svg } from "./dom";

/** How much of the pad a sample takes. */
const SHARE = 0.7;

/** Fills an empty list with a button a sample. */
export function fillSamples(root: HTMLElement, pad: Pad): void {
  if (root.dataset["language"] === t().language) return;
  root.dataset["language"] = t().language;
  root.replaceChildren(...samples.map(({ label, strokes }) => sampleButton(label, placed(strokes), root, pad)));
}

function sampleButton(label: string, drawing: Drawing, list: HTMLElement, pad: Pad): HTMLElement {
  const lines = drawing.map((stroke) => svg("polyline", { points: stroke.map(({ x, y }) => `${x},${y}`).join(" ") }));
  const button = make("button", "sample", svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, "aria-hidden": "true" }, ...lines));
  button.type = "button";
  button.setAttribute("aria-label", t().sample(label));
  button.addEventListener("click", () => {
    pad.replace(drawing);
    list.hidePopover();
  });
  return button;
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
