import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { en } from "./en";
import { en as enForm } from "./en-form";
import { en as enLater } from "./en-later";
import { isLanguage, LANGUAGES, spokenOf, type Language } from "./languages";

/** The folder of index.html, put in by build test-web. */
declare const INKLING_ROOT: string;

/** What a value is made of: the keys of objects and the lengths of lists, texts and functions without what they say. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).sort().map(([key, inner]) => [key, shape(inner)]));
}

/** The texts of a value, without functions. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** The paths of texts that two languages may have alike: names, units, and those of signs only. */
const SAME: readonly string[] = ["spoken", "spokenDoubt"];

/** The texts of a value by their paths; a function by its source. */
function byPath(value: unknown, path = ""): [path: string, text: string][] {
  if (typeof value === "string" || typeof value === "function") return [[path, String(value)]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => byPath(inner, path === "" ? key : `${path}.${key}`));
}

test("every file of a language has a line in LANGUAGES", () => {
  const files = readdirSync(`${INKLING_ROOT}/web/i18n`).filter((name) => /^[a-z]{2}\.ts$/.test(name));
  assert.deepEqual(files.map((name) => name.slice(0, 2)).sort(), Object.keys(LANGUAGES).sort());
});

test("no text is another language's", async () => {
  const seen = new Map<string, string>();
  const repeated: string[] = [];
  for (const [tag, { load }] of Object.entries(LANGUAGES)) {
    const { messages, later, form, page } = await load();
    for (const [path, text] of byPath({ ...messages, ...(later ?? enLater), ...(form ?? enForm), ...page })) {
      const owner = seen.get(`${path}: ${text}`);
      if (owner !== undefined && !SAME.includes(path)) repeated.push(`${tag} has ${owner}'s ${path}: ${text}`);
      seen.set(`${path}: ${text}`, owner ?? tag);
    }
  }
  assert.deepEqual(repeated, [], "translate it, or add its path to SAME");
});

for (const [tag, { load }] of Object.entries(LANGUAGES)) {
  test(`${tag} says all that English says`, async () => {
    const { messages, later, form, page } = await load();
    assert.equal(messages.language, tag);
    assert.deepEqual(shape(messages), shape(en));
    if (tag === "en") return;
    assert.deepEqual(shape({ ...later, sets: {} }), shape({ ...enLater, sets: {} }));
    assert.deepEqual(shape(form), shape(enForm));
    assert.deepEqual(Object.keys(later?.sets ?? {}).sort(), Object.keys(enLater.sets).sort());
    assert.deepEqual(textsOf([messages, later, form, page]).filter((text) => text.trim() === ""), []);
  });

  test(`${tag} has the texts that index.html and pad.html mark, and no others`, async () => {
    const { messages, page } = await load();
    if (!page) return;
    const html = ["index.html", "web/element/pad.html"].map((name) => readFileSync(`${INKLING_ROOT}/${name}`, "utf8")).join("");
    const marked = new Set([...html.matchAll(/\sdata-t(?:-\w+)?="(\w+)"/g)].map((match) => match[1] ?? ""));
    const worded = Object.keys(messages.words.digits);
    assert.deepEqual(Object.keys(page).sort(), [...marked].filter((key) => !worded.includes(key)).sort());
  });
}

test("the language to speak is the first of the reader's that the page knows", () => {
  const cases: [tags: readonly string[], want: Language][] = [
    [["ko-KR", "en"], "ko"],
    [["xx", "ko"], "ko"],
    [["en-GB", "ko"], "en"],
    [["KO"], "ko"],
    [["Ko-kr"], "ko"],
    [["xx"], "en"],
    [["constructor"], "en"],
    [[], "en"],
  ];
  for (const [tags, want] of cases) assert.equal(spokenOf(tags), want, tags.join(" "));
  assert.equal(isLanguage(null), false);
  assert.equal(isLanguage("toString"), false);
});
