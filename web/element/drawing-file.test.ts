import assert from "node:assert/strict";
import { test } from "node:test";
import { fileOf, svgOf, type PictureOptions } from "./drawing-file";

test("colours stay in their attributes", () => {
  const svg = svgOf([[{ x: 1, y: 2 }]], `"/><script>`, "a&b", 13);
  assert.match(svg, /stroke="&#34;\/>&#60;script>" stroke-width="13"/);
  assert.match(svg, /fill="a&#38;b"/);
});

test("no picture has these", async () => {
  const cases: [options: object, error: RegExp][] = [
    [{ type: "image/jpeg" }, /type: got image\/jpeg, want image\/png or image\/svg\+xml/],
    [{ side: 0 }, /side: got 0, want a whole number of pixels/],
    [{ side: Number.NaN }, /side: got NaN/],
    [{ pen: -1 }, /pen: got -1, want a width above 0/],
  ];
  for (const [options, message] of cases) {
    await assert.rejects(fileOf([], options as PictureOptions), { name: "RangeError", message });
  }
});
