// node run.mjs wasm_exec.js FILE.wasm MODE runs the test's program.
import { readFile } from "node:fs/promises";

const [exec, file, mode] = process.argv.slice(2);
(0, eval)(await readFile(exec, "utf8"));
const go = new Go();
go.argv = ["program", mode];
go.exit = (code) => console.log(`exit ${code}`);
const { instance } = await WebAssembly.instantiate(await readFile(file), go.importObject);
const ended = go.run(instance).then(() => console.log("program ended"));
if (mode === "exports") {
  for (const n of [1, 10, 1_000, 2_000]) console.log(instance.exports.recovers(n));
  process.exit();
}
if (mode === "deadlock") {
  go._pendingEvent = { id: 0 };
  go._resume();
}
await ended;
