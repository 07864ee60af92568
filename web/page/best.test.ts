import assert from "node:assert/strict";
import { test } from "node:test";
import { best, steady } from "./best";

test("the best of many classes", () => {
  const cases: [probabilities: number[], n: number, want: number[]][] = [
    [[], 3, []],
    [[0.1, 0.5], 3, [1, 0]],
    [[0.1, 0.5, 0.1, 0.2], 2, [1, 3]],
    [[0.25, 0.25, 0.25, 0.25], 2, [0, 1]],
    [[0, 0, 1], 1, [2]],
    [[0.1], 0, []],
  ];
  for (const [probabilities, n, want] of cases) assert.deepEqual(best(probabilities, n), want);
  const many = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1000);
  assert.deepEqual(best(many, 10).map((i) => many[i]), [999, 998, 997, 996, 995, 994, 993, 992, 991, 990]);
});

test("places while somebody draws", () => {
  assert.deepEqual(steady([0.1, 0.2, 0.7, 0], [1, 2]), [1, 2], "whoever leads stays in its place");
  assert.deepEqual(steady([0.1, 0.2, 0, 0.7], [1, 2]), [1, 3], "a new leader comes for the last");
  assert.deepEqual(steady([], [1, 2]), [1, 2]);
});
