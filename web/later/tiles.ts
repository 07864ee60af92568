/** Pictures that a model read right, from the sheet of its card. */
import { fetchCounted } from "../fetch";
import type { Model } from "../element/prediction";
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
export async function tilesOf({ name, info }: Model): Promise<Tile[]> {
  const site = INKLING_SITE.models[name];
  if (!site?.card) return [];
  const { summary, sets } = await loadCard(site.card);
  const set = sets.find(({ sheet }) => site.sheets[sheet]);
  const [height = 0, width = 0] = summary.input;
  if (!set || width !== info.width || height !== info.height) return [];
  const response = await fetchCounted(site.sheets[set.sheet] ?? "", "default", () => {});
  const options: ImageBitmapOptions = { premultiplyAlpha: "none", colorSpaceConversion: "none" };
  const sheet = await createImageBitmap(await response.blob(), options);
  const tiles = rightTiles(set).map(async ({ label, index }) => {
    const [column, row] = placeOf(index, set);
    const bitmap = await createImageBitmap(sheet, width * column, height * row, width, height, options);
    const { rgba } = await pixelsOf(bitmap);
    return { label: summary.classes[label] ?? "", image: Uint8Array.from({ length: width * height }, (_, i) => rgba[4 * i] ?? 0), bitmap };
  });
  return Promise.all(tiles);
}

/** Returns the last tile of each cell of right answers, which is the surest. */
export function rightTiles({ cells }: Pick<CardSet, "cells">): { label: number; index: number }[] {
  const right = cells.filter(({ label, predicted }) => label === predicted).slice(0, MOST);
  return right.map(({ label, first, count }) => ({ label, index: first + count - 1 }));
}
