/** A drawing as a picture file. */
import type { Drawing } from "../types";
import { SIDE } from "./pad";
import { writeLine, type Line } from "./stroke";

/** How a drawing is written: black on white unless colours are given. */
export interface PictureOptions {
  readonly type?: "image/png" | "image/svg+xml";
  /** Width and height of a PNG, in pixels. */
  readonly side?: number;
  readonly ink?: string;
  /** "none" for none. */
  readonly paper?: string;
  /** Width of the pen, of 400. */
  readonly pen?: number;
}

/**
 * Returns a drawing as a file. PNG goes through a canvas, whose pixels some browsers falsify against tracking; SVG is
 * exact everywhere. Throws a RangeError, a sentence, for another type and for numbers that no picture can have.
 */
export async function fileOf(drawing: Drawing, { type = "image/png", side = SIDE, ...looks }: PictureOptions): Promise<Blob> {
  const { ink = "#000", paper = "#fff", pen = 13 } = looks;
  if (!(pen > 0 && pen < Infinity)) throw new RangeError(`inkling: toBlob: pen: got ${String(pen)}, want a width above 0.`);
  if (type === "image/svg+xml") return new Blob([svgOf(drawing, ink, paper, pen)], { type });
  if (type !== "image/png") throw new RangeError(`inkling: toBlob: type: got ${String(type)}, want image/png or image/svg+xml.`);
  if (!Number.isInteger(side) || side < 1) throw new RangeError(`inkling: toBlob: side: got ${String(side)}, want a whole number of pixels.`);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("inkling: toBlob: this browser has no canvas to draw on.");
  context.fillStyle = paper === "none" ? "#0000" : paper;
  context.fillRect(0, 0, side, side);
  context.scale(side / SIDE, side / SIDE);
  context.strokeStyle = ink;
  context.lineWidth = pen;
  context.lineCap = context.lineJoin = "round";
  for (const stroke of drawing) {
    context.beginPath();
    writeLine(context, stroke);
    context.stroke();
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error(`inkling: toBlob: got no ${type} of ${side} pixels.`))), type);
  });
}

/** Returns a drawing as the text of an SVG file. */
export function svgOf(drawing: Drawing, ink: string, paper: string, pen: number): string {
  const paths = drawing.map((stroke) => {
    const line = new PathText();
    writeLine(line, stroke);
    return `<path d="${line.text}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}"><path fill="${escaped(paper)}" d="M0 0h${SIDE}v${SIDE}H0z"/>
<g fill="none" stroke="${escaped(ink)}" stroke-width="${pen}" stroke-linecap="round" stroke-linejoin="round">${paths.join("\n")}</g></svg>
`;
}

/** Returns a text as the value of an attribute. */
function escaped(text: string): string {
  return text.replace(/[<&"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Writes a line as the d of an SVG path, to a hundredth of the unit. */
class PathText implements Line {
  text = "";
  moveTo(x: number, y: number): void {
    this.write("M", x, y);
  }
  lineTo(x: number, y: number): void {
    this.write("L", x, y);
  }
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void {
    this.write("Q", cx, cy, x, y);
  }

  private write(command: string, ...numbers: number[]): void {
    this.text += command + numbers.map((v) => Math.round(v * 100) / 100).join(" ");
  }
}
