/** Symbols of one's own on the page: the pad reads with them, and their names stand beside it. */
import type { InklingPad } from "../../element/inkling-pad";
import { SITE } from "../../page/site";
import { headOf, kindOfContent } from "../content";
import { isOfDrawings } from "./drawings";
import { SymbolsView } from "./view";

export { isOfDrawings };
export { LARGEST, refusalOf, unopened } from "./refusal";

let view: SymbolsView | null = null;

/**
 * Reads with the symbols from now on, and shows them, unless holds says that something else is wanted now: false. They go
 * when another model comes. Rejects with a sentence.
 */
export async function openSymbols(pad: InklingPad, holds: () => boolean): Promise<boolean> {
  if (!view) {
    view = new SymbolsView(pad);
    document.addEventListener("inkling:ready", ({ detail }) => detail.model.url !== SITE.symbols && view?.close());
  }
  return view.open(holds);
}

/** Adds files of sets and of drawings to the symbols that the page reads, and returns the others; all, where it reads no symbols. */
export async function addToSymbols(files: readonly File[]): Promise<readonly File[]> {
  if (!view?.isOpen) return files;
  const ours: File[] = [];
  for (const file of files) if (await isOurs(file)) ours.push(file);
  if (ours.length > 0) void view.add(ours);
  return files.filter((file) => !ours.includes(file));
}

/** Whether a file is a model or drawings, or has the name of one, whatever it holds. */
async function isOurs(file: File): Promise<boolean> {
  const kind = await headOf(file).then(kindOfContent, () => "other");
  return kind === "model" || kind === "drawings" || (kind === "other" && (/\.ink(\.gz)?$/i.test(file.name) || isOfDrawings(file.name)));
}
