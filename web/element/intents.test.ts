import assert from "node:assert/strict";
import { test } from "node:test";
import { Intents } from "./intents";

test("the newest intent about a matter wins", () => {
  const intents = new Intents();
  const [drop, choice] = [intents.next(), intents.next()];
  assert.ok(intents.holds(choice, "model"));
  assert.ok(!intents.holds(drop, "model"), "a file that was dropped before, and known later to be a model");
  assert.ok(intents.holds(drop, "content"), "the same file as a picture");
  assert.ok(intents.holds(choice, "model"), "asked again");
  intents.holds(intents.next(), "content");
  assert.ok(!intents.holds(drop, "content"), "after somebody has begun to draw");
});
