import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOfContent } from "./content";

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
    ["other", "<!doctype html><svg></svg>"],
    ["other", "\x89PNG\r\n\x1a\n"],
    ["other", ""],
    ["other", "<?xml"],
  ];
  for (const [want, text] of cases) assert.equal(kindOfContent(bytes(text)), want, JSON.stringify(text));
});
