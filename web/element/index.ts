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

const wasm = beside(new URL("./inkling.wasm", import.meta.url));
const model = beside(new URL("./model.ink", import.meta.url));

/** What stands for texts under a content policy with require-trusted-types-for; elsewhere the texts themselves. */
interface Trust {
  createHTML(text: string): string;
  createScriptURL(text: string): string;
}

declare global {
  /** In browsers that have trusted types. */
  var trustedTypes: { createPolicy(name: string, rules: Trust): Trust } | undefined;
}

/** The policy of this script. */
const trust = trustIn({ createHTML: (text) => text, createScriptURL: (text) => text });

/** The address of the script of the worker, which a page may start before its first pad; see adopt. */
export const workerURL = beside(new URL("./worker.js", import.meta.url));
const worker = trust.createScriptURL(workerURL);

/** Lets pads use a worker that the page has started, before its first pad: new Worker(workerURL). */
export function adopt(started: Worker): void {
  adoptWorker(worker, started);
}

if (globalThis.customElements?.get(NAME)) {
  console.warn(`${NAME}: ${import.meta.url} does nothing, as another script has defined the element; give pads the attribute model.`);
} else if (globalThis.customElements) {
  const files = { worker, wasm, wasmBytes: INKLING_ELEMENT.wasmBytes };
  // Where a policy forbids to make what is in a pad, the element stays undefined, and what the page has in it is seen.
  define({ files, model: { name: INKLING_ELEMENT.model, url: model, bytes: INKLING_ELEMENT.modelBytes }, fill: filler() }, FormPad);
}

/** Returns the policy of this script; rules themselves where there are none, or the site allows none of this name. */
function trustIn(rules: Trust): Trust {
  try {
    return globalThis.trustedTypes?.createPolicy(NAME, rules) ?? rules;
  } catch {
    return rules;
  }
}

/** Returns what fills a shadow root. Its sheet is a constructed one, which needs no permission for styles and is shared by all pads. */
function filler(): (root: ShadowRoot) => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const template = document.createElement("template");
  template.innerHTML = trust.createHTML(html);
  return (root) => {
    root.adoptedStyleSheets = [sheet];
    root.append(template.content.cloneNode(true));
  };
}
