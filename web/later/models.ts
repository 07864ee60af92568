/** The menu of models: what each is, and reading with another one. */
import { t } from "../i18n/language";
import { sentence, size } from "../page/format";
import type { Reader } from "../element/reader";
import { siteModel, unknownModel } from "../page/site";
import { loadCard } from "./card";
import { addCard } from "./card-view";
import { make } from "./dom";
import { texts } from "./texts";

/** The largest file, in bytes, that is taken for a model. */
const LARGEST = 64e6;

/** Opens the menu; note hears what became of a choice. */
export function openModels(reader: Reader, note: (text: string) => void): void {
  const dialog = document.getElementById("models");
  const root = dialog?.querySelector(".content");
  if (!(dialog instanceof HTMLDialogElement) || !root) return;
  const names = Object.keys(INKLING_SITE.models);
  const all = names.includes(reader.name) ? names : [reader.name, ...names];
  root.replaceChildren(...all.map((name) => entry(name, reader, note, dialog)));
  if (!dialog.open) dialog.showModal();
}

/** Reads with the model in a file from now on; the sentence says so, or why not. */
export async function useFile(reader: Reader, file: File): Promise<string> {
  try {
    if (file.size > LARGEST) throw new Error(texts().tooLarge(file.name, size(file.size)));
    await reader.use(file.name.replace(/\.ink$/, ""), new Uint8Array(await file.arrayBuffer()));
    return texts().nowReads(reader.name);
  } catch (error) {
    return texts().refused(sentence(error));
  }
}

/** One model: a headline, a button, and its card once unfolded. */
function entry(name: string, reader: Reader, note: (text: string) => void, dialog: HTMLDialogElement): HTMLElement {
  const isUsed = name === reader.name;
  const model = INKLING_SITE.models[name];
  const body = make("div", "card");
  const bytes = size(model?.bytes ?? reader.model?.bytes ?? 0);
  const details = make("details", "", make("summary", "", make("strong", "", name), " ", make("span", "", bytes)), body);
  details.addEventListener("toggle", () => details.open && void unfold(body, model), { once: true });
  const state = isUsed ? make("p", "used", texts().inUse) : useButton(name, reader, note, dialog);
  return make("section", "entry", details, state);
}

async function unfold(body: HTMLElement, model: SiteModel | undefined): Promise<void> {
  try {
    if (!model) body.textContent = texts().own;
    else if (!model.card) body.textContent = texts().noCard;
    else addCard(body, await loadCard(model.card), model.sheets);
  } catch (error) {
    body.textContent = t().partFailed(sentence(error));
  }
}

/** Loads the model with a progress bar that counts its bytes. */
function useButton(name: string, reader: Reader, note: (text: string) => void, dialog: HTMLDialogElement): HTMLElement {
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
