/** A training curve as a small picture. */
import { percent } from "../page/format";
import { make, svg } from "./dom";
import { texts } from "./texts";

/** The picture's size in its own unit. */
const WIDTH = 320;
const HEIGHT = 120;

/** The first part of the epochs, in which curves rise and jump: it may run out of the picture, lest the rest be flat. */
const EARLY = 0.2;

function late(values: readonly number[]): readonly number[] {
  return values.slice(Math.floor(EARLY * values.length));
}

/** The share of right answers by epoch, 0..1, on the training and the validation images. */
export function curve(training: readonly number[], validation: readonly number[]): HTMLElement {
  const [low, high] = [Math.min(...late(training), ...late(validation)), 1];
  const path = (values: readonly number[]) =>
    values.map((value, i) => {
      const x = (WIDTH * i) / Math.max(values.length - 1, 1);
      return `${i ? "L" : "M"}${x.toFixed(1)} ${((HEIGHT * (high - value)) / (high - low || 1)).toFixed(1)}`;
    }).join("");
  const said = `${texts().curve}: ${texts().training} ${percent(training.at(-1) ?? 0)}, ${texts().validation} ${percent(validation.at(-1) ?? 0)}`;
  const picture = svg(
    "svg",
    { viewBox: `-4 -4 ${WIDTH + 8} ${HEIGHT + 5}`, role: "img", "aria-label": said, class: "curve" },
    svg("path", { d: `M0 ${HEIGHT}H${WIDTH}M0 0H${WIDTH}`, class: "rule" }),
    svg("path", { d: path(training), class: "training" }),
    svg("path", { d: path(validation), class: "validation" }),
  );
  const legend = make("p", "legend", make("span", "training", texts().training), make("span", "validation", texts().validation));
  return make("figure", "curve", make("figcaption", "", `${texts().curve}, ${percent(low)} … ${percent(high)}`), picture, legend);
}
