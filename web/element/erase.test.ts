import assert from "node:assert/strict";
import { test } from "node:test";
import { distance, meets } from "./erase";

test("the distance from a segment", () => {
  const [a, b] = [{ x: 0, y: 0 }, { x: 10, y: 0 }];
  assert.equal(distance({ x: 5, y: 3 }, a, b), 3, "beside it");
  assert.equal(distance({ x: 13, y: 4 }, a, b), 5, "beyond its end");
  assert.equal(distance({ x: -3, y: -4 }, a, b), 5, "before its start");
  assert.equal(distance({ x: 3, y: 4 }, a, a), 5, "from a segment without length");
});

test("an eraser meets a stroke", () => {
  const stroke = [{ x: 0, y: 0 }, { x: 100, y: 0 }];
  assert.equal(meets(stroke, { x: 50, y: -40 }, { x: 50, y: 40 }, 5), true, "that it crosses between two events");
  assert.equal(meets(stroke, { x: 0, y: 6 }, { x: 100, y: 6 }, 5), false, "but not one out of reach");
  assert.equal(meets(stroke, { x: 50, y: 5 }, { x: 50, y: 5 }, 5), true, "in a tap");
  assert.equal(meets([{ x: 1, y: 1 }], { x: 0, y: 0 }, { x: 3, y: 3 }, 1), true, "that is a dot");
  assert.equal(meets([], { x: 0, y: 0 }, { x: 3, y: 3 }, 1), false, "never one without points");
});
