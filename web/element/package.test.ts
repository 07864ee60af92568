import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FormPad } from "./form-pad";
import type { InklingPad, PadEventMap, PictureOptions } from "./package/inkling-pad";
import type { PadEvents } from "./inkling-pad";

/** The folder of index.html, put in by build test-web. */
declare const INKLING_ROOT: string;

/** The compiler checks that what is published is true of the element. */
export const published = (pad: FormPad): InklingPad => pad;
export const options: (options: PictureOptions) => Parameters<FormPad["toBlob"]>[0] = (options) => options;
export const events: (detail: PadEvents[keyof PadEventMap]) => PadEventMap[keyof PadEventMap]["detail"] = (detail) => detail;

test("in node the element is a class of no use", () => {
  assert.equal(typeof FormPad, "function");
});

test("custom-elements.json names the attributes, and properties that are there", () => {
  const text = readFileSync(`${INKLING_ROOT}/web/element/package/custom-elements.json`, "utf8");
  const [element] = JSON.parse(text).modules[0].declarations;
  const attributes: string[] = element.attributes.map(({ name }: { name: string }) => name);
  assert.deepEqual(attributes.filter((name) => name !== "disabled" && name !== "name").sort(), [...FormPad.observedAttributes].sort());
  const names: string[] = [...element.attributes.map(({ fieldName }: { fieldName: string }) => fieldName), ...element.members.map(({ name }: { name: string }) => name)];
  const missing = names.filter((name) => name !== "lang" && !(name in FormPad.prototype) && !(name in Object.getPrototypeOf(FormPad.prototype)));
  assert.deepEqual(missing, []);
});
