/** A training curve as a small picture. */
import { percent } from "../page/format";
import { make, svg } from "./dom";
import { texts } from "./texts";

/** The picture's size in its own unit. */
const WIDTH = 320;
const HEIGHT = 120;

/** The first part of the epochs, in which curves rise and jump: they may leave the picture there, so that the rest is not flat. */
const EARLY = 0.2;

function late(values: readonly number[]): readonly number[] {
  return values.slice(Math.floor(EARLY * values.length));
}

/** Returns the least value of curves after their first part: the lower edge of their picture, whose upper one is 1. */
export function lowest(...curves: (readonly number[])[]): number {
  return Math.min(...curves.flatMap(late));
}

/** Returns the d of an SVG path through values, evenly from left to right; low is the value at the lower edge. */
export function pathOf(values: readonly number[], low: number): string {
  const points = values.map((value, i) => {
    const x = (WIDTH * i) / Math.max(values.length - 1, 1);
    const y = (HEIGHT * (1 - value)) / (1 - low || 1);
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  });
  return points.length > 0 ? `M${points.join("L")}` : "";
}

/** Draws the share of right answers by epoch, 0..1, on the training and the validation images. */
export function curve(training: readonly number[], validation: readonly number[]): HTMLElement {
  const low = lowest(training, validation);
  const [last, lastValidation] = [training, validation].map((values) => percent(values.at(-1) ?? 0));
  const said = `${texts().curve}: ${texts().training} ${last}, ${texts().validation} ${lastValidation}`;
  const picture = svg(
    "svg",
    { viewBox: `-4 -4 ${WIDTH + 8} ${HEIGHT + 5}`, role: "img", "aria-label": said, class: "curve" },
    svg("path", { d: `M0 ${HEIGHT}H${WIDTH}M0 0H${WIDTH}`, class: "rule" }),
    svg("path", { d: pathOf(training, low), class: "training" }),
    svg("path", { d: pathOf(validation, low), class: "validation" }),
  );
  const legend = make("p", "legend", make("span", "training", texts().training), make("span", "validation", texts().validation));
  return make("figure", "curve", make("figcaption", "", `${texts().curve}, ${percent(low)} … ${percent(1)}`), picture, legend);
}
