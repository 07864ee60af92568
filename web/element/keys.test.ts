import assert from "node:assert/strict";
import { test } from "node:test";
import { actionOf, isEraserKey, usesCommandKey, type Key } from "./keys";

/** A key with the modifiers that are named: "Ctrl+Shift+z". Its place is that of the letter on a Latin keyboard. */
function press(name: string, code = ""): Key {
  const parts = name.split("+");
  const key = parts.at(-1) ?? "";
  const held = (modifier: string) => parts.slice(0, -1).includes(modifier);
  return { key, code, ctrlKey: held("Ctrl"), metaKey: held("Meta"), shiftKey: held("Shift"), altKey: held("Alt") };
}

test("the action of a key", () => {
  const cases: [key: Key, onPad: boolean, want: string | null][] = [
    [press("Ctrl+z"), false, "undo"],
    [press("Meta+z"), false, "undo"],
    [press("Ctrl+Shift+Z"), false, "redo"],
    [press("Ctrl+y"), false, "redo"],
    [press("Ctrl+Shift+Y"), false, null],
    [press("Ctrl+я", "KeyZ"), false, "undo"],
    [press("Ctrl+w", "KeyZ"), false, null],
    [press("Alt+z"), true, null],
    [press("Delete"), false, "clear"],
    [press("Backspace"), true, "clear"],
    [press("c"), true, "clear"],
    [press("c"), false, null],
    [press("Shift+C"), true, null],
    [press("z"), true, null],
  ];
  for (const [key, onPad, want] of cases) assert.equal(actionOf(key, onPad), want, JSON.stringify(key));
});

test("the eraser's key", () => {
  assert.equal(isEraserKey(press("e")), true);
  assert.equal(isEraserKey(press("у", "KeyE")), true);
  assert.equal(isEraserKey(press("Ctrl+e")), false);
});

test("where Command takes the place of Ctrl", () => {
  assert.deepEqual(["MacIntel", "iPhone", "Win32", "Linux x86_64"].map(usesCommandKey), [true, true, false, false]);
});
