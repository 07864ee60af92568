import assert from "node:assert/strict";
import { test } from "node:test";
import { BadDrawings, nameOf, readDrawings, writeDrawings } from "./drawings";

const star = { name: "star", strokes: [[{ x: 1, y: 2 }, { x: 3.04, y: 4.06 }]] };

test("what is written is read again, to a tenth", () => {
  const text = writeDrawings([star, { name: "5", strokes: [[{ x: 0, y: 0 }]] }]);
  assert.equal(text, '[\n{"label":"star","strokes":[[[1,2],[3,4.1]]]},\n{"label":"5","strokes":[[[0,0]]]}\n]\n');
  const found = { name: "star", strokes: [[{ x: 1, y: 2, traced: true as const }, { x: 3, y: 4 }]] };
  assert.deepEqual(readDrawings(writeDrawings([found])), [found], "what was found in a picture stays so");
  assert.deepEqual(readDrawings(text)[0], { name: "star", strokes: [[{ x: 1, y: 2 }, { x: 3, y: 4.1 }]] });
  assert.deepEqual(readDrawings(writeDrawings([])), []);
});

test("labels may be numbers, and one drawing stands alone", () => {
  assert.deepEqual(readDrawings('{"label": 7, "writer": 2, "strokes": [[[0, 1]]]}'), [{ name: "7", strokes: [[{ x: 0, y: 1 }]] }]);
});

test("anything else is refused by its place", () => {
  const cases: [text: string, at: number][] = [
    ["{", 0],
    ["null", 1],
    ['[{"strokes": [[[0, 1]]]}]', 1],
    ['[{"label": " ", "strokes": [[[0, 1]]]}]', 1],
    ['[{"label": "a", "strokes": [[[0, 1]]]}, {"label": "b", "strokes": []}]', 2],
    ['[{"label": "a", "strokes": [[[0, null]]]}]', 1],
    ['[{"label": "a", "strokes": [[7]]}]', 1],
    ['[{"label": "a", "strokes": [[[0, 1e999]]]}]', 1],
  ];
  for (const [text, at] of cases) {
    assert.throws(() => readDrawings(text), (error: unknown) => error instanceof BadDrawings && error.at === at, text);
  }
});

test("names have no spaces that nobody sees", () => {
  assert.equal(nameOf("  a \n b "), "a b");
  assert.equal(nameOf("e\u0301"), "\u00e9");
});
