/** The list of models: what each is for, how well it reads strangers, and reading with another one. */
import { t } from "../i18n/language";
import type { InklingPad } from "../element/inkling-pad";
import type { Model } from "../element/prediction";
import { count, percent, quoted, size } from "../page/format";
import { SITE, siteModel, writeAddress, type SiteModel } from "../page/site";
import { failure } from "../page/version";
import { loadCard, strangersOf, type Card } from "./card";
import { addCard, nameOf } from "./card-view";
import { openDialog } from "./dialog";
import { make } from "./dom";
import { texts } from "./texts";

/** Opens the list for a pad. */
export async function openModels(pad: InklingPad): Promise<void> {
  const { model } = pad.reader;
  const names = Object.keys(SITE.models);
  const states = await Promise.all(names.map((name) => standing(name, pad)));
  const { dialog, content } = openDialog("models", texts().models);
  if (model?.url === null) content.append(ownEntry(model));
  content.append(...names.map((name, i) => entry(name, states[i] ?? "free", pad, dialog)));
}

/** Whether a model is in use, can be, or needs a connection that is not there. */
type Standing = "used" | "free" | "away";

async function standing(name: string, { reader }: InklingPad): Promise<Standing> {
  const url = siteModel(name)?.url;
  if (url === undefined || url === reader.model?.url) return "used";
  return navigator.onLine || (await isKept(url)) ? "free" : "away";
}

/** Whether a file is kept for offline use. */
async function isKept(url: string): Promise<boolean> {
  try {
    return (await caches.match(url)) !== undefined;
  } catch {
    return false; // Storage is switched off.
  }
}

/** The model that a file of somebody's own has brought; whatever it is called, nothing more is known of it here. */
function ownEntry({ name, bytes }: Model): HTMLElement {
  const reads = make("p", "reads", `${texts().ownFile}, ${size(bytes)}`);
  const said = make("div", "said-of", make("h3", "", quoted(name)), make("p", "", texts().own), reads);
  const root = make("section", "entry", said, make("p", "used", texts().inUse));
  root.setAttribute("aria-current", "true");
  return root;
}

/** One of the site's models: its name, a sentence, its figures, a button, and its card once unfolded. */
function entry(name: string, stands: Standing, pad: InklingPad, dialog: HTMLDialogElement): HTMLElement {
  const model = SITE.models[name];
  const bytes = size(model?.bytes ?? 0);
  const reads = make("p", "reads", bytes);
  if (model?.card) void showFigures(reads, model.card, bytes);
  const state = stands === "free" ? useButton(name, pad, dialog) : make("p", "used", stands === "used" ? texts().inUse : texts().offline);
  const said = make("div", "said-of", make("h3", "", name), make("p", "", texts().purposes[name] ?? ""), reads);
  const root = make("section", "entry", said, state);
  if (model) root.append(details(model));
  if (stands === "used") root.setAttribute("aria-current", "true");
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
      body.textContent = t().partFailed(await failure(error));
    }
  };
  root.addEventListener("toggle", () => root.open && body.childElementCount === 0 && void unfold());
  return root;
}

/** Loads the model with a progress bar that counts its bytes. */
function useButton(name: string, pad: InklingPad, dialog: HTMLDialogElement): HTMLElement {
  const { reader, intents } = pad;
  const button = make("button", "", texts().use);
  button.setAttribute("aria-label", `${texts().use}: ${name}`);
  button.addEventListener("click", async () => {
    const intent = intents.next();
    const file = siteModel(name);
    const progress = make("progress");
    progress.max = 1;
    progress.setAttribute("aria-label", name);
    button.after(progress);
    button.disabled = true;
    try {
      const isUsed = file && (await reader.choose(file, (share) => (progress.value = share), () => intents.holds(intent, "model")));
      progress.remove();
      if (isUsed) adopt(name, pad, dialog);
    } catch (error) {
      const why = await failure(error);
      const said = reader.model ? texts().refused(why) : why;
      pad.note(said);
      progress.replaceWith(make("p", "reason", said));
    }
    button.disabled = false;
  });
  return make("div", "used", button);
}

/** Says that a model is in use, there and in the page's address. */
function adopt(name: string, pad: InklingPad, dialog: HTMLDialogElement): void {
  writeAddress(name);
  pad.note(texts().nowReads(name));
  dialog.close();
}
