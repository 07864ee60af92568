import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf, strangersOf } from "./card";
import { lowest, pathOf, ticks } from "./curve";
import { rightTiles } from "./tiles";

test("a tile's place on its sheet", () => {
  assert.deepEqual([0, 3, 4, 9].map((index) => placeOf(index, { columns: 4 })), [[0, 0], [3, 0], [0, 1], [1, 2]]);
});

test("samples are the surest right tile of each of the first classes", () => {
  const cells = Array.from({ length: 14 }, (_, label) => [
    { label, predicted: label, first: 10 * label, count: 4 },
    { label, predicted: (label + 1) % 14, first: 10 * label + 4, count: 2 },
  ]).flat();
  const tiles = rightTiles({ cells });
  assert.equal(tiles.length, 12);
  assert.deepEqual(tiles[2], { label: 2, index: 23 });
});

test("a curve's lower edge leaves its first part out", () => {
  assert.equal(lowest([0.1, 0.8, 0.9, 0.9, 0.9], [0.2, 0.7, 0.9, 0.9, 0.9]), 0.7);
});

test("a curve's path", () => {
  assert.equal(pathOf([0.5, 0.75, 1], 0.5), "M0.0 120.0L160.0 60.0L320.0 0.0");
  assert.equal(pathOf([1], 1), "M0.0 0.0", "one epoch, all right");
  assert.equal(pathOf([], 0.5), "", "no epoch");
});

test("an axis has round numbers", () => {
  assert.deepEqual(ticks(0.953, 1, 4), [0.94, 0.96, 0.98, 1]);
  assert.deepEqual(ticks(1, 200, 4), [0, 50, 100, 150, 200]);
  assert.deepEqual(ticks(1, 1, 4), [1], "one epoch, or nothing but right answers");
});

test("strangers' drawings say more of a model than MNIST", () => {
  const sets = ["mnist", "unipen-digits", "pen"].map((data) => ({ data }));
  assert.equal(strangersOf(sets)?.data, "unipen-digits");
  assert.equal(strangersOf(sets.slice(0, 1))?.data, "mnist");
  assert.equal(strangersOf([]), undefined);
});
