/** A training curve as a small picture, with numbered axes. */
import { percent } from "../page/format";
import { make, svg } from "./dom";
import { texts } from "./texts";

/** The size of the curves in the picture's own unit, and what the numbers take beside and below. */
const [WIDTH, HEIGHT] = [320, 120];
const [BESIDE, BELOW] = [52, 20];

/** The first part of the epochs, in which curves rise and jump: they may leave the picture there, so that the rest is not flat. */
const EARLY = 0.2;

/** About how many numbers an axis has. */
const TICKS = 4;

function late(values: readonly number[]): readonly number[] {
  return values.slice(Math.floor(EARLY * values.length));
}

/** Returns the least value of curves after their first part. */
export function lowest(...curves: (readonly number[])[]): number {
  return Math.min(...curves.flatMap(late));
}

/** Returns round numbers in steps of 1, 2 or 5 times a power of ten: from the last one not above low to the first not below high. */
export function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
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
  const shares = ticks(lowest(training, validation), 1, TICKS);
  const low = shares[0] ?? 0;
  const [last, lastValidation] = [training, validation].map((values) => percent(values.at(-1) ?? 0));
  const said = `${texts().curve}: ${texts().training} ${last}, ${texts().validation} ${lastValidation}`;
  const clip = svg("clipPath", { id: "curve-clip" }, svg("rect", { x: 0, y: -2, width: WIDTH, height: HEIGHT + 4 }));
  const picture = svg(
    "svg",
    { viewBox: `${-BESIDE} -10 ${WIDTH + BESIDE + 10} ${HEIGHT + BELOW + 10}`, role: "img", "aria-label": said, class: "curve" },
    clip,
    ...shares.flatMap((share) => shareLine(share, (HEIGHT * (1 - share)) / (1 - low || 1))),
    ...epochsOf(training.length).map((epoch) => {
      const x = (WIDTH * (epoch - 1)) / Math.max(training.length - 1, 1);
      return text({ x, y: HEIGHT + BELOW - 4, "text-anchor": "middle" }, String(epoch));
    }),
    svg("g", { "clip-path": "url(#curve-clip)" },
      svg("path", { d: pathOf(training, low), class: "training" }),
      svg("path", { d: pathOf(validation, low), class: "validation" })),
  );
  const legend = make("p", "legend", make("span", "training", texts().training), make("span", "validation", texts().validation));
  return make("figure", "curve", make("figcaption", "", texts().curve), picture, legend);
}

/** The epochs that are numbered: the first and the round ones. */
function epochsOf(count: number): number[] {
  return [1, ...ticks(1, count, TICKS).filter((epoch) => epoch > 1 && epoch <= count && Number.isInteger(epoch))];
}

function shareLine(share: number, y: number): Element[] {
  return [svg("path", { d: `M0 ${y}H${WIDTH}`, class: "rule" }), text({ x: -6, y: y + 4, "text-anchor": "end" }, percent(share))];
}

function text(attributes: Readonly<Record<string, string | number>>, content: string): Element {
  const element = svg("text", attributes);
  element.textContent = content;
  return element;
}
