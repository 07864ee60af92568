/** What others import: it defines <inkling-pad>, whose files lie beside this one. */
import { FormPad } from "./form-pad";
import { define, NAME } from "./inkling-pad";
import html from "./pad.html";
import { adopt as adoptWorker } from "./session";
import css from "./style/host.css";

export { FormPad as InklingPad };

/** A file beside this one. The version, which changes with any of the files, keeps caches from mixing two releases. */
function beside(url: URL): string {
  url.search = INKLING_ELEMENT.version;
  return url.href;
}

const worker = beside(new URL("./worker.js", import.meta.url));
const wasm = beside(new URL("./inkling.wasm", import.meta.url));
const model = beside(new URL("./model.ink", import.meta.url));

/** Lets pads use a worker that the page has started, before its first pad: new Worker(workerURL). */
export function adopt(started: Worker): void {
  adoptWorker(worker, started);
}

/** The address of the script of that worker. */
export const workerURL = worker;

if (globalThis.customElements?.get(NAME)) {
  console.warn(`${NAME}: ${import.meta.url} does nothing, as another script has defined the element; give pads the attribute model.`);
}

define(
  {
    files: { worker, wasm, wasmBytes: INKLING_ELEMENT.wasmBytes },
    model: { name: INKLING_ELEMENT.model, url: model, bytes: INKLING_ELEMENT.modelBytes },
    fill,
  },
  FormPad,
);

let sheet: CSSStyleSheet | null = null;
let template: HTMLTemplateElement | null = null;

/** Fills a shadow root. Its sheet is a constructed one, which needs no permission for styles and is shared by all pads. */
function fill(root: ShadowRoot): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  if (!template) {
    template = document.createElement("template");
    template.innerHTML = html;
  }
  root.adoptedStyleSheets = [sheet];
  root.append(template.content.cloneNode(true));
}
