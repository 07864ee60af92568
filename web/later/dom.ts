/** Making elements. */

/** Makes an element with a class and children, which may be texts. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className = "",
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** Has a button do something, once: by the second click of a double one, another button may have come to its place. */
export function onPress(button: HTMLButtonElement, act: () => void): void {
  button.addEventListener("click", (event) => event.detail < 2 && act());
}

/** How long, in ms, a click may come after a finger has left the screen. */
const TAP = 100;

/**
 * Returns what calls work at once, or, while a button in root is pressed, as soon as that has been clicked or let go: a click comes
 * to nothing where another element has come to the button's place.
 */
export function steady(root: HTMLElement, work: () => void): () => void {
  let isPressed = false;
  let isLate = false;
  let clock = 0;
  const free = () => {
    isPressed = false;
    if (isLate) work();
    isLate = false;
  };
  const freeIn = (ms: number) => {
    clearTimeout(clock);
    if (isPressed) clock = window.setTimeout(free, ms);
  };
  root.addEventListener("pointerdown", ({ button, target }) => {
    clearTimeout(clock);
    const presses = button === 0 && target instanceof Element && target.closest("button") !== null;
    if (isPressed && !presses) free();
    isPressed = presses;
  });
  root.addEventListener("click", () => freeIn(0));
  for (const type of ["pointerup", "pointercancel"]) addEventListener(type, () => freeIn(TAP), true);
  return () => {
    if (isPressed) isLate = true;
    else work();
  };
}

const SVG = "http://www.w3.org/2000/svg";

/** Makes an SVG element with attributes and children. */
export function svg(tag: string, attributes: Readonly<Record<string, string | number>>, ...children: Node[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** The colours of positive and of negative values. */
export type SignColours = readonly [RGB, RGB];

/** Red, green, blue, 0..255. */
type RGB = readonly [number, number, number];

/** Returns the page's colours for them now; panels are made again when these change. */
export function signColours(): SignColours {
  return [colourOf("--for"), colourOf("--against")];
}

/** The colour that a CSS variable of the page has now. */
function colourOf(variable: string): RGB {
  const probe = make("span");
  probe.style.color = `var(${variable})`;
  document.body.append(probe);
  const parts = getComputedStyle(probe).color.match(/[\d.]+/g)?.map(Number) ?? [];
  probe.remove();
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0];
}

/** Paints a canvas of one pixel a value: each value, -1..1, in the colour of its sign, as opaque as it is large. */
export function paintSigned(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  values: ArrayLike<number>,
  [positive, negative]: SignColours,
): void {
  const image = new ImageData(width, height);
  const { data } = image; // whose bytes round and stop at 255
  for (let i = 0; i < width * height; i++) {
    const value = values[i] ?? 0;
    const colour = value < 0 ? negative : positive;
    data[4 * i] = colour[0];
    data[4 * i + 1] = colour[1];
    data[4 * i + 2] = colour[2];
    data[4 * i + 3] = 255 * Math.abs(value);
  }
  // A canvas whose size is set, even to the same, gets new memory.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}
