import { greeting } from "./shared";

declare const INKLING_SITE: { wasm: string; worker: string };

document.title = greeting(INKLING_SITE.wasm);
document.body.onclick = async () => (await import("./lazy")).later();
new Worker(INKLING_SITE.worker);
