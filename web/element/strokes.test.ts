import assert from "node:assert/strict";
import { test } from "node:test";
import { drawingOf, stateOf, strokesOf } from "./strokes";

test("strokes from a page", () => {
  assert.deepEqual(strokesOf([]), []);
  assert.deepEqual(strokesOf([[{ x: 1, y: 2, t: 3 }], []]), [[{ x: 1, y: 2 }]], "what else a point has is dropped, and an empty stroke");
  const bad: unknown[] = [null, "x", {}, [1], [[1]], [[{ x: 1 }]], [[{ x: 1, y: Number.NaN }]], [[{ x: "1", y: 2 }]], [[null]]];
  for (const value of bad) assert.throws(() => strokesOf(value), TypeError);
});

test("strokes as a form's state", () => {
  const drawing = [[{ x: 1.04, y: 2 }, { x: 399.96, y: -3.25 }], [{ x: 5, y: 5 }]];
  assert.equal(stateOf(drawing), "[[1,2,400,-3.2],[5,5]]");
  assert.deepEqual(drawingOf(stateOf(drawing)), [[{ x: 1, y: 2 }, { x: 400, y: -3.2 }], [{ x: 5, y: 5 }]]);
  const found = [[{ x: 1, y: 2, traced: true as const }, { x: 3, y: 4 }]];
  assert.deepEqual(drawingOf(stateOf(found)), found, "what was found in a picture stays so");
  assert.deepEqual(strokesOf(found), found);
  for (const state of ["", "null", "7", "{}", "[7]", "[[1,null]]", '[["a","b"]]']) assert.deepEqual(drawingOf(state), [], state);
});
