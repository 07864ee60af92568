// node memory.mjs FILE.wasm AT LENGTH [AT LENGTH...] prints what memory holds once a program could begin.
import { readFile } from "node:fs/promises";

const [file, ...ranges] = process.argv.slice(2);
const module = await WebAssembly.compile(await readFile(file));
const imports = {};
for (const { module: name, name: field } of WebAssembly.Module.imports(module)) (imports[name] ??= {})[field] = () => {};
const { exports } = await WebAssembly.instantiate(module, imports);
for (let i = 0; i < ranges.length; i += 2) process.stdout.write(new Uint8Array(exports.mem.buffer, Number(ranges[i]), Number(ranges[i + 1])));
