import assert from "node:assert/strict";
import { test } from "node:test";
import { SIDE } from "../../element/pad";
import { READY, readySet, type Figure, type ReadySet } from "./ready";

const names = Object.fromEntries(Object.values(READY).flat().map((figure) => [figure, figure])) as Record<Figure, string>;

test("every set has five drawings of each figure, on the pad, no two alike, the same every time", () => {
  for (const set of Object.keys(READY) as ReadySet[]) {
    const drawings = readySet(set, names);
    assert.deepEqual(readySet(set, names), drawings);
    assert.deepEqual([...new Set(drawings.map(({ name }) => name))], [...READY[set]]);
    assert.equal(new Set(drawings.map((drawing) => JSON.stringify(drawing))).size, 5 * READY[set].length);
    for (const { x, y } of drawings.flatMap(({ strokes }) => strokes).flat()) {
      assert.ok(x >= 0 && x <= SIDE && y >= 0 && y <= SIDE, `${set}: ${x}, ${y}`);
    }
  }
});
