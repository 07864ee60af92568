import assert from "node:assert/strict";
import { test } from "node:test";
import { lengthOf, parted } from "./answer-view";

test("the question mark of a sign stands apart", () => {
  assert.deepEqual(parted("Roundabout ahead?"), ["Roundabout ahead", "?"]);
  assert.deepEqual(parted("7?"), ["7", "?"]);
  assert.deepEqual(parted("ring"), ["ring", ""]);
  assert.deepEqual(parted("?"), ["?", ""]);
  assert.deepEqual(parted(""), ["", ""]);
});

test("how long a sign is", () => {
  assert.equal(lengthOf(""), 0);
  assert.equal(lengthOf("No entry?"), 9);
  assert.equal(lengthOf("별 하나"), 7);
});
