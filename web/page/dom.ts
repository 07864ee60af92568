/** Finding the page's own elements. */
import { find } from "../element/dom";

/** Returns the element with an id, of the type it has in index.html; throws where the page lacks it. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  return find(document, id, type);
}
