import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { headOf, kindOfContent, unpacked } from "./content";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));

test("a file is what its bytes say", () => {
  const cases: [string, string][] = [
    ["model", "\x89INK\r\n\x1a\n\x04\x00"],
    ["pdf", "%PDF-1.7\n"],
    ["heic", "\0\0\0\x18ftypheic\0\0\0\0mif1heic"],
    ["heic", "\0\0\0\x18ftypmif1"],
    ["other", "\0\0\0\x18ftypavif"],
    ["svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["svg", "\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made by > hand -->\n<!DOCTYPE svg PUBLIC 'x'>\n<svg>"],
    ["drawings", '[\n{"label":"star","strokes":[]}]'],
    ["drawings", '\xef\xbb\xbf{ "word": "star" }'],
    ["drawings", " [ ]"],
    ["other", "[settings]"],
    ["other", "{\\rtf1"],
    ["other", "<!doctype html><svg></svg>"],
    ["other", "\x89PNG\r\n\x1a\n"],
    ["other", ""],
    ["other", "<?xml"],
  ];
  for (const [want, text] of cases) assert.equal(kindOfContent(bytes(text)), want, JSON.stringify(text));
});

const packed = (content: string | Uint8Array, name = "a.json.gz") => new File([gzipSync(content)], name);

test("what is packed is told by what it holds", async () => {
  const cases: [want: string, file: Blob][] = [
    ["drawings", packed('{"label":"star"}')],
    ["model", packed(bytes("\x89INK\r\n\x1a\n"))],
    ["svg", packed(`<svg>${"<!-- long -->".repeat(10_000)}</svg>`)],
    ["other", packed("")],
    ["other", new Blob([bytes("\x1f\x8b\x08 and no more")])],
  ];
  for (const [want, file] of cases) assert.equal(kindOfContent(await headOf(file)), want);
});

test("a file is unpacked up to a number of bytes", async () => {
  const plain = new File(["text"], "a.json");
  assert.equal(await unpacked(plain, 3), plain, "one that is not packed is left alone");
  const text = "drawings ".repeat(1000);
  const opened = await unpacked(packed(text, "A.JSON.GZ"), text.length);
  assert.equal(opened?.name, "A.JSON");
  assert.equal(await opened?.text(), text);
  assert.equal(await unpacked(packed(text), text.length - 1), null);
  // A bomb: 64 MB of zeros in 64 kB, of which a thousandth is unpacked.
  assert.equal(await unpacked(packed(new Uint8Array(64e6)), 64e3), null);
  const whole = gzipSync(text);
  const wrong = Uint8Array.from(whole, (byte, i) => (i === whole.length - 8 ? byte ^ 1 : byte));
  for (const [name, damaged] of [["cut off", Uint8Array.from(whole.subarray(0, -9))], ["a wrong sum", wrong]] as const) {
    await assert.rejects(unpacked(new File([damaged], "a.gz"), 1e6), name);
  }
});
