/** Finding elements by their ids. */

/** Returns the element with an id below root, of the type it has there; throws where there is none. */
export function find<T extends Element>(root: Document | ShadowRoot, id: string, type: new () => T): T {
  const found = root.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`no ${type.name} with the id ${id}`);
}
