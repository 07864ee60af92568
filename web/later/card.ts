/** A model's card, from the files that inkling card wrote. */
import { fetchCounted } from "../fetch";

/** NAME.card.json; train/card.go writes it. */
export interface Card {
  readonly summary: {
    readonly classes: readonly string[];
    readonly input: readonly number[];
    readonly layers: readonly { readonly class: string; readonly output: readonly number[]; readonly parameters: number }[];
    readonly parameters: number;
    readonly data: string;
    readonly seed: number;
    readonly epochs: number;
  };
  /** Columns of the history, one value an epoch. */
  readonly history?: Readonly<Record<string, readonly number[]>>;
  readonly sets: readonly CardSet[];
}

/** The model measured on one data set. */
export interface CardSet {
  readonly data: string;
  readonly count: number;
  /** 0..1 */
  readonly accuracy: number;
  /** The classes of the matrix, of many the most confused; all where it is missing. */
  readonly classes?: readonly number[];
  /** [label][predicted] */
  readonly confusion: readonly (readonly number[])[];
  /** Name of the picture that holds the tiles, and how many stand in a row of it. */
  readonly sheet: string;
  readonly columns: number;
  /** Which tiles lie behind a cell of the matrix. */
  readonly cells: readonly { readonly label: number; readonly predicted: number; readonly first: number; readonly count: number }[];
}

/** Fetches a card. */
export async function loadCard(url: string): Promise<Card> {
  return fetchCounted(url, "default", () => {}, (response) => response.json() as Promise<Card>);
}

/** Returns the column and the row in which a tile stands on a set's sheet. */
export function placeOf(index: number, { columns }: Pick<CardSet, "columns">): readonly [column: number, row: number] {
  return [index % columns, Math.floor(index / columns)];
}

/** Returns the set that says most of people whom a model has not learned from: drawings by pen before others. */
export function strangersOf<S extends Pick<CardSet, "data">>(sets: readonly S[]): S | undefined {
  return sets.find(({ data }) => /^(pen|unipen)/.test(data)) ?? sets[0];
}
