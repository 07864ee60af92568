import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { BadDrawings, nameOf, readDrawings, writeDrawings } from "./drawings";

/** The folder of index.html, put in by build test-web. */
declare const INKLING_ROOT: string;

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

test("drawings of other programs are read as inkling teach reads them", () => {
  const two = [{ name: "a", strokes: [[{ x: 1, y: 2 }, { x: 3, y: 4 }]] }];
  const texts = [
    '{"label":"a","strokes":[[[1,2,0.5],[3,4,0.75]]]}',
    '{"label":"a","strokes":[[[1,2,0,1],[3,4,1,1]]]}',
    '{"label":"a","strokes":[[{"x":1,"y":2,"penDown":true},{"x":3,"y":4,"penDown":false}]]}',
    '{"word":"a","countrycode":"DE","drawing":[[[1,3],[2,4]]]}',
    '{"word":"a","drawing":[[[1,3],[2,4],[0,17]]]}',
  ];
  for (const text of texts) assert.deepEqual(readDrawings(text), two, text);
  assert.deepEqual(readDrawings(`${texts[0]}\n\n${texts[0]}\n`), [...two, ...two], "one per line");
  const far = '{"label":"a","strokes":[[[10000000.25,-20000000],[10000001.25,-19999998.5]]]}';
  assert.deepEqual(readDrawings(far), [{ name: "a", strokes: [[{ x: 0, y: 0 }, { x: 1, y: 1.5 }]] }]);
});

test("command and page take the same files for the same drawings", () => {
  type Case = { name: string; text: string; reads: { label: string; strokes: [number, number][][] }[] | null };
  const cases = JSON.parse(readFileSync(`${INKLING_ROOT}/internal/dataset/strokes/testdata/cases.json`, "utf8")) as Case[];
  for (const { name, text, reads } of cases) {
    if (!reads) assert.throws(() => readDrawings(text), BadDrawings, name);
    else {
      const want = reads.map(({ label, strokes }) => ({ name: label, strokes: strokes.map((stroke) => stroke.map(([x, y]) => ({ x, y }))) }));
      assert.deepEqual(readDrawings(text), want, name);
    }
  }
});

test("strokes under the key drawing are points where the longer ones of the file are", () => {
  const plus = { label: "plus", drawing: [[[0, 50], [100, 50]]] };
  const first = (...others: object[]) => readDrawings(JSON.stringify([plus, ...others]))[0]?.strokes[0];
  const down = [{ x: 0, y: 50 }, { x: 100, y: 50 }];
  const right = [{ x: 0, y: 100 }, { x: 50, y: 50 }];
  assert.deepEqual(first({ label: "l", drawing: [[[1, 2], [3, 4], [5, 6], [7, 8], [9, 9]]] }), down);
  assert.deepEqual(first({ label: "l", drawing: [[[1, 2], [3, 4], [5, 6], [7, 8]]] }), down);
  assert.deepEqual(first({ label: "l", drawing: [[[1, 3, 5, 7, 9], [2, 4, 6, 8, 9]]] }), right);
  assert.deepEqual(first({ label: "l", drawing: [[[1], [2]]] }), right);
  assert.deepEqual(first({ word: "l", drawing: [[[0, 1], [2, 3]]] }), right);
});

test("points of x, y and time or pressure are read", () => {
  const file = (third: (i: number, n: number) => number) =>
    Array.from({ length: 24 }, (_, n) => ({ label: "a", strokes: [Array.from({ length: 8 }, (_, i) => [((n % 3) - 1) * i, i, third(i, n)])] }));
  for (const third of [(i: number) => 16 * i, (i: number) => i * (7 - i) * 0.01]) {
    assert.equal(readDrawings(JSON.stringify(file(third))).length, 24);
  }
});

test("times are told from x in files of few strokes", () => {
  const file = (strokes: number, points: number, point: (s: number, i: number) => number[]) =>
    JSON.stringify({ label: "a", strokes: Array.from({ length: strokes }, (_, s) => Array.from({ length: points }, (_, i) => point(s, i))) });
  const y = (s: number, i: number) => 60 + 5 * s - 3 * i;
  const refused = [
    file(2, 8, (s, i) => [16 * i, 40 + 9 * s + i, y(s, i)]),
    file(5, 3, (s, i) => [i * i, 40 + 9 * s + i, y(s, i)]),
    file(1, 12, (s, i) => [16.7 * i + (i % 3), i * (9 - i), y(s, i)]),
    file(2, 8, (s, i) => [500 * s + 16 * i, 40 + 9 * s, 30 - 9 * s + 5 * i]),
    JSON.stringify({ word: "a", drawing: [0, 1].map((s) => [[0, 16, 32, 48, 64, 80], [9, 8, 7, 6, 5, 4 + s].map((x) => x + s), [9, 5, 3, 2, 1, 0]]) }),
  ];
  for (const text of refused) {
    assert.throws(() => readDrawings(text), (error: unknown) => error instanceof BadDrawings && error.why === "times", text);
  }
  const read = [
    file(30, 6, (s, i) => [9 * i, 40 + s + i, 0.1 + 0.1 * i * (5 - i)]),
    file(1, 14, (_, i) => [9 * i, 50, (i * (13 - i)) / 50]),
    file(4, 8, (s, i) => [90 * s + 9 * i, 40 + i * (7 - i), 16 * i]),
    file(30, 6, (s, i) => [9 * i - 20, 40 + s + i, 200 + i * (5 - i)]),
    file(2, 8, (s, i) => [i * i, 40 + 9 * s + i, y(s, i)]),
    file(2, 8, (s, i) => [9 * i + s, 40 + 9 * s + i, y(s, i)]),
  ];
  for (const text of read) assert.equal(readDrawings(text).length, 1, text);
});

test("what would be read as something else is refused with the reason", () => {
  const times = Array.from({ length: 3 }, (_, stroke) => Array.from({ length: 10 }, (_, i) => [stroke * 100 + i, 5 * i, 9 - i]));
  const restarting = Array.from({ length: 20 }, () => ({ label: "a", strokes: [Array.from({ length: 8 }, (_, i) => [8 * i, i, i * (7 - i)])] }));
  const cases: [text: string, at: number, why: string | undefined][] = [
    ['[{"label":"b","strokes":[[[0,0]]]},{"label":"a","strokes":[[{"x":0,"y":0,"pen":1},{"x":1,"y":1,"pen":1},{"x":2,"y":2,"pen":0},{"x":3,"y":3,"pen":1},{"x":4,"y":4,"pen":1}]]}]', 2, "pen"],
    ['{"label":"a","strokes":[[[0,0,1],[1,1,1],[2,2,0],[3,3,1],[4,4,1]]]}', 1, "pen"],
    [JSON.stringify({ label: "a", strokes: times }), 1, "times"],
    ['{"label":"a","strokes":[[[1,2,3,4,5],[6,7,8,9,10]]]}', 1, undefined], // all x and all y
    ['{"label":"a","strokes":[[[1,2,3],[6,7]]]}', 1, undefined],
    [JSON.stringify(restarting), 1, "times"],
    ['{"label":"a","drawing":[null]}', 1, undefined],
    ['{"label":"a","drawing":[3, [null, 1]]}', 1, undefined],
    [JSON.stringify({ label: "a", strokes: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((x) => [[0, x, 9], [8, 4, 7], [16, 5, 2]]) }), 1, "times"],
    ['[{"label":"b","strokes":[[[0,0]]]},{"label":"a","drawing":[[[0,50],[100,50]],[[50,0],[50,100]]]}]', 2, "rows"],
    ['[{"label":"a","drawing":[[[1],[2]]]},{"label":"a","drawing":[[[1,2],[3,4],[5,6],[7,8],[9,10]]]}]', 2, undefined],
    ['{"word":"a","drawing":[[[1,2],[3]]]}', 1, undefined],
    ['{"label":"a","strokes":[[[1,2]]]}\n{"label":', 2, undefined],
  ];
  for (const [text, at, why] of cases) {
    assert.throws(() => readDrawings(text), (error: unknown) => error instanceof BadDrawings && error.at === at && error.why === why, text);
  }
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
