/** The page, put together: strokes from the pad go to the reader, its answers to the views and to the document. */
import { preferred, speak, speakOf, t } from "../i18n/language";
import { LANGUAGES, type Language } from "../i18n/languages";
import type { Answer, Drawing, Stroke } from "../types";
import { AnswerView, clockStepOf } from "./answer-view";
import { Bars } from "./bars";
import { element } from "./dom";
import { sentence, spoken } from "./format";
import { listenForFiles } from "./incoming";
import { kindOf } from "./kind";
import { later } from "./later";
import { Latest } from "./latest";
import { NetworkView } from "./network-view";
import { Pad, type Change } from "./pad";
import { PenKeys } from "./pen-keys";
import { PointerInput } from "./pointer-input";
import { announce, emptyPrediction, predictionOf, type Model, type Origin, type Prediction } from "./prediction";
import { Reader, type Phase } from "./reader";
import { StateView } from "./state-view";
import { Switch } from "./switch";
import { Tabs } from "./tabs";
import { Tools } from "./tools";
import { Voice } from "./voice";

declare global {
  interface Window {
    /** What the page offers to embedders and tests. */
    inkling: {
      /**
       * Reads an image of the model's input size, row by row, 0 background to
       * 255 ink, without a recipe. Waits for the network; rejects with a sentence.
       */
      predictImage(pixels: Uint8Array): Promise<Prediction>;
    };
  }
}

const sheet = element("pad", HTMLCanvasElement);
const voice = new Voice(element("spoken", HTMLElement));
const stateView = new StateView();
const answerView = new AnswerView(clockStepOf(() => performance.now()));
const networkView = new NetworkView(element("seen", HTMLCanvasElement));
const bars = new Bars(element("bars", HTMLElement));
const reader = new Reader(new URLSearchParams(location.search).get("model") || INKLING_SITE.defaultModel, enter);
const pad = new Pad(sheet, { drawing: () => changed(), drawn: changed });
const tools = new Tools(pad);
const tabs = new Tabs(reader);
const kinds = new Switch(readWith, () => reader.name);
const pointer = new PointerInput(sheet, pad, penFound);
new PenKeys(sheet, element("pen", HTMLElement), pad, (text) => voice.say(text));

/** What is asked about: strokes, or what a picture became. */
interface Question {
  readonly strokes: readonly Stroke[];
  readonly picture: Uint8Array | null;
  readonly origin: Origin;
}

/** A live answer may be left out when a newer question comes; the final one of a stroke comes always. */
const asking = new Latest(({ strokes, picture }: Question) => (picture ? reader.readPixels(picture) : reader.read(strokes)), answered);

/** What a picture became for a model of recipe picture; null: the pad holds strokes. */
let picture: Uint8Array | null = null;
let phase: Phase | null = null;
let shown: Prediction | null = null;

window.inkling = {
  async predictImage(pixels) {
    const { answer, model } = await reader.readImage(pixels);
    return predictionOf(answer, model, { strokes: 0, final: true });
  },
};

element("retry", HTMLButtonElement).addEventListener("click", () => {
  sheet.focus({ preventScroll: true });
  void reader.retry();
});
element("choose", HTMLButtonElement).addEventListener("click", () => {
  void withLater(({ openModels }) => openModels(reader, (text) => stateView.note(text)));
});
element("help", HTMLButtonElement).addEventListener("click", () => {
  const licences = document.querySelector<HTMLAnchorElement>("a[rel=license]")?.href ?? "";
  void withLater(({ openHelp }) => openHelp(licences));
});
const languages = element("language", HTMLSelectElement);
languages.replaceChildren(...Object.entries(LANGUAGES).map(([tag, { name }]) => new Option(name, tag)));
languages.addEventListener("change", () => void use(languages.value as Language, true));
element("fingers-too", HTMLInputElement).addEventListener("change", (event) => {
  pointer.fingersToo = (event.target as HTMLInputElement).checked;
});
element("sample-list", HTMLElement).addEventListener("beforetoggle", () => {
  const takers = { drawing: (strokes: Drawing) => pad.replace(strokes), picture: showPicture };
  void withLater(({ fillSamples }) => fillSamples(element("sample-list", HTMLElement), reader, takers));
});
listenForFiles((file) => void take(file));
for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
  matchMedia(query).addEventListener("change", recolour);
}
element("chosen", HTMLElement).textContent = reader.name;
void reader.open();
if (preferred() !== "en") void use(preferred(), false);

/** The pad has changed; without a change, the gesture under way has gone on. */
function changed(change?: Change): void {
  picture = null;
  tools.update();
  markEmpty();
  if (change && change !== "pen") asking.drop();
  predict(change !== undefined);
}

function markEmpty(): void {
  sheet.parentElement?.toggleAttribute("data-empty", pad.strokes.length === 0 && !picture);
}

/** Reads what is on the pad now. Where there is nothing to read with, enter does it later. */
function predict(final: boolean): void {
  const question = { strokes: pad.strokes, picture, origin: { strokes: pad.drawing.length, final } };
  if (picture || pad.strokes.length > 0) return asking.push(question, final);
  asking.drop();
  answered(null, question);
}

/** Shows an answer; null: nothing is drawn; undefined: there was nothing to read with. */
function answered(answer: Answer | null | undefined, { strokes, origin }: Question): void {
  if (answer && reader.model) return show(predictionOf(answer, reader.model, origin), answer, strokes);
  if (answer === null) show(emptyPrediction(reader.name, reader.model, origin), null, strokes);
}

function show(prediction: Prediction, answer: Answer | null, strokes: readonly Stroke[]): void {
  shown = prediction;
  answerView.show(prediction);
  bars.show(prediction.probabilities, answer ? answer.label : -1);
  networkView.show(answer?.image ?? null);
  if (prediction.final) voice.say(spoken(prediction));
  tabs.show({ strokes, prediction, answer });
  announce(prediction);
}

function enter(next: Phase): void {
  phase = next;
  if (next.state === "ready") speakOf(kindOf(next.model.info));
  stateView.show(next);
  if (next.state !== "ready") return;
  useModel(next.model);
  if (pad.strokes.length > 0 || picture) predict(!pad.isDrawing);
  keepForOffline();
}

/** Reads with a model of the site from now on; where it cannot, the page says why and keeps the one in use. */
async function readWith(name: string): Promise<void> {
  try {
    await reader.choose(name, () => {});
    history.replaceState(null, "", `?model=${encodeURIComponent(name)}`);
  } catch (error) {
    stateView.note(sentence(error));
  }
}

function useModel({ info }: Model): void {
  kinds.update();
  bars.setClasses(info.labels);
  networkView.setSize(info.width, info.height);
  tabs.renew();
  say();
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
    if (file.name.endsWith(".ink")) {
      const { useFile } = await later();
      return stateView.note(await useFile(reader, file));
    }
    stateView.note(t().reading);
    const { readPicture } = await later();
    const found = await readPicture(file, reader);
    if (found.strokes) pad.replace(found.strokes);
    else showPicture(found.image, found.bitmap);
    stateView.note(found.note);
  } catch (error) {
    stateView.note(sentence(error));
  }
}

function showPicture(image: Uint8Array, bitmap: ImageBitmap): void {
  if (pad.drawing.length > 0) pad.replace([]);
  picture = image;
  pad.show(bitmap);
  tools.update();
  markEmpty();
  predict(true);
}

function penFound(): void {
  stateView.note(t().penFound);
  element("fingers", HTMLElement).hidden = false;
}

/** Speaks a language, and says again what is on the screen; the old one stays where the new one cannot be fetched. */
async function use(language: Language, keep: boolean): Promise<void> {
  try {
    await speak(language, keep);
  } catch {
    languages.value = t().language;
    return stateView.note(t().unreachable(t().part));
  }
  languages.value = language;
  say();
  if (phase) stateView.show(phase);
  tabs.renew();
}

/** Says the answer again, in the words of now. */
function say(): void {
  answerView.show(shown ?? emptyPrediction(reader.name, reader.model, { strokes: 0, final: true }));
}

function recolour(): void {
  pad.redraw();
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
