import assert from "node:assert/strict";
import { test } from "node:test";
import type { Drawing } from "../types";
import { beginWith, MAX_STEPS, redo, step, undo } from "./history";

const BLANK = beginWith<Drawing>([]);

/** A drawing that is told from others by its number. */
const drawing = (x: number): Drawing => [[{ x, y: 0 }]];

test("undo and redo go the same steps back and forth", () => {
  const two = step(step(BLANK, drawing(1)), drawing(2));
  const one = undo(two);
  assert.deepEqual(one.now, drawing(1));
  assert.deepEqual(undo(one).now, []);
  assert.deepEqual(redo(redo(undo(one))), two);
});

test("without a step to go the history stays the same value", () => {
  const one = step(BLANK, drawing(1));
  assert.equal(undo(BLANK), BLANK);
  assert.equal(redo(one), one);
});

test("a new step takes away what could be redone", () => {
  const changed = step(undo(step(BLANK, drawing(1))), drawing(2));
  assert.deepEqual(changed.future, []);
  assert.deepEqual(undo(changed).now, []);
});

test("the oldest steps are forgotten", () => {
  let history = BLANK;
  for (let i = 1; i <= MAX_STEPS + 5; i++) history = step(history, drawing(i));
  assert.equal(history.past.length, MAX_STEPS);
  assert.deepEqual(history.past[0], drawing(5));
});
