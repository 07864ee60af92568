import assert from "node:assert/strict";
import { test } from "node:test";
import { Speech } from "../i18n/speech";
import { answerOf, signOf, spoken, verdictOf, type Judged } from "./verdict";

const english = new Speech();

/** A prediction of a 7, a 1 and a 2 by their probabilities; what is left is none of them. */
function judged(probabilities: number[], sure: boolean): Judged {
  const classes = ["7", "1", "2"];
  const confidence = Math.max(...probabilities);
  return { label: classes[probabilities.indexOf(confidence)] ?? "", sure, confidence, probabilities, classes, strokes: 1 };
}

test("what an answer comes to", () => {
  const cases: [name: string, probabilities: number[], sure: boolean, words: string, share: string, doubt: string][] = [
    ["sure", [0.99, 0.004, 0.001], true, "Almost certainly", "99.0%", ""],
    ["sure, a little of it none", [0.9, 0.01, 0.01], true, "Very likely", "90.0%", "No digit: 8.0%."],
    ["torn", [0.52, 0.41, 0.07], true, "7 or 1", "52.0% and 41.0%", ""],
    ["torn and not sure", [0.4, 0.42, 0.1], false, "1 or 7", "42.0% and 40.0%", ""],
    ["torn between a class and none", [0.4, 0.01, 0.01], true, "7 or no digit", "40.0% and 58.0%", ""],
    ["none, although the class suffices", [0.25, 0, 0], true, "7 or no digit", "25.0% and 75.0%", ""],
    ["none, although a small class suffices", [0.1, 0, 0], true, "No digit", "Very likely, 90.0%", ""],
    ["none", [0.0004, 0, 0], false, "No digit", "Almost certainly, 99.9%", ""],
    ["none, likely", [0.1, 0.02, 0], false, "No digit", "Probably, 88.0%", ""],
    ["nothing stands out", [0.5, 0.22, 0.2], false, "Not sure", "Nearest: 7, 50.0%", "Perhaps this is no digit, or one written in a way the network has not met."],
  ];
  for (const [name, probabilities, sure, words, share, doubt] of cases) {
    assert.deepEqual(verdictOf(judged(probabilities, sure), english), { words, share, doubt }, name);
  }
});

test("the sign in large, and what is taken for the answer: what has no question mark", () => {
  const cases: [name: string, judged: Judged, sign: string, answer: string][] = [
    ["sure", judged([0.9, 0.01, 0.01], true), "7", "7"],
    ["torn between two", judged([0.52, 0.41, 0.07], true), "7", "7"],
    ["as likely as none", judged([0.5, 0, 0], true), "7", "7"],
    ["none is likelier", judged([0.3, 0.02, 0.01], true), "7?", ""],
    ["not sure", judged([0.5, 0.22, 0.2], false), "?", ""],
    ["nothing drawn", { ...judged([0, 0, 0], false), label: "" }, "", ""],
  ];
  for (const [name, judged, sign, answer] of cases) {
    assert.equal(signOf(judged), sign, name);
    assert.equal(answerOf(judged), answer, name);
  }
});

test("an empty pad", () => {
  const empty: Judged = { label: "", sure: false, confidence: 0, probabilities: [0, 0, 0], classes: ["7", "1", "2"], strokes: 0 };
  assert.equal(verdictOf(empty, english).share, "");
  assert.equal(spoken(empty, english), "The pad is empty.");
});

test("a model that nothing has been taught", () => {
  const untaught: Judged = { label: "", sure: false, confidence: 0, probabilities: [], classes: [], strokes: 1 };
  assert.equal(verdictOf(untaught, english).words, "Nothing is taught yet: give it a name");
  assert.equal(spoken(untaught, english), "Nothing is taught yet: give it a name.");
  assert.equal(spoken({ ...untaught, strokes: 0 }, english), "The pad is empty.");
});

test("a pad that accepts none of the model's classes", () => {
  const narrowed = new Speech();
  narrowed.isNarrowed = true;
  const none: Judged = { label: "", sure: false, confidence: 0, probabilities: [], classes: [], strokes: 1 };
  assert.equal(verdictOf(none, narrowed).words, "None of these");
  assert.equal(spoken(none, narrowed), "None of these.");
  assert.equal(spoken({ ...none, strokes: 0 }, narrowed), "The pad is empty.");
});

test("what is spoken", () => {
  assert.equal(spoken(judged([0.95, 0.05, 0], true), english), "7. Very likely, 95.0 per cent.");
  assert.equal(spoken(judged([0.3, 0, 0], true), english), "7 or no digit. 30.0 per cent and 70.0 per cent.");
  assert.equal(spoken(judged([0.5, 0.22, 0.2], false), english), "Not sure. Nearest: 7, 50.0 per cent.");
  assert.equal(spoken(judged([0, 0, 0], false), english), "No digit. Almost certainly, 99.9 per cent.");
});
