import assert from "node:assert/strict";
import { test } from "node:test";
import { occlude } from "./occlusion";

const SIDE = 8;

/** An image with ink at pixels. */
function imageOf(...pixels: readonly [x: number, y: number][]): Uint8Array {
  const image = new Uint8Array(SIDE * SIDE);
  for (const [x, y] of pixels) image[y * SIDE + x] = 255;
  return image;
}

/** A network of two classes that looks at one pixel: class 0 is likely where it holds ink. */
function looksAt(x: number, y: number, asked: number[] = []) {
  return async (images: Uint8Array) => {
    const count = images.length / (SIDE * SIDE);
    asked.push(count);
    return Float32Array.from({ length: 2 * count }, (_, i) => {
      const ink = (images[Math.floor(i / 2) * SIDE * SIDE + y * SIDE + x] ?? 0) > 0;
      return (i % 2 === 0) === ink ? 0.9 : 0.1;
    });
  };
}

test("the pixel that the network looks at speaks for its class, and against the other", async () => {
  const image = imageOf([1, 1], [6, 6]);
  const found = await occlude(image, [SIDE, 1], [0, 2], looksAt(1, 1), () => false);
  const against = await occlude(image, [SIDE, 1], [1, 2], looksAt(1, 1), () => false);
  const [at, elsewhere] = [SIDE + 1, 6 * SIDE + 6];
  assert.ok((found?.[at] ?? 0) > 1, `got ${found?.[at]}`);
  assert.equal(found?.[elsewhere], 0);
  assert.ok(Math.abs((found?.[at] ?? 0) + (against?.[at] ?? 0)) < 1e-5);
  assert.equal(found?.filter((effect) => effect !== 0).length, 1, "only ink speaks");
});

test("of a pixel with several values the first is its ink, and all are emptied", async () => {
  const image = new Uint8Array(2 * SIDE * SIDE);
  image.set([255, 90], 2 * (SIDE + 1));
  const network = async (images: Uint8Array) => {
    const count = images.length / image.length;
    return Float32Array.from({ length: 2 * count }, (_, i) => {
      const lit = images[Math.floor(i / 2) * image.length + 2 * (SIDE + 1) + 1] === 90;
      return (i % 2 === 0) === lit ? 0.9 : 0.1;
    });
  };
  const found = await occlude(image, [SIDE, 2], [0, 2], network, () => false);
  assert.equal(found?.length, SIDE * SIDE);
  assert.ok((found?.[SIDE + 1] ?? 0) > 1, `got ${found?.[SIDE + 1]}`);
});

test("images are asked about in pieces of at most 32", async () => {
  const asked: number[] = [];
  const diagonal = imageOf(...Array.from({ length: SIDE }, (_, i): [number, number] => [i, i]));
  await occlude(diagonal, [SIDE, 1], [0, 2], looksAt(1, 1, asked), () => false);
  assert.ok(asked.length > 1 && asked.every((count) => count <= 32), `got ${asked}`);
});

test("a picture full of ink is asked about in patches side by side", async () => {
  const asked: number[] = [];
  const found = await occlude(new Uint8Array(SIDE * SIDE).fill(200), [SIDE, 1], [0, 2], looksAt(4, 4, asked), () => false);
  assert.deepEqual(asked, [10]);
  assert.ok((found?.[4 * SIDE + 4] ?? 0) > 0);
});

test("nothing comes of a drawing that has changed, or of a network that is gone", async () => {
  assert.equal(await occlude(imageOf([1, 1]), [SIDE, 1], [0, 2], looksAt(1, 1), () => true), null);
  assert.equal(await occlude(imageOf([1, 1]), [SIDE, 1], [0, 2], async () => undefined, () => false), null);
});
