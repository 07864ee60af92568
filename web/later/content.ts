/** What a file is, by its content; its name may say anything. */

/** A model, a drawing of vectors, formats that browsers do not open, or whatever else, such as a picture. */
export type Kind = "model" | "svg" | "heic" | "pdf" | "other";

/** This many bytes tell. */
const HEAD = 4096;

/** How .ink files begin; internal/model says why. */
const INK = [0x89, 0x49, 0x4e, 0x4b];

/** The brands of HEIF files that hold HEVC, which few browsers decode, at the bytes 8 to 12. */
const HEIC = /^(hei[cxms]|hev[cxms]|mif1|msf1)$/;

/** What may stand before the root of an SVG file. */
const SVG = /^(\s|<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE svg[^>[]*(\[[^\]]*\]\s*)?>)*<svg[\s>]/i;

/** Returns the bytes of a file that tell what it is. */
export async function headOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
}

/** Returns what a file is that begins with these bytes. */
export function kindOfContent(head: Uint8Array): Kind {
  const text = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  if (INK.every((byte, i) => head[i] === byte)) return "model";
  if (text(0, 5) === "%PDF-") return "pdf";
  if (text(4, 8) === "ftyp" && HEIC.test(text(8, 12))) return "heic";
  return SVG.test(new TextDecoder().decode(head)) ? "svg" : "other";
}
