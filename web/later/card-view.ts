/** A model's card on the page. */
import { count, percent } from "../page/format";
import type { Card, CardSet } from "./card";
import { curve } from "./curve";
import { make } from "./dom";
import { matrix } from "./matrix";
import { texts } from "./texts";

/** Fills an element with a card; sheets are the addresses of the pictures that it names. */
export function addCard(root: HTMLElement, card: Card, sheets: Readonly<Record<string, string>>): void {
  const { summary, history, sets } = card;
  root.append(
    make("p", "", layersOf(card)),
    make("p", "", `${texts().parameters(count(summary.parameters))}. ${trainedOn(card)}`),
    make("ul", "figures", ...sets.map((set) => make("li", "", texts().accuracyOn(percent(set.accuracy), nameOf(set), count(set.count))))),
  );
  if (history?.["val_accuracy"]) root.append(curve(history["accuracy"] ?? [], history["val_accuracy"]));
  for (const set of sets) root.append(matrix(nameOf(set), set, summary, sheets[set.sheet] ?? ""));
}

function trainedOn({ summary: { data, epochs, seed } }: Card): string {
  return texts().trained(data.replaceAll(",", ", "), epochs, seed);
}

/** What a set is called. */
export function nameOf({ data }: CardSet): string {
  return texts().sets[data] ?? data;
}

/** The layers with weights, and what they end in: "784, Dense 64, Dense 32, Dense 10". */
function layersOf({ summary }: Card): string {
  const weighted = summary.layers.filter(({ parameters }) => parameters > 0);
  const names = weighted.map(({ class: name, output }) => `${name} ${output.join("×")}`);
  return [summary.input.slice(0, 2).join("×"), ...names].join(" → ");
}
