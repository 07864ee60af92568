import assert from "node:assert/strict";
import { test } from "node:test";
import type { Point } from "../types";
import { onSheet } from "./edge";

const at = (x: number, y: number): Point => ({ x, y });

test("what lies on the sheet of a straight way", () => {
  const cases: [name: string, a: Point, b: Point, want: readonly [Point, Point] | null][] = [
    ["inside", at(10, 20), at(30, 40), [at(10, 20), at(30, 40)]],
    ["along the edge", at(0, 0), at(0, 200), [at(0, 0), at(0, 200)]],
    ["a point", at(10, 20), at(10, 20), [at(10, 20), at(10, 20)]],
    ["a point beyond", at(-1, 20), at(-1, 20), null],
    ["leaves on the right", at(50, 100), at(150, 100), [at(50, 100), at(100, 100)]],
    ["comes from below", at(50, 300), at(50, 100), [at(50, 200), at(50, 100)]],
    ["passes over a corner", at(-50, 50), at(50, -50), [at(0, 0), at(0, 0)]],
    ["crosses", at(-100, 50), at(200, 50), [at(0, 50), at(100, 50)]],
    ["stays beyond", at(101, 10), at(300, 190), null],
    ["passes by", at(90, -50), at(150, 50), null],
  ];
  for (const [name, a, b, want] of cases) assert.deepEqual(onSheet(a, b, 100, 200), want, name);
});
