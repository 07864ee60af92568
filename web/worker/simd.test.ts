import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Simd } from "./simd";

declare const INKLING_ROOT: string;

/** A program with nothing but a custom section of fewer than 1 << 14 bytes. */
function programWith(name: string, content: Uint8Array): WebAssembly.Module {
  const length = (n: number) => [(n & 0x7f) | 0x80, n >> 7];
  const body = [name.length, ...new TextEncoder().encode(name), ...content];
  return new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, ...length(body.length), ...body]));
}

const sideModule = new Uint8Array(readFileSync(join(INKLING_ROOT, "internal", "kernel", "simd", "simd.wasm")));

/** Computes (1 2)·(1 2 3 4; 5 6 7 8) + (0.5 0.5 0.5 0.5) at some addresses, after the memory has grown. */
function product(simd: Simd, mem: WebAssembly.Memory): [returned: number, y: number[]] {
  mem.grow(1);
  const at = { y: 1024, bias: 2048, x: 3072, rows: 4096, steps: 5120, w: 6144 };
  new Float32Array(mem.buffer, at.bias).set([0.5, 0.5, 0.5, 0.5]);
  new Float32Array(mem.buffer, at.x).set([1, 2]);
  new Int32Array(mem.buffer, at.steps).set([0, 1]);
  new Float32Array(mem.buffer, at.w).set([1, 2, 3, 4, 5, 6, 7, 8]);
  const returned = simd.imports.product(at.y, at.bias, at.x, at.rows, 1, at.steps, 2, at.w, 4, 0);
  return [returned, [...new Float32Array(mem.buffer, at.y, 4)]];
}

function started(program: WebAssembly.Module): [Simd, WebAssembly.Memory] {
  const [simd, mem] = [new Simd(), new WebAssembly.Memory({ initial: 1 })];
  simd.start(program, mem);
  return [simd, mem];
}

const nothing = [0, [0, 0, 0, 0]];

test("computes in the program's memory, also once it has grown", () => {
  assert.deepEqual(product(...started(programWith("simd", sideModule))), [1, [11.5, 14.5, 17.5, 20.5]]);
});

test("computes nothing before it has been started", () => {
  assert.deepEqual(product(new Simd(), new WebAssembly.Memory({ initial: 1 })), nothing);
});

test("computes nothing for a program without the section", () => {
  assert.deepEqual(product(...started(programWith("other", sideModule))), nothing);
});

test("computes nothing where the browser has no SIMD", (t) => {
  t.mock.method(WebAssembly, "validate", () => false);
  assert.deepEqual(product(...started(programWith("simd", sideModule))), nothing);
});

test("computes nothing for a section that is no module", () => {
  assert.deepEqual(product(...started(programWith("simd", sideModule.subarray(0, 100)))), nothing);
});
