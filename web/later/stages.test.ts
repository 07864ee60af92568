import assert from "node:assert/strict";
import { test } from "node:test";
import type { LayerInfo } from "../types";
import { largest, likeliest, places, stagesOf, strengths, united } from "./stages";

function layers(...rows: [kind: string, ...shape: number[]][]): LayerInfo[] {
  return rows.map(([kind, ...shape]) => ({ kind, class: kind.toUpperCase(), shape, weights: 0, window: [] }));
}

test("a stage is a layer with weights and what follows it; it shows what comes before pooling", () => {
  const stages = stagesOf(
    layers(["rescaling", 9, 9, 1], ["conv2d", 9, 9, 4], ["relu", 9, 9, 4], ["max_pool2d", 4, 4, 4], ["flatten", 64], ["dense", 5], ["softmax", 5]),
  );
  assert.deepEqual(stages, [
    { weighs: 1, at: 2, height: 9, width: 9, channels: 4, names: ["CONV2D", "RELU", "MAX_POOL2D", "FLATTEN"] },
    { weighs: 5, at: 6, height: 1, width: 1, channels: 5, names: ["DENSE", "SOFTMAX"] },
  ]);
});

test("a network without weights has no stages", () => assert.deepEqual(stagesOf(layers(["flatten", 9])), []));

test("strengths are sums over the places, whatever the sign", () => {
  assert.deepEqual([...strengths([1, -2, 3, 4], 2)], [4, 6]);
  assert.deepEqual([...strengths([], 2)], [0, 0]);
});

test("what is none of the classes is one place, and its likeliest class is looked into", () => {
  const shares = Float32Array.of(0.5, 0.125, 0.125, 0.25);
  assert.deepEqual([...united(shares, 2)], [0.5, 0.125, 0.375]);
  assert.deepEqual([0, 1, 2].map((place) => likeliest(shares, 2, place)), [0, 1, 3]);
  assert.equal(united(shares, 3), shares);
  assert.equal(united(shares, 4), shares);
  assert.equal(united(new Float32Array(), 4).length, 0);
});

test("who stands in which place", () => {
  const cases: [name: string, strength: number[], shown: number[], wanted: number[], want: number[]][] = [
    ["the strongest come in", [0, 5, 9, 1], [0, 1], [], [2, 1]],
    ["a little stronger is not enough", [4, 5, 5.5, 1], [0, 1], [], [0, 1]],
    ["clearly stronger is", [4, 5, 7, 1], [0, 1], [], [2, 1]],
    ["what is wanted comes in, however weak", [4, 5, 7, 1], [2, 1], [3], [2, 3]],
    ["what is wanted stays in its place", [0, 9, 9, 9], [0, 1], [0], [0, 1]],
    ["silence changes nothing", [0, 0, 0], [0, 1], [], [0, 1]],
    ["all have a place", [1, 2], [0, 1], [1], [0, 1]],
  ];
  for (const [name, strength, shown, wanted, want] of cases) assert.deepEqual(places(strength, shown, wanted), want, name);
});

test("the largest contributions, of a flattened picture by its maps", () => {
  assert.deepEqual(largest([1, -6, 3], 3, 2), [{ channel: 1, share: -Math.fround(6) / 10 }, { channel: 2, share: 3 / 10 }]);
  assert.deepEqual(largest([1, 0, 1, 0, 2, 0], 2, 5), [{ channel: 0, share: 1 }]);
  assert.deepEqual(largest([], 4, 5), []);
});
