/** The list of models: what each is for, how well it reads strangers, and reading with another one. */
import { t } from "../i18n/language";
import type { Reader } from "../element/reader";
import { count, percent, sentence, size } from "../page/format";
import { siteModel, unknownModel } from "../page/site";
import { loadCard, strangersOf, type Card } from "./card";
import { addCard, nameOf } from "./card-view";
import { openDialog } from "./dialog";
import { make } from "./dom";
import { addToSymbols, SYMBOLS } from "./symbols";
import { texts } from "./texts";

/** The largest file, in bytes, that is taken for a model. */
const LARGEST = 64e6;

/** What the list needs of the page. */
interface Page {
  readonly reader: Reader;
  /** Hears what became of a choice. */
  readonly note: (text: string) => void;
}

/** Opens the list; note hears what became of a choice. */
export function openModels(reader: Reader, note: (text: string) => void): void {
  const { dialog, content } = openDialog("models", texts().models);
  const names = Object.keys(INKLING_SITE.models);
  const all = names.includes(reader.name) ? names : [reader.name, ...names];
  content.append(...all.map((name) => entry(name, { reader, note }, dialog)));
}

/** Adds what a file holds to the symbols that the page reads, or reads with the model in it from now on; the sentence says so, or why not. */
export async function useFile(reader: Reader, file: File): Promise<string> {
  if (addToSymbols(file)) return "";
  if (file.name.endsWith(".json")) return texts().symbols.notHere;
  try {
    if (file.size > LARGEST) throw new Error(texts().tooLarge(file.name, size(file.size)));
    const name = file.name.replace(/\.ink$/, "");
    // The symbols that can be taught are known to the page by that name.
    await reader.use(name === SYMBOLS ? file.name : name, new Uint8Array(await file.arrayBuffer()));
    return texts().nowReads(reader.name);
  } catch (error) {
    return texts().refused(sentence(error));
  }
}

/** One model: its name, a sentence, its figures, a button, and its card once unfolded. */
function entry(name: string, page: Page, dialog: HTMLDialogElement): HTMLElement {
  const model = INKLING_SITE.models[name];
  const bytes = size(model?.bytes ?? page.reader.model?.bytes ?? 0);
  const reads = make("p", "reads", bytes);
  if (model?.card) void showFigures(reads, model.card, bytes);
  const isUsed = name === page.reader.name;
  const state = isUsed ? make("p", "used", texts().inUse) : useButton(name, page, dialog);
  const said = make("div", "said-of", make("h3", "", name), make("p", "", texts().purposes[name] ?? texts().own), reads);
  const root = make("section", "entry", said, state);
  if (model) root.append(details(model));
  if (isUsed) root.setAttribute("aria-current", "true");
  return root;
}

/** Says how well a model reads strangers, beside its size. */
async function showFigures(line: HTMLElement, card: string, bytes: string): Promise<void> {
  try {
    line.textContent = [readsOf(await loadCard(card)), bytes].filter(Boolean).join(" · ");
  } catch {
    // The size stays alone; who unfolds the details is told why.
  }
}

/** How well a model reads people it has not learned from; "" where its card does not say. */
function readsOf({ sets }: Card): string {
  const set = strangersOf(sets);
  return set ? texts().accuracyOn(percent(set.accuracy), nameOf(set), count(set.count)) : "";
}

/** The card of a model, fetched when it is unfolded. */
function details({ card, sheets }: SiteModel): HTMLElement {
  const body = make("div", "card");
  const root = make("details", "", make("summary", "", texts().details), body);
  const unfold = async () => {
    try {
      if (card) addCard(body, await loadCard(card), sheets);
      else body.textContent = texts().noCard;
    } catch (error) {
      body.textContent = t().partFailed(sentence(error));
    }
  };
  root.addEventListener("toggle", () => root.open && body.childElementCount === 0 && void unfold());
  return root;
}

/** Loads the model with a progress bar that counts its bytes. */
function useButton(name: string, { reader, note }: Page, dialog: HTMLDialogElement): HTMLElement {
  const button = make("button", "", texts().use);
  button.setAttribute("aria-label", `${texts().use}: ${name}`);
  button.addEventListener("click", async () => {
    const progress = make("progress");
    progress.max = 1;
    progress.setAttribute("aria-label", name);
    button.after(progress);
    button.disabled = true;
    try {
      const file = siteModel(name);
      if (!file) throw new Error(unknownModel(name));
      await reader.choose(file, (share) => (progress.value = share));
      history.replaceState(null, "", `?model=${encodeURIComponent(name)}`);
      note(texts().nowReads(name));
      dialog.close();
    } catch (error) {
      const said = texts().refused(sentence(error));
      note(said);
      progress.replaceWith(make("p", "reason", said));
      button.disabled = false;
    }
  });
  return make("div", "used", button);
}
