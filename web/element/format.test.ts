import assert from "node:assert/strict";
import { test } from "node:test";
import { FetchError } from "../fetch";
import { Speech } from "../i18n/speech";
import { claim, confidenceWords, count, duration, invitation, percent, quoted, sentence, size } from "./format";

const english = new Speech();
const say = english.messages;

/** Text with plain spaces for those that do not break. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("numbers", () => {
  const cases: [got: string, want: string][] = [
    [percent(0, say), "0%"],
    [percent(0.0004, say), "0%"],
    [percent(0.9873, say), "98.7%"],
    [percent(0.9, say), "90.0%"],
    [percent(0.9996, say), "100%"],
    [claim(0.999, say), "99.9%"],
    [claim(0.9995, say), "99.9%"],
    [duration(0, 0.1, say), "under 0.1 ms"],
    [duration(0.04, 0.005, say), "under 0.1 ms"],
    [duration(3.14, 0.1, say), "3.1 ms"],
    [duration(87.4, 1, say), "87 ms"],
    [duration(4, Infinity, say), "less than can be measured"],
    [size(75_400), "75 kB"],
    [size(999_499), "999 kB"],
    [size(999_500), "1.0 MB"],
    [count(72_987), "72,987"],
  ];
  for (const [got, want] of cases) assert.equal(plain(got), want);
});

test("confidence in words", () => {
  assert.equal(confidenceWords(0.98, say), "Almost certainly");
  assert.equal(confidenceWords(0.9799, say), "Very likely");
  assert.equal(confidenceWords(0, say), "At a guess");
});

test("what to draw", () => {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(97 + i));
  const cases: [labels: readonly string[], want: string][] = [
    [["0", "1"], "Draw a digit"],
    [["bar", "circle"], "Draw one of: bar, circle"],
    [letters.slice(0, 10), "Draw one of a to j"],
    [[...letters, "ä"], "Draw a digit"],
  ];
  for (const [labels, want] of cases) assert.equal(invitation({ recipe: "drawing", labels }, english), want);
});

test("a sentence of what was thrown", () => {
  assert.equal(sentence(new Error(" no room "), say), "no room.");
  assert.equal(sentence("Really?", say), "Really?");
  assert.equal(sentence(new FetchError("answered", "a.ink", 404), say), "a.ink: the server answered 404.");
  assert.equal(sentence(new FetchError("stalled", "a.ink"), say), "a.ink stopped arriving.");
});

test("names in sentences are short and turn nothing around", () => {
  assert.equal(quoted("7"), "7");
  assert.equal(quoted("ankle\nboot"), "ankle boot");
  assert.equal(quoted("\u202egnp.exe\u202c"), "gnp.exe");
  assert.equal(quoted("קטן"), "\u2068קטן\u2069");
  assert.equal(quoted("W".repeat(255)), `\u2068${"W".repeat(23)}…\u2069`);
  assert.equal([...quoted("e" + "\u0301".repeat(127))].length, 7);
});
