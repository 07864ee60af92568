import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { refusalOf } from "./refusal";

/** The folder of index.html, put in by build test-web. */
declare const INKLING_ROOT: string;

/** What says nothing that people could do anything about, or is never said in the page. */
const OTHERS = [/damaged/, /want an encoder, which/, /no features of other drawings/, /the set is empty|no examples yet/, /no such class/, /dense layer/, /another model/];

test("whatever Go says of files and edits has words of the page", () => {
  const files = ["fewshot", "file", "correct"].map((name) => `internal/fewshot/${name}.go`);
  const said = [...files, "wasm/bridge.go"].flatMap((name) => {
    const source = readFileSync(`${INKLING_ROOT}/${name}`, "utf8");
    return [...source.matchAll(/errors\.New\((.*)\)$/gm)].map((match) => text(match[1] ?? ""));
  });
  const ours = said.filter((text) => /^fewshot|encoder/.test(text) && !OTHERS.some((other) => other.test(text)));
  assert.ok(ours.length >= 10, ours.join("\n"));
  const keys = ours.map((text) => refusalOf(new Error(text))?.[0] ?? assert.fail(`no words for: ${text}`));
  assert.equal(new Set(keys).size, 10, "each of the page's refusals is one of Go's");
  assert.deepEqual(refusalOf(new Error("fewshot: the set has 200 symbols, and takes no more")), ["many", "200"]);
  assert.equal(refusalOf(new Error("model: layer 3 is of another world")), null);
});

/** The text of a Go expression of strings and numbers; 7 stands for each number. */
function text(expression: string): string {
  return expression.split(/ \+ /).map((part) => (part.startsWith('"') ? part.slice(1, -1) : "7")).join("");
}
