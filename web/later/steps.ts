/** The panel "step by step": how a drawing becomes what the network sees. */
import { Latest } from "../element/latest";
import { NetworkView } from "../page/network-view";
import { SIDE } from "../element/pad";
import type { PanelMaker } from "../page/panel";
import { writeLine, type Line } from "../element/stroke";
import type { Drawing } from "../types";
import { make, svg } from "./dom";
import { texts } from "./texts";

/** Makes the panel. */
export const stepsPanel: PanelMaker = (root, reader) => {
  const drawn = svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, class: "grid" });
  const [redrawn, centred] = [make("canvas", "grid"), make("canvas", "grid")];
  const views = [redrawn, centred].map((canvas) => new NetworkView(canvas));
  const { width, height, recipe, box: part } = reader.model?.info ?? { width: 1, height: 1, recipe: "drawing", box: 1 };
  for (const view of views) view.setSize(width, height);
  const box = Math.round(part * Math.max(width, height));
  const isPicture = recipe === "picture";
  const pictures = isPicture ? [centred] : [drawn, redrawn, centred];
  const said = isPicture ? [texts().fitted] : texts().steps(box, Math.max(width, height));
  const how = recipe === "writing" ? [make("p", "how", texts().alsoHow)] : [];
  root.append(make("div", "row", ...pictures.map((picture, i) => step(picture, said[i] ?? []))), ...how, onward());
  // The image before the last step is asked for only here; the answer's image is the last step's.
  const asking = new Latest((strokes: Drawing) => reader.restroke(strokes), (image) => views[0]?.show(image ?? null));
  return {
    show({ strokes, answer }) {
      drawn.replaceChildren(...linesOf(strokes));
      views[1]?.show(answer?.image ?? null);
      if (strokes.length > 0) return asking.push(strokes);
      asking.drop();
      views[0]?.show(null);
    },
  };
};

/** One step: its picture, title and text. */
function step(picture: Element, [title = "", text = ""]: readonly string[]): HTMLElement {
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", title);
  return make("figure", "", make("div", "frame", picture), make("figcaption", "", make("strong", "", title), " ", text));
}

/** The button that goes on where the steps end: into the tab with the network's layers. */
function onward(): HTMLElement {
  const button = make("button", "onward", texts().onward);
  button.type = "button";
  button.addEventListener("click", () => document.getElementById("layers-tab")?.click());
  return button;
}

/** The strokes as drawn, in the box of their points. */
function linesOf(strokes: Drawing): SVGElement[] {
  const points = strokes.flat();
  if (points.length === 0) return [];
  const lines = strokes.map((stroke) => {
    const line = new PathText();
    writeLine(line, stroke);
    return svg("path", { d: line.text, class: "stroke" });
  });
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return [...lines, svg("rect", { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y, class: "box" })];
}

/** Writes a line as the d of an SVG path. */
class PathText implements Line {
  text = "";
  moveTo(x: number, y: number): void {
    this.text += `M${x} ${y}`;
  }
  lineTo(x: number, y: number): void {
    this.text += `L${x} ${y}`;
  }
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    this.text += `Q${cx} ${cy} ${x} ${y}`;
  }
}
