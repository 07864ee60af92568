/** Small pictures of drawings. */
import type { Drawing } from "../../types";
import { svg } from "../dom";

/** The room around the ink, as a share of its longer side. */
const ROOM = 0.15;

/** Returns a picture that shows a drawing when it has come, as large as it fits; one that is not kept stays empty. */
export function pictureOf(drawing: Promise<Drawing>): SVGElement {
  const picture = svg("svg", { class: "drawn", "aria-hidden": "true" });
  void drawing.then((strokes) => draw(picture, strokes)).catch(() => {}); // The program has ended, and a list made again asks another one.
  return picture;
}

function draw(picture: SVGElement, strokes: Drawing): void {
  const points = strokes.flat();
  if (points.length === 0) return;
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const room = ROOM * Math.max(width, height, 1);
  picture.setAttribute("viewBox", [left - room, top - room, width + 2 * room, height + 2 * room].join(" "));
  picture.replaceChildren(...strokes.map((stroke) => svg("path", { d: lineOf(stroke) })));
}

function lineOf(stroke: Drawing[number]): string {
  const places = stroke.map(({ x, y }) => `${x} ${y}`);
  return `M${places.join("L")}${places.length === 1 ? "h.01" : ""}`;
}
