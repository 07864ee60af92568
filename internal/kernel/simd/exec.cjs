// Runs a test of Go in node, as lib/wasm/go_js_wasm_exec does, with SIMD for builds with
// the tag inklingsimd:
//
//	GOOS=js GOARCH=wasm go test -tags inklingsimd -exec "node --stack-size=8192 $PWD/internal/kernel/simd/exec.cjs" ./internal/model
//
// globalThis.inklingSIMD = {on, calls} lets a test turn SIMD off and count its calls.
"use strict";

const { execFileSync } = require("child_process");
const fs = require("fs");
const path = require("path");

const simd = (globalThis.inklingSIMD = { on: true, calls: 0 });
const sideModule = fs.readFileSync(path.join(__dirname, "simd.wasm"));
const { instantiate } = WebAssembly;

/** What wasm_exec_node.js calls: adds the imports of internal/kernel/simd_js.go. */
WebAssembly.instantiate = async (program, imports) => {
  let loops;
  const call = (name) => (...values) => {
    if (!simd.on) return 0;
    simd.calls++;
    return loops[name](...values);
  };
  const result = await instantiate(program, { ...imports, inkling: { product: call("product"), pool: call("pool") } });
  const side = await instantiate(sideModule, { go: { mem: result.instance.exports.mem } });
  loops = side.instance.exports;
  return result;
};

const root = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
require(path.join(root, "lib", "wasm", "wasm_exec_node.js"));
