/** Pictures that a model read right, from the sheet of its card. */
import { fetchCounted } from "../fetch";
import type { Model } from "../element/prediction";
import { siteEntry } from "../page/site";
import { loadCard, placeOf, type CardSet } from "./card";
import { pixelsOf } from "./pixels";

/** How many at most, one a class. */
const MOST = 12;

/** One picture: what it shows, the network's input, and the same to be seen. */
export interface Tile {
  readonly label: string;
  readonly image: Uint8Array;
  readonly bitmap: ImageBitmap;
}

/** Returns one picture per class, of the first classes; none where the site has no card of the model. Rejects with a sentence. */
export async function tilesOf(model: Model): Promise<Tile[]> {
  const { info } = model;
  const site = siteEntry(model);
  if (!site?.card) return [];
  const { summary, sets } = await loadCard(site.card);
  const set = sets.find(({ sheet }) => site.sheets[sheet]);
  const [height = 0, width = 0] = summary.input;
  if (!set || width !== info.width || height !== info.height) return [];
  const picture = await fetchCounted(site.sheets[set.sheet] ?? "", "default", () => {}, (response) => response.blob());
  const options: ImageBitmapOptions = { premultiplyAlpha: "none", colorSpaceConversion: "none" };
  const sheet = await createImageBitmap(picture, options);
  const tiles = rightTiles(set).map(async ({ label, index }) => {
    const [column, row] = placeOf(index, set);
    const bitmap = await createImageBitmap(sheet, width * column, height * row, width, height, options);
    const { rgba } = await pixelsOf(bitmap);
    return { label: summary.classes[label] ?? "", image: Uint8Array.from({ length: width * height }, (_, i) => rgba[4 * i] ?? 0), bitmap };
  });
  try {
    return await Promise.all(tiles);
  } finally {
    sheet.close();
  }
}

/** Returns the last tile of each cell of right answers, which is the surest. */
export function rightTiles({ cells }: Pick<CardSet, "cells">): { label: number; index: number }[] {
  const right = cells.filter(({ label, predicted }) => label === predicted).slice(0, MOST);
  return right.map(({ label, first, count }) => ({ label, index: first + count - 1 }));
}
