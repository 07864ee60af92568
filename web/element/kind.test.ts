import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf } from "./kind";

test("what a model reads", () => {
  assert.equal(kindOf({ recipe: "drawing", labels: ["0", "7"] }), "digits");
  assert.equal(kindOf({ recipe: "drawing", labels: ["0", "10"] }), "drawings");
  assert.equal(kindOf({ recipe: "drawing", labels: ["a", "1"] }), "drawings");
  assert.equal(kindOf({ recipe: "drawing", labels: [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"] }), "letters");
  assert.equal(kindOf({ recipe: "drawing", labels: [..."abcdefghijklmnopqrstuvwxyz"] }), "letters");
  assert.equal(kindOf({ recipe: "drawing", labels: ["A", "B", "C"] }), "drawings");
  assert.equal(kindOf({ recipe: "picture", labels: ["0", "1"] }), "pictures");
});
