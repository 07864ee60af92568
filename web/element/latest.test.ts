import assert from "node:assert/strict";
import { test } from "node:test";
import { Latest } from "./latest";

/** A Latest whose questions are answered by hand: answer resolves the one under way. */
function byHand() {
  const asked: string[] = [];
  const heard: string[] = [];
  let resolve: (answer: string) => void = () => {};
  const latest = new Latest(
    (question: string) => {
      asked.push(question);
      return new Promise<string>((done) => (resolve = done));
    },
    (answer, question) => heard.push(`${question}: ${answer}`),
  );
  const answer = async (text: string) => {
    resolve(text);
    await new Promise((done) => setTimeout(done));
  };
  return { latest, asked, heard, answer };
}

test("a question is asked at once, and one at a time", async () => {
  const { latest, asked, heard, answer } = byHand();
  latest.push("a");
  latest.push("b");
  assert.deepEqual(asked, ["a"]);
  await answer("1");
  assert.deepEqual(asked, ["a", "b"]);
  await answer("2");
  assert.deepEqual(heard, ["a: 1", "b: 2"]);
});

test("what waits gives way to a newer question, unless it must be answered", async () => {
  const { latest, heard, answer } = byHand();
  latest.push("under way");
  latest.push("live");
  latest.push("final", true);
  latest.push("live again");
  latest.push("newest");
  for (const text of ["1", "2", "3"]) await answer(text);
  assert.deepEqual(heard, ["under way: 1", "final: 2", "newest: 3"]);
});

test("after a drop no answer comes to what was asked before", async () => {
  const { latest, heard, answer } = byHand();
  latest.push("under way");
  latest.push("must", true);
  latest.drop();
  latest.push("after");
  await answer("1");
  await answer("2");
  assert.deepEqual(heard, ["after: 2"]);
});
