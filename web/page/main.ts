/** The page, put together around its pad: what the pad reads goes to the views, files and choices go to the pad. */
import { define, type InklingPad, type PadEvents } from "../element/inkling-pad";
import { actionOf, isForText } from "../element/keys";
import { kindOf } from "../element/kind";
import type { Prediction } from "../element/prediction";
import { preferred, speak, speakOf, t } from "../i18n/language";
import { LANGUAGES, type Language } from "../i18n/languages";
import type { Drawing } from "../types";
import { Bars } from "./bars";
import { element } from "./dom";
import { sentence } from "./format";
import { listenForFiles } from "./incoming";
import { later } from "./later";
import { NetworkView } from "./network-view";
import { FILES, siteModel, unknownModel } from "./site";
import { SpeedView } from "./speed";
import { StateView } from "./state-view";
import { Switch } from "./switch";
import { Tabs } from "./tabs";

type Events = { [K in keyof PadEvents]: CustomEvent<PadEvents[K]> };

declare global {
  interface HTMLElementTagNameMap {
    "inkling-pad": InklingPad;
  }
  interface DocumentEventMap extends Events {}
  interface Window {
    /** What the page offers to embedders and tests. */
    inkling: {
      /**
       * Reads an image of the model's input size, row by row, 0 background to 255
       * ink, without a recipe; the label of one without ink is "". Waits for the
       * network; rejects with a sentence for anything that is no such image.
       */
      predictImage(pixels: Uint8Array): Promise<Prediction>;
    };
  }
}

/** What the switch calls symbols of one's own. */
const SYMBOLS = "symbols";

const query = new URLSearchParams(location.search);
const wanted = query.get("model") || INKLING_SITE.defaultModel;
const stateView = new StateView();
const speed = new SpeedView();
const networkView = new NetworkView(element("seen", HTMLCanvasElement));
const bars = new Bars(element("bars", HTMLElement));

document.addEventListener("inkling:loading", ({ detail }) => stateView.show({ state: "loading", ...detail }));
document.addEventListener("inkling:error", ({ detail }) => stateView.show({ state: "error", ...detail }));
document.addEventListener("inkling:ready", enter);
document.addEventListener("inkling:prediction", show);
document.addEventListener("inkling:note", ({ detail }) => stateView.note(detail.text));

const model = siteModel(wanted);
define({ files: FILES, model, fill: () => {} });
const [pad] = document.getElementsByTagName("inkling-pad");
if (!pad) throw new Error("index.html: no inkling-pad");
const { reader } = pad;
const tabs = new Tabs(reader);
const kinds = new Switch(readWith, () => reader.name);
const beginSymbols = async () => (await later()).openSymbols(pad);
if (wanted === SYMBOLS && INKLING_SITE.symbols) beginSymbols().catch((error: unknown) => reader.refuse(sentence(error), beginSymbols));
else if (!model) reader.refuse(unknownModel(wanted));

window.inkling = { predictImage: async (pixels) => (await later()).predictImage(reader, pixels) };

element("choose", HTMLButtonElement).addEventListener("click", () => {
  void withLater(({ openModels }) => openModels(reader, (text) => stateView.note(text)));
});
element("help", HTMLButtonElement).addEventListener("click", () => {
  const licences = document.querySelector<HTMLAnchorElement>("a[rel=license]")?.href ?? "";
  void withLater(({ openHelp }) => openHelp(licences));
});
const allBars = element("all-bars", HTMLButtonElement);
allBars.addEventListener("click", () => {
  bars.whole = bars.areBest;
  allBars.setAttribute("aria-pressed", String(!bars.areBest));
  showBars();
});
const presenting = element("present", HTMLButtonElement);
presenting.addEventListener("click", () => void withLater(({ present }) => present(presenting)));
const languages = element("language", HTMLSelectElement);
languages.replaceChildren(...Object.entries(LANGUAGES).map(([tag, { name }]) => new Option(name, tag)));
languages.addEventListener("change", () => void use(languages.value as Language, true));
element("sample-list", HTMLElement).addEventListener("beforetoggle", () => {
  const takers = {
    drawing: (strokes: Drawing) => (pad.strokes = strokes),
    picture: (image: Uint8Array, bitmap: ImageBitmap) => pad.showPicture(image, bitmap),
  };
  void withLater(({ fillSamples }) => fillSamples(element("sample-list", HTMLElement), reader, takers));
});
const around = query.get("embed");
if (around !== null) void withLater(({ postTo }) => postTo(around, (text) => stateView.note(text)));
listenForFiles((file) => void take(file));
document.addEventListener("keydown", press);
for (const media of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
  matchMedia(media).addEventListener("change", recolour);
}
element("chosen", HTMLElement).textContent = wanted;
if (preferred() !== "en") void use(preferred(), false);

/** Shows what the pad has read. */
function show({ detail }: CustomEvent<Prediction>): void {
  const subject = pad?.subject;
  if (!subject) return;
  speed.show(detail);
  showBars();
  networkView.show(subject.answer?.image ?? null);
  tabs.show(subject);
}

function showBars(): void {
  const subject = pad?.subject;
  if (subject) bars.show(subject.prediction.probabilities, subject.answer?.label ?? -1, subject.prediction.final);
}

/** Reads with a model of the site from now on; where it cannot, the page says why and keeps the one in use. */
async function readWith(name: string): Promise<void> {
  try {
    const file = siteModel(name);
    if (name === SYMBOLS) await beginSymbols();
    else if (!file) throw new Error(unknownModel(name));
    else await reader.choose(file, () => {});
    history.replaceState(null, "", `?model=${encodeURIComponent(name)}`);
  } catch (error) {
    stateView.note(sentence(error));
  }
}

/** The pad has a model to read with. */
function enter({ detail: { model, again } }: DocumentEventMap["inkling:ready"]): void {
  speakOf(kindOf(model.info));
  stateView.show({ state: "ready", model, again });
  kinds.update();
  bars.setClasses(model.info.labels);
  allBars.hidden = !bars.areBest;
  allBars.setAttribute("aria-pressed", "false");
  networkView.setSize(model.info.width, model.info.height);
  tabs.renew();
  keepForOffline();
}

/** Uses what is fetched on demand, or says why not. */
async function withLater(use: (parts: Awaited<ReturnType<typeof later>>) => void): Promise<void> {
  try {
    use(await later());
  } catch (error) {
    stateView.note(t().partFailed(sentence(error)));
  }
}

/** Reads a picture onto the pad, or with the model that a file holds. */
async function take(file: File): Promise<void> {
  try {
    if (/\.(ink|json)$/.test(file.name)) {
      const { useFile } = await later();
      return stateView.note(await useFile(reader, file));
    }
    stateView.note(t().reading);
    const { readPicture } = await later();
    const found = await readPicture(file, reader);
    if (found.strokes) pad!.strokes = found.strokes;
    else pad!.showPicture(found.image, found.bitmap);
    stateView.note(found.note);
  } catch (error) {
    stateView.note(sentence(error));
  }
}

/** Undoes, redoes and clears wherever on the page the focus is and no field wants the keys. */
function press(event: KeyboardEvent): void {
  const [target] = event.composedPath();
  if (event.defaultPrevented || !(target instanceof Element) || isForText(target)) return;
  const action = actionOf(event, false);
  if (!action || (action === "clear" && target !== document.body)) return;
  event.preventDefault();
  pad?.act(action);
}

/** Speaks a language, and says again what is on the screen; the old one stays where the new one cannot be fetched. */
async function use(language: Language, keep: boolean): Promise<void> {
  try {
    await speak(language, keep);
    await pad?.speak(language);
  } catch {
    languages.value = t().language;
    return stateView.note(t().unreachable(t().part));
  }
  languages.value = language;
  if (reader.model) stateView.show({ state: "ready", model: reader.model, again: false });
  speed.say();
  tabs.renew();
}

function recolour(): void {
  networkView.redraw();
  tabs.renew();
}

/** Lets the service worker keep the site; called when the first answer no longer waits for the network. */
function keepForOffline(): void {
  if (INKLING_SITE.watch || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("sw.js").catch(() => {
    // The page works without; it is only not kept for offline use.
  });
}
