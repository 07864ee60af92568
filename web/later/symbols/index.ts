/** Symbols of one's own on the page: the pad reads with them, and their names stand beside it. */
import type { InklingPad } from "../../element/inkling-pad";
import { SYMBOLS } from "./set";
import { SymbolsView } from "./view";

export { SYMBOLS };

let view: SymbolsView | null = null;

/** Reads with the symbols from now on, and shows them; rejects with a sentence. They go when another model comes. */
export async function openSymbols(pad: InklingPad): Promise<void> {
  if (!view) {
    view = new SymbolsView(pad);
    document.addEventListener("inkling:ready", ({ detail }) => detail.model.name !== SYMBOLS && view?.close());
  }
  await view.open();
}

/** Adds what a file holds to the symbols and returns true, false where the page reads with something else. */
export function addToSymbols(file: File): boolean {
  if (!view?.isOpen) return false;
  void view.add(file);
  return true;
}
