/** What a file is, by its content, packed with gzip or not; its name may say anything. */

/** A model, drawings as stroke JSON, a drawing of vectors, formats that browsers do not open, or whatever else, such as a picture. */
export type Kind = "model" | "drawings" | "svg" | "heic" | "pdf" | "other";

/** This many bytes tell. */
const HEAD = 4096;

/** How .ink files begin; internal/model says why. */
const INK = [0x89, 0x49, 0x4e, 0x4b];

/** How files begin that gzip has packed. */
const GZIP = [0x1f, 0x8b];

/** How JSON begins that may hold drawings. */
const DRAWINGS = /^\s*(\[\s*[[{\]]|\{\s*["}])/;

/** The brands of HEIF files that hold HEVC, which few browsers decode, at the bytes 8 to 12. */
const HEIC = /^(hei[cxms]|hev[cxms]|mif1|msf1)$/;

/** What may stand before the root of an SVG file. */
const SVG = /^(\s|<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE svg[^>[]*(\[[^\]]*\]\s*)?>)*<svg[\s>]/i;

/** Returns the bytes of a file, unpacked if it is gzip, that tell what it is. */
export async function headOf(file: Blob): Promise<Uint8Array> {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  if (!begins(head, GZIP)) return head;
  const first = new Uint8Array(HEAD);
  let size = 0;
  try {
    for await (const part of unpacking(file)) {
      first.set(part.subarray(0, HEAD - size), size);
      size = Math.min(HEAD, size + part.length);
      if (size === HEAD) break;
    }
  } catch {
    return head;
  }
  return first.subarray(0, size);
}

/**
 * Returns a file as it is, or unpacked if it is gzip, under its name without .gz; null: that would have more bytes than most. Rejects
 * where it cannot be unpacked, with a DOMException where it cannot be read.
 */
export async function unpacked(file: File, most: number): Promise<File | null> {
  if (!begins(new Uint8Array(await file.slice(0, GZIP.length).arrayBuffer()), GZIP)) return file;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of unpacking(file)) {
    size += part.length;
    if (size > most) return null;
    parts.push(part);
  }
  return new File(parts, file.name.replace(/\.gz$/i, ""));
}

/** Unpacks a file part by part, and no further than it is asked. */
async function* unpacking(file: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    reader.cancel().catch(() => {}); // It may have failed, which whoever asked has heard.
  }
}

/** Returns what a file is that begins with these bytes. */
export function kindOfContent(head: Uint8Array): Kind {
  const text = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  if (begins(head, INK)) return "model";
  if (text(0, 5) === "%PDF-") return "pdf";
  if (text(4, 8) === "ftyp" && HEIC.test(text(8, 12))) return "heic";
  const all = new TextDecoder().decode(head);
  return SVG.test(all) ? "svg" : DRAWINGS.test(all) ? "drawings" : "other";
}

function begins(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => head[i] === byte);
}
