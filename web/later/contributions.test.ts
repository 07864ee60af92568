import assert from "node:assert/strict";
import { test } from "node:test";
import { contributions } from "./contributions";

test("a Dense gives each value times its weight", () => {
  const layer = { window: [], shape: [2] };
  assert.deepEqual([...contributions(layer, [1, 2, 3, 4, 5, 6], [[1, 10, 0], [0, 0]], [1, 1], 1)], [2, 40, 0]);
});

/** Two channels of 3x3, a window of 2x2, two filters, a zero above and on the left: 3x3 places. */
const layer = { window: [2, 2, 1, 1, 1, 1], shape: [3, 3, 2] };
const kernel = Array.from({ length: 16 }, (_, i) => ((i * 7) % 5) - 2);
const x = Array.from({ length: 18 }, (_, i) => ((i * 5) % 7) - 3);

/** The layer's output, plainly; before a ReLU. */
function convolve(filter: number): number[] {
  return Array.from({ length: 9 }, (_, place) => {
    let sum = 0;
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 2; j++) {
        const [row, column] = [Math.floor(place / 3) - 1 + i, (place % 3) - 1 + j];
        if (row < 0 || column < 0) continue;
        for (let c = 0; c < 2; c++) sum += (kernel[((i * 2 + j) * 2 + c) * 2 + filter] ?? 0) * (x[(row * 3 + column) * 2 + c] ?? 0);
      }
    }
    return sum;
  });
}

test("what a Conv2D's maps give adds up to what it made, where a ReLU has let it pass", () => {
  for (const filter of [0, 1]) {
    const map = convolve(filter).map((value) => Math.max(0, value));
    const y = map.flatMap((value) => (filter === 0 ? [value, 0] : [0, value]));
    const given = contributions(layer, kernel, [x, y], [3, 3], filter);
    assert.equal(given.length, 2);
    assert.equal(given.reduce((sum, value) => sum + value), map.reduce((sum, value) => sum + value));
  }
});

test("what holds a silent map down is told as well", () => {
  const given = contributions(layer, kernel, [x, Array.from({ length: 18 }, () => 0)], [3, 3], 0);
  assert.equal(given.reduce((sum, value) => sum + value), convolve(0).reduce((sum, value) => sum + value));
});

test("a layer without weights gives nothing", () => {
  assert.equal(contributions({ window: [], shape: [2] }, [], [[1], [1]], [1, 1], 0).length, 0);
});
