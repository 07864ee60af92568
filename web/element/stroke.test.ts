import assert from "node:assert/strict";
import { test } from "node:test";
import type { Point } from "../types";
import { midpoint, pack, samePlace, tracedStroke, writeLine } from "./stroke";

/** The calls that a line gets, as an SVG path. */
function lineOf(points: readonly Point[]): string {
  const calls: string[] = [];
  const call = (letter: string) => (...numbers: number[]) => void calls.push(letter + numbers.join(" "));
  writeLine({ moveTo: call("M"), lineTo: call("L"), quadraticCurveTo: call("Q") }, points);
  return calls.join("");
}

test("a line", () => {
  const points = [0, 2, 4, 6].map((x) => ({ x, y: x * x }));
  const cases: [name: string, points: readonly Point[], want: string][] = [
    ["no point is nothing", [], ""],
    ["one point is a dot", points.slice(1, 2), "M2 4L2.01 4"],
    ["two points are straight", points.slice(0, 2), "M0 0L2 4"],
    ["further points bend it from midpoint to midpoint", points, "M0 0Q2 4 3 10Q4 16 5 26L6 36"],
  ];
  for (const [name, given, want] of cases) assert.equal(lineOf(given), want, name);
});

test("a packed drawing has all points in a row, and the ends counted in points", () => {
  const { points, ends } = pack([[{ x: 1, y: 2 }, { x: 3, y: 4 }], [], [{ x: 5, y: 6 }]]);
  assert.deepEqual([...points], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...ends], [2, 2, 3]);
  assert.equal(pack([]).points.length, 0);
});

test("a stroke that was found in a picture says so at its end", () => {
  const [drawn, found] = [[{ x: 1, y: 2 }], [{ x: 3, y: 4 }, { x: 5, y: 6 }]];
  assert.deepEqual([...pack([drawn, tracedStroke(found)]).ends], [1, 3 + 2 ** 31]);
});

test("places", () => {
  assert.deepEqual(midpoint({ x: 0, y: 4 }, { x: 2, y: 0 }), { x: 1, y: 2 });
  assert.equal(samePlace({ x: 1, y: 2 }, { x: 1, y: 2 }), true);
  assert.equal(samePlace({ x: 1, y: 2 }, { x: 1, y: 3 }), false);
  assert.equal(samePlace(undefined, { x: 0, y: 0 }), false);
});
