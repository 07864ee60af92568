/** The menu of models: what each is, and reading with another one. */
import { t } from "../i18n/language";
import { quoted, size } from "../page/format";
import type { InklingPad } from "../element/inkling-pad";
import type { Model } from "../element/prediction";
import { siteModel, type SiteFile } from "../page/site";
import { failure } from "../page/version";
import { loadCard } from "./card";
import { addCard } from "./card-view";
import { make } from "./dom";
import { texts } from "./texts";

/** Opens the menu for a pad. */
export async function openModels(pad: InklingPad): Promise<void> {
  const dialog = document.getElementById("models");
  const root = dialog?.querySelector(".content");
  if (!(dialog instanceof HTMLDialogElement) || !root) return;
  const { model } = pad.reader;
  const entries = await Promise.all(Object.keys(INKLING_SITE.models).map((name) => entry(name, pad, dialog)));
  root.replaceChildren(...(model?.url === null ? [ownEntry(model)] : []), ...entries);
  if (!dialog.open) dialog.showModal();
}

/** The model that a file of somebody's own has brought; nothing more is known of it here. */
function ownEntry({ name, bytes }: Model): HTMLElement {
  const summary = make("summary", "", make("strong", "", quoted(name)), " ", make("span", "", `${texts().ownFile}, ${size(bytes)}`));
  return make("section", "entry", make("details", "", summary, make("div", "card", texts().own)), make("p", "used", texts().inUse));
}

/** One of the site's models: a headline, a button, and its card once unfolded. */
async function entry(name: string, pad: InklingPad, dialog: HTMLDialogElement): Promise<HTMLElement> {
  const file = siteModel(name);
  const model = INKLING_SITE.models[name];
  const body = make("div", "card");
  const details = make("details", "", make("summary", "", make("strong", "", name), " ", make("span", "", size(model?.bytes ?? 0))), body);
  details.addEventListener("toggle", () => details.open && void unfold(body, model), { once: true });
  return make("section", "entry", details, await stateOf(file, pad, dialog));
}

/** What stands below a model: that it is in use, that it cannot be had now, or the button for it. */
async function stateOf(file: SiteFile | null, pad: InklingPad, dialog: HTMLDialogElement): Promise<HTMLElement> {
  if (!file || file.url === pad.reader.model?.url) return make("p", "used", texts().inUse);
  if (!navigator.onLine && !(await isKept(file.url))) return make("p", "used", texts().offline);
  return useButton(file, pad, dialog);
}

/** Whether a file is kept for offline use. */
async function isKept(url: string): Promise<boolean> {
  try {
    return (await caches.match(url)) !== undefined;
  } catch {
    return false; // Storage is switched off.
  }
}

async function unfold(body: HTMLElement, model: SiteModel | undefined): Promise<void> {
  try {
    if (!model?.card) body.textContent = texts().noCard;
    else addCard(body, await loadCard(model.card), model.sheets);
  } catch (error) {
    body.textContent = t().partFailed(await failure(error));
  }
}

/** Loads the model with a progress bar that counts its bytes. */
function useButton(file: SiteFile, pad: InklingPad, dialog: HTMLDialogElement): HTMLElement {
  const { name } = file;
  const { reader, intents } = pad;
  const button = make("button", "", texts().use);
  button.setAttribute("aria-label", `${texts().use}: ${name}`);
  button.addEventListener("click", async () => {
    const intent = intents.next();
    const progress = make("progress");
    progress.max = 1;
    progress.setAttribute("aria-label", name);
    button.after(progress);
    button.disabled = true;
    try {
      const isUsed = await reader.choose(file, (share) => (progress.value = share), () => intents.holds(intent, "model"));
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

/** Says that a model is in use, and puts its name in the address, of which the rest stays. */
function adopt(name: string, pad: InklingPad, dialog: HTMLDialogElement): void {
  const url = new URL(location.href);
  url.searchParams.set("model", name);
  history.replaceState(history.state, "", url);
  pad.note(texts().nowReads(name));
  dialog.close();
}
