import "wasm_exec";

self.addEventListener("message", () => console.log(new Go()));

declare class Go {}
