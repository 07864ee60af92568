/** Sets to start from: figures that a generator draws, each a little different every time, as people do. */
import { SIDE } from "../../element/pad";
import type { Drawing, Point, Stroke } from "../../types";
import type { Named } from "./drawings";

/** How many drawings of each figure a set has. */
const DRAWINGS = 5;

/** The part of the pad that a figure takes. */
const SHARE = 0.6;

/** The figures of each set. */
export const READY = {
  arrows: ["left", "right", "up", "down"],
  shapes: ["circle", "square", "triangle", "star", "cross"],
  cards: ["hearts", "diamonds", "clubs", "spades"],
  notes: ["whole", "half", "quarter", "eighth"],
} as const;

/** A set's name. */
export type ReadySet = keyof typeof READY;

/** A figure's name. */
export type Figure = (typeof READY)[ReadySet][number];

/** Points x, y of a stroke in a square of 100, y down. */
type Outline = readonly (readonly [x: number, y: number])[];

const FIGURES: Readonly<Record<Figure, readonly Outline[]>> = {
  left: [[[95, 50], [5, 50]], [[38, 18], [5, 50], [38, 82]]],
  right: [[[5, 50], [95, 50]], [[62, 18], [95, 50], [62, 82]]],
  up: [[[50, 95], [50, 5]], [[18, 38], [50, 5], [82, 38]]],
  down: [[[50, 5], [50, 95]], [[18, 62], [50, 95], [82, 62]]],
  circle: [arc(50, 50, 45, 45, -90, 275)],
  square: [[[8, 8], [8, 92], [92, 92], [92, 8], [8, 8]]],
  triangle: [[[50, 8], [6, 90], [94, 90], [50, 8]]],
  star: [[[22, 95], [50, 5], [78, 95], [5, 38], [95, 38], [22, 95]]],
  cross: [[[10, 10], [90, 90]], [[90, 10], [10, 90]]],
  hearts: [[[50, 92], [22, 64], ...arc(28, 34, 23, 24, 150, 350), [50, 38], ...arc(72, 34, 23, 24, 190, 390), [78, 64], [50, 92]]],
  diamonds: [[[50, 3], [84, 50], [50, 97], [16, 50], [50, 3]]],
  clubs: [
    arc(50, 25, 19, 19, 90, 450), arc(27, 56, 19, 19, 0, 360), arc(73, 56, 19, 19, 180, 540), [[50, 50], [50, 95]], [[34, 95], [66, 95]],
  ],
  spades: [
    [[50, 4], [24, 36], ...arc(30, 54, 21, 18, 220, 20), [50, 60], ...arc(70, 54, 21, 18, 160, -40), [76, 36], [50, 4]],
    [[50, 58], [50, 96]], [[34, 96], [66, 96]],
  ],
  whole: [arc(50, 50, 44, 27, -90, 275)],
  half: [arc(34, 82, 22, 15, 0, 365), [[56, 82], [56, 4]]],
  quarter: [scribble(34, 82), [[56, 82], [56, 4]]],
  eighth: [scribble(30, 82), [[52, 82], [52, 4], [64, 22], [80, 32], [78, 52]]],
};

/** Returns the drawings of a set, the same every time; names are the figures' names to people. */
export function readySet(set: ReadySet, names: Readonly<Record<Figure, string>>): Named[] {
  const random = generator(set.length);
  return READY[set].flatMap((figure) =>
    Array.from({ length: DRAWINGS }, () => ({ name: names[figure], strokes: drawn(FIGURES[figure], random) })),
  );
}

/** Draws a figure as a hand would: leaning, narrower or wider, its corners not quite where they should be. */
function drawn(outlines: readonly Outline[], random: () => number): Drawing {
  const about = (middle: number, spread: number) => middle + spread * (2 * random() - 1);
  const [turn, lean, width, height] = [about(0, 0.12), about(0, 0.12), about(1, 0.15), about(1, 0.15)];
  const place = ([x, y]: readonly [number, number]): Point => {
    const [across, down] = [(x - 50 + about(0, 2)) * width + lean * (y - 50), (y - 50 + about(0, 2)) * height];
    const scale = (SHARE * SIDE) / 100;
    return { x: SIDE / 2 + scale * (across - turn * down), y: SIDE / 2 + scale * (down + turn * across) };
  };
  return outlines.map((outline): Stroke => outline.map(place));
}

/** Points of an ellipse, from one angle to another, in degrees, clockwise from the right. */
function arc(x: number, y: number, width: number, height: number, from: number, to: number): Outline {
  const steps = Math.ceil(Math.abs(to - from) / 15);
  return Array.from({ length: steps + 1 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / steps) * Math.PI) / 180;
    return [x + width * Math.cos(angle), y + height * Math.sin(angle)] as const;
  });
}

/** A note's head filled in by hand. */
function scribble(x: number, y: number): Outline {
  const across = [4, -4, 2, -2].flatMap((down, i): Outline => {
    const side = i % 2 ? 18 : -18;
    return [[x + side, y + down], [x - side, y + down + 2]];
  });
  return [...arc(x, y, 22, 14, 0, 360), ...across];
}

/** Numbers 0..1, the same for the same seed (Marsaglia 2003, xorshift). */
function generator(seed: number): () => number {
  let state = 0x9e3779b9 ^ seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
