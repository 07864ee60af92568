/** The page, put together around its pad: what the pad reads goes to the views, files and choices go to the pad. */
import { define, type InklingPad, type PadEvents } from "../element/inkling-pad";
import { actionOf, isForText } from "../element/keys";
import { kindOf } from "../element/kind";
import type { Model, Prediction } from "../element/prediction";
import { adopt } from "../element/session";
import { ownKind, preferred, speak, speakOf, t } from "../i18n/language";
import { LANGUAGES, type Language } from "../i18n/languages";
import { Bars } from "./bars";
import { hasCorrections } from "./corrected";
import { element } from "./dom";
import { sentence } from "./format";
import { listenForFiles } from "./incoming";
import { keep, takeKept } from "./kept";
import { later } from "./later";
import { NetworkView } from "./network-view";
import { SITE, siteEntry, siteModel, unknownModel, writeAddress } from "./site";
import { SpeedView } from "./speed";
import { StateView } from "./state-view";
import { Switch } from "./switch";
import { Tabs } from "./tabs";
import { failure } from "./version";

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
const wanted = query.get("model") || SITE.defaultModel;
const stateView = new StateView();
const speed = new SpeedView();
const networkView = new NetworkView(element("seen", HTMLCanvasElement));
const bars = new Bars(element("bars", HTMLElement));

document.addEventListener("inkling:loading", () => stateView.show({ state: "loading" }));
document.addEventListener("inkling:error", () => stateView.show({ state: "error" }));
document.addEventListener("inkling:ready", enter);
document.addEventListener("inkling:prediction", show);
document.addEventListener("inkling:outdated", () => pad.note(t().outdated, reloadButton()));

const asked = siteModel(wanted);
const asksSymbols = wanted === SYMBOLS && SITE.symbols !== "";
if (globalThis.inklingWorker) adopt(SITE.worker, globalThis.inklingWorker);
define({ files: SITE, model: asksSymbols ? null : (asked ?? siteModel(SITE.defaultModel)), kind: ownKind, fill: () => {} });
const [found] = document.getElementsByTagName("inkling-pad");
if (!found) throw new Error("index.html: no inkling-pad");
/** The page's pad. */
const pad = found;
const { reader } = pad;
const tabs = new Tabs(reader);
const kinds = new Switch(readWith, () => (reader.model?.url === null ? "" : reader.name));
pad.remake = async (picture) => (await later()).remake(picture, pad);
const beginSymbols = async () => void (await (await later()).openSymbols(pad, () => true));
if (asksSymbols) beginSymbols().catch((error: unknown) => reader.refuse(sentence(error), beginSymbols));
else if (!asked) document.addEventListener("inkling:ready", () => pad.note(unknownModel(wanted)), { once: true });

window.inkling = { predictImage: async (pixels) => (await later()).predictImage(reader, pixels) };

element("choose", HTMLButtonElement).addEventListener("click", () => {
  void withLater(({ openModels }) => openModels(pad));
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
const wrong = element("wrong", HTMLButtonElement);
wrong.addEventListener("click", () => void withLater(({ putRight }) => putRight(pad, wrong)));
const presenting = element("present", HTMLButtonElement);
presenting.addEventListener("click", () => void withLater(({ present }) => present(presenting)));
const languages = element("language", HTMLSelectElement);
languages.replaceChildren(...Object.entries(LANGUAGES).map(([tag, { name }]) => new Option(name, tag)));
languages.addEventListener("change", () => void use(languages.value as Language, true));
element("sample-list", HTMLElement).addEventListener("beforetoggle", () => {
  void withLater(({ fillSamples }) => fillSamples(element("sample-list", HTMLElement), reader, (content) => pad.show(content)));
});
listenForFiles((files) => {
  const intent = pad.intents.next();
  void withLater(({ takeFiles }) => takeFiles(files, pad, intent));
});
takeKept((kept) => {
  const intent = pad.intents.next();
  void withLater(({ strokesOf }) => {
    if (pad.intents.holds(intent, "content")) pad.strokes = strokesOf(JSON.parse(kept));
  });
});
const around = query.get("embed");
if (around !== null) void withLater(({ postTo }) => postTo(around, (text) => pad.note(text)));
document.addEventListener("keydown", press);
for (const media of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
  matchMedia(media).addEventListener("change", recolour);
}
element("chosen", HTMLElement).textContent = reader.name;
if (preferred() !== "en") void use(preferred(), false);

/** Shows what the pad has read. */
function show({ detail }: CustomEvent<Prediction>): void {
  const { subject } = pad;
  if (!subject) return;
  speed.show(detail);
  showBars();
  networkView.show(subject.answer?.image ?? null);
  tabs.show(subject);
  wrong.classList.toggle("idle", !subject.answer);
}

/** Reads with a model of the site from now on; where it cannot, the page says why and keeps the one in use. */
async function readWith(name: string): Promise<void> {
  const file = siteModel(name);
  if (!file && name !== SYMBOLS) return pad.note(unknownModel(name));
  const intent = pad.intents.next();
  const holds = () => pad.intents.holds(intent, "model");
  try {
    if (file ? await reader.choose(file, () => {}, holds) : await (await later()).openSymbols(pad, holds)) writeAddress(name);
  } catch (error) {
    pad.note(await failure(error));
  }
  kinds.update();
}

function showBars(): void {
  const { subject } = pad;
  if (subject) bars.show(subject.prediction.probabilities, subject.answer?.label ?? -1, subject.prediction.final);
}

/** The pad has a model to read with. */
function enter({ detail: { model } }: DocumentEventMap["inkling:ready"]): void {
  speakOf(kindOf(model.info));
  stateView.show({ state: "ready", model });
  kinds.update();
  bars.setClasses(model.info.labels);
  allBars.hidden = !bars.areBest;
  allBars.setAttribute("aria-pressed", "false");
  wrong.hidden = model.info.symbols !== undefined;
  if (hasCorrections()) void withLater(({ resumeCorrections }) => resumeCorrections(pad));
  networkView.setSize(model.info.width, model.info.height);
  tabs.renew();
  void keepForOffline(model);
}

/** Uses what is fetched on demand, or says why not. */
async function withLater(use: (parts: Awaited<ReturnType<typeof later>>) => void | Promise<void>): Promise<void> {
  try {
    await use(await later());
  } catch (error) {
    const why = await failure(error);
    if (why !== t().outdated) pad.note(t().partFailed(why));
  }
}

/** Returns a button that fetches the page again; the drawing stays. */
function reloadButton(): HTMLButtonElement {
  const button = document.createElement("button");
  button.textContent = t().reload;
  button.addEventListener("click", () => {
    keep(pad.strokes);
    location.reload();
  });
  return button;
}

/** Undoes, redoes and clears wherever on the page the focus is and no field wants the keys. */
function press(event: KeyboardEvent): void {
  const [target] = event.composedPath();
  if (event.defaultPrevented || !(target instanceof Element) || isForText(target)) return;
  const action = actionOf(event, false);
  if (!action || (action === "clear" && target !== document.body)) return;
  event.preventDefault();
  pad.act(action);
}

/** Speaks a language, and says again what is on the screen; the old one stays where the new one cannot be fetched. */
async function use(language: Language, keep: boolean): Promise<void> {
  try {
    await speak(language, keep);
    await pad.speak(language);
  } catch {
    languages.value = t().language;
    return pad.note(t().unreachable(t().part));
  }
  languages.value = language;
  if (reader.model) stateView.show({ state: "ready", model: reader.model });
  speed.say();
  tabs.renew();
}

function recolour(): void {
  networkView.recolour();
  tabs.renew();
}

/**
 * Lets the service worker keep the site, and all that belongs to the model in use; called when the first answer no longer
 * waits for the network.
 */
async function keepForOffline(model: Model): Promise<void> {
  if (SITE.watch || !("serviceWorker" in navigator)) return;
  const site = siteEntry(model);
  const pictures = model.info.recipe === "picture" || hasCorrections() ? [SITE.pictures] : [];
  try {
    await navigator.serviceWorker.register("sw.js");
    const { active } = await navigator.serviceWorker.ready;
    if (site) active?.postMessage([site.url, site.card, site.near, ...Object.values(site.sheets), ...pictures].filter(Boolean));
  } catch {
    // The page works without; it is only not kept for offline use.
  }
}
