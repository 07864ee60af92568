import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptor, narrowed } from "./accept";

test("labels and ranges that are accepted", () => {
  const cases: [accept: string, yes: readonly string[], no: readonly string[]][] = [
    ["", ["0", "a", "Ankle boot", ""], []],
    ["  \n", ["0"], []],
    ["0-9 . ,", ["0", "5", "9", ".", ","], ["a", "10", "-", ""]],
    ["a-f A-F", ["a", "f", "C"], ["g", "é", "ab"]],
    ["-", ["-"], ["0", "a"]],
    ["+-/", ["+", "-", ".", "/"], ["0"]],
    ["T-shirt Bag", ["T-shirt", "Bag"], ["U", "Coat"]],
    ["9-0", ["9-0"], ["5"]],
    ["가-힣 😀-😂", ["나", "😁"], ["a"]],
  ];
  for (const [accept, yes, no] of cases) {
    const accepts = acceptor(accept);
    for (const label of yes) assert.equal(accepts(label), true, `${accept}: ${label}`);
    for (const label of no) assert.equal(accepts(label), false, `${accept}: ${label}`);
  }
});

test("the probability of other classes is left out, not shared out", () => {
  const prediction = {
    label: "7", sure: true, confidence: 0.6, probabilities: [0.1, 0.2, 0.6], classes: ["1", "4", "7"],
    strokes: 1, final: true, ms: 2, model: "digits",
  };
  assert.deepEqual(narrowed(prediction, acceptor("1 4"), 0.5), {
    ...prediction, label: "4", sure: false, confidence: 0.2, probabilities: [0.1, 0.2], classes: ["1", "4"],
  });
  assert.deepEqual(narrowed(prediction, acceptor(""), 0.5), prediction);
  assert.equal(narrowed(prediction, acceptor("1 4"), 0.2).sure, true);
  const empty = { ...prediction, label: "", sure: false, confidence: 0, probabilities: [0, 0, 0] };
  assert.equal(narrowed(empty, acceptor("1 4"), 0).label, "");
  assert.equal(narrowed(empty, acceptor("1 4"), 0).sure, false);
  assert.deepEqual(narrowed(prediction, acceptor("x"), 0.5).label, "", "none of the classes is accepted");
});
