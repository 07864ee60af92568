import { greeting } from "./shared";

const site = JSON.parse(document.getElementById("site")!.textContent!) as { wasm: string; worker: string };

document.title = greeting(site.wasm);
document.body.onclick = async () => (await import("./lazy")).later();
new Worker(site.worker);
