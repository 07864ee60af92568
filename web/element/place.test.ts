import assert from "node:assert/strict";
import { test } from "node:test";
import type { Point } from "../types";
import { PLACES, placeOn } from "./place";

/** A way of looking at a sheet: rows of a matrix for (x, y, 1), the last of which is what x and y are divided by. */
type View = readonly [readonly number[], readonly number[], readonly number[]];

function see(view: View, { x, y }: Point): Point {
  const [right = 0, down = 0, depth = 1] = view.map(([a = 0, b = 0, c = 0]) => a * x + b * y + c);
  return { x: right / depth, y: down / depth };
}

const flat = [0, 0, 1];

test("a point lies where it was put, however the sheet is seen", () => {
  const views: [name: string, view: View][] = [
    ["plain", [[300, 0, 20], [0, 300, 30], flat]],
    ["stretched", [[900, 0, 20], [0, 150, 30], flat]],
    ["mirrored", [[-300, 0, 320], [0, 300, 30], flat]],
    ["upside down", [[-300, 0, 320], [0, -300, 330], flat]],
    ["turned", [[260, -150, 200], [150, 260, 30], flat]],
    ["a quarter turn", [[0, -300, 320], [300, 0, 30], flat]],
    ["slanted", [[300, 100, 20], [50, 300, 30], flat]],
    ["tilted", [[300, 40, 20], [10, 280, 30], [0.3, -0.2, 1]]],
    ["tilted and mirrored", [[-300, 40, 320], [10, 280, 30], [0.3, 0.4, 1]]],
  ];
  const points: Point[] = [...PLACES, { x: 0.1, y: 0.7 }, { x: 0.93, y: 0.02 }, { x: -0.5, y: 1.25 }, { x: 1.5, y: -0.25 }];
  for (const [name, view] of views) {
    const seen = PLACES.map((place) => see(view, place));
    for (const point of points) {
      const got = placeOn(seen, see(view, point)) ?? { x: NaN, y: NaN };
      const said = `${name}: got ${got.x}, ${got.y}, want ${point.x}, ${point.y}`;
      assert.ok(Math.abs(got.x - point.x) < 1e-9 && Math.abs(got.y - point.y) < 1e-9, said);
    }
  }
});

test("a sheet that nobody sees, and what is beyond its horizon, have no places", () => {
  const view: View = [[300, 0, 0], [0, 300, 0], [1, 0, 1]]; // whose horizon is seen at 300
  const seen = PLACES.map((place) => see(view, place));
  const cases: [name: string, seen: readonly Point[], at: Point][] = [
    ["hidden", PLACES.map(() => ({ x: 0, y: 0 })), { x: 0, y: 0 }],
    ["on its edge", PLACES.map(({ x }) => ({ x, y: 5 })), { x: 0.5, y: 5 }],
    ["on its edge, beside it", PLACES.map(({ x }) => ({ x, y: 5 })), { x: 0.5, y: 6 }],
    ["no width", PLACES.map(({ y }) => ({ x: 7, y })), { x: 8, y: 0.5 }],
    ["on the horizon", seen, { x: 300, y: 10 }],
    ["beyond the horizon", seen, { x: 301, y: 10 }],
  ];
  for (const [name, seen, at] of cases) assert.equal(placeOn(seen, at), null, name);
});
