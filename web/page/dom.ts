/** Finding the page's own elements. */

/** Returns the element with an id, of the type it has in index.html; throws where the page lacks it. */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`index.html: no ${type.name} with the id ${id}`);
}
