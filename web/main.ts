/** The page, put together: strokes from the pad go to the reader, its answers to the views and to the document. */
import { AnswerView, clockStepOf } from "./answer-view";
import { Bars } from "./bars";
import type { Answer } from "./bridge";
import { element } from "./dom";
import { NetworkView } from "./network-view";
import { Pad, type Change } from "./pad";
import { announce, emptyPrediction, predictionOf, type Model, type Prediction } from "./prediction";
import { Reader, type Phase } from "./reader";
import { StateView } from "./state-view";
import { Tools } from "./tools";

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

const name = new URLSearchParams(location.search).get("model") || INKLING_SITE.defaultModel;
const sheet = element("pad", HTMLCanvasElement);
const stateView = new StateView();
const answerView = new AnswerView(clockStepOf(() => performance.now()));
const networkView = new NetworkView(element("seen", HTMLCanvasElement));
const bars = new Bars(element("bars", HTMLElement));
const reader = new Reader(name, enter);
const pad = new Pad(sheet, { drawing: () => changed(), drawn: changed });
const tools = new Tools(pad);

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
for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
  matchMedia(query).addEventListener("change", recolour);
}
void reader.open();

/** The pad has changed; without a change, the stroke under the pointer has grown. */
function changed(change?: Change): void {
  tools.update();
  sheet.parentElement?.toggleAttribute("data-empty", pad.strokes.length === 0);
  predict(change !== undefined);
}

/** Reads what is on the pad now. Where there is nothing to read with, enter does it later. */
function predict(final: boolean): void {
  const origin = { strokes: pad.drawing.length, final };
  const answer = pad.strokes.length === 0 ? null : reader.read(pad.strokes);
  if (answer && reader.model) return show(predictionOf(answer, reader.model, origin), answer);
  if (answer === null) show(emptyPrediction(name, reader.model, origin), null);
}

function show(prediction: Prediction, answer: Answer | null): void {
  answerView.show(prediction);
  bars.show(prediction.probabilities, answer ? answer.label : -1);
  networkView.show(answer?.image ?? null);
  announce(prediction);
}

function enter(phase: Phase): void {
  stateView.show(phase);
  if (phase.state !== "ready") return;
  useModel(phase.model);
  if (pad.strokes.length > 0) predict(!pad.isDrawing);
  keepForOffline();
}

function useModel({ info }: Model): void {
  bars.setClasses(info.labels);
  networkView.setSize(info.width, info.height);
}

function recolour(): void {
  pad.redraw();
  networkView.redraw();
}

/** Lets the service worker keep the site; called when the first answer no longer waits for the network. */
function keepForOffline(): void {
  if (INKLING_SITE.watch || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.register("sw.js").catch(() => {
    // The page works without; it is only not kept for offline use.
  });
}
