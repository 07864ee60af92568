import assert from "node:assert/strict";
import { test } from "node:test";
import { pixelsOf } from "./image";

test("images that can be read", () => {
  const want = Uint8Array.from([0, 255, 7, 1]);
  for (const image of [want, new Uint8ClampedArray(want), [0, 255, 7, 1], new Float32Array(want)]) {
    assert.deepEqual(pixelsOf(image, 2, 2), want);
  }
  assert.deepEqual(pixelsOf([0, 0, 0, 0], 2, 2), new Uint8Array(4));
});

test("images that cannot", () => {
  const cases: [image: unknown, error: RegExp][] = [
    [undefined, /got undefined, want 4 whole numbers from 0 to 255 \(2 by 2 pixels\)/],
    [null, /got null/],
    ["0000", /got a text/],
    [{ length: 4 }, /got Object/],
    [new DataView(new ArrayBuffer(4)), /got DataView/],
    [new Uint8Array(3), /got 3 values/],
    [new Uint8Array(5), /got 5 values/],
    [new Float32Array([0, 0.5, 0, 0]), /got 0.5 at 1/],
    [[0, 0, 0, 256], /got 256 at 3/],
    [[-1, 0, 0, 0], /got -1 at 0/],
    [[0, Number.NaN, 0, 0], /got NaN at 1/],
    [[0, "7", 0, 0], /got 7 at 1/],
    [[0, 1, 1, 0], /got 0 and 1 alone, want 4 whole numbers from 0 to 255/],
  ];
  for (const [image, error] of cases) assert.throws(() => pixelsOf(image, 2, 2), error);
});
