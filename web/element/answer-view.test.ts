import assert from "node:assert/strict";
import { test } from "node:test";
import { parted } from "./answer-view";

test("the question mark of a sign stands apart", () => {
  assert.deepEqual(parted("Roundabout ahead?"), ["Roundabout ahead", "?"]);
  assert.deepEqual(parted("7?"), ["7", "?"]);
  assert.deepEqual(parted("ring"), ["ring", ""]);
  assert.deepEqual(parted("?"), ["?", ""]);
  assert.deepEqual(parted(""), ["", ""]);
});
