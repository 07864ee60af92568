/** A model's card, from the files that inkling card wrote. */
import { fetchCounted } from "../fetch";
import { count, percent } from "../format";
import { curve } from "./curve";
import { make } from "./dom";
import { matrix } from "./matrix";
import { texts } from "./texts";

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
  const response = await fetchCounted(url, "default", () => {});
  return (await response.json()) as Card;
}

/** Fills an element with a card; sheets are the addresses of the pictures that it names. */
export function addCard(root: HTMLElement, card: Card, sheets: Readonly<Record<string, string>>): void {
  const { summary, history, sets } = card;
  root.append(
    make("p", "", layersOf(card)),
    make("p", "", `${texts().parameters(count(summary.parameters))}. ${texts().trained(summary.data.replaceAll(",", ", "), summary.epochs, summary.seed)}`),
    make("ul", "figures", ...sets.map((set) => make("li", "", texts().accuracyOn(percent(set.accuracy), nameOf(set), count(set.count))))),
  );
  if (history?.["val_accuracy"]) root.append(curve(history["accuracy"] ?? [], history["val_accuracy"]));
  for (const set of sets) root.append(matrix(nameOf(set), set, summary, sheets[set.sheet] ?? ""));
}

function nameOf({ data }: CardSet): string {
  return texts().sets[data] ?? data;
}

/** The layers with weights, and what they end in: "784, Dense 64, Dense 32, Dense 10". */
function layersOf({ summary }: Card): string {
  const weighted = summary.layers.filter(({ parameters }) => parameters > 0);
  return [summary.input.slice(0, 2).join("×"), ...weighted.map(({ class: name, output }) => `${name} ${output.join("×")}`)].join(" → ");
}
