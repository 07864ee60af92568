import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FormPad } from "./form-pad";
import type { InklingPad, PadEventMap, PictureOptions, Prediction as Published } from "./package/inkling-pad";
import type { PadEvents } from "./inkling-pad";
import type { Prediction } from "./prediction";

/** The folder of index.html, put in by build test-web. */
declare const INKLING_ROOT: string;

/** True of types that have the same members, optional and read-only ones alike. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The compiler checks that what is published is true of the element. */
export const published = (pad: FormPad): InklingPad => pad;
export const prediction: Same<Prediction, Published> = true;
export const options: (options: PictureOptions) => Parameters<FormPad["toBlob"]>[0] = (options) => options;
export const events: (detail: PadEvents[keyof PadEventMap]) => PadEventMap[keyof PadEventMap]["detail"] = (detail) => detail;

test("in node the element is a class of no use", () => {
  assert.equal(typeof FormPad, "function");
});

test("custom-elements.json names the attributes, and properties and parts that are there", () => {
  const text = readFileSync(`${INKLING_ROOT}/web/element/package/custom-elements.json`, "utf8");
  const [element] = JSON.parse(text).modules[0].declarations;
  const attributes: { name: string; fieldName: string }[] = element.attributes;
  const members: { name: string }[] = element.members;
  // The browser itself watches these two, as of every form's control, and has lang as a property.
  const own = attributes.map(({ name }) => name).filter((name) => name !== "disabled" && name !== "name");
  assert.deepEqual(own.sort(), [...FormPad.observedAttributes].sort());
  const names = [...attributes.map(({ fieldName }) => fieldName), ...members.map(({ name }) => name)];
  assert.deepEqual(names.filter((name) => name !== "lang" && !(name in FormPad.prototype)), []);
  const html = readFileSync(`${INKLING_ROOT}/web/element/pad.html`, "utf8");
  const parts: { name: string }[] = element.cssParts;
  // What is less than needed beside a tab is for our own page to hide.
  const there = [...html.matchAll(/part="([^"]*)"/g)].flatMap(([, names = ""]) => names.split(" ")).filter((name) => name !== "less");
  assert.deepEqual(parts.map(({ name }) => name).sort(), [...new Set(there)].sort());
});
