/** The panel "inside the network": what each layer makes of the drawing, live. */
import { Latest } from "../element/latest";
import type { PanelMaker } from "../page/panel";
import type { LayerInfo } from "../types";
import { make, paintSigned, signColours } from "./dom";
import { texts } from "./texts";
import { UnitView } from "./unit-view";

/** Layers whose outputs are those of the layer before, or the answer itself. */
const UNSEEN = ["flatten", "dropout", "softmax"];

/** Layers that change maps in place: the maps are shown after these only. */
const IN_PLACE = ["relu", "activation", "batch_normalization"];

/** What a map measures on the screen, in CSS pixels of a phone, for each of its own, within bounds. */
const MAGNIFIED = 2.4;
const [LEAST, MOST] = [16, 42];

/** What shows one layer: values are its outputs. */
type LayerView = (values: Float32Array) => void;

/** A layer that is shown, and the names of those whose work it shows. */
interface Stage {
  readonly at: number;
  readonly shape: readonly number[];
  readonly names: readonly string[];
}

/** Makes the panel. */
export const layersPanel: PanelMaker = (root, reader) => {
  const stages = stagesOf(reader.model?.info.layers ?? []);
  const how = [stages.some(isMaps) ? texts().mapsHow : "", stages.every(isMaps) ? "" : texts().cellsHow];
  root.append(make("p", "how", how.filter(Boolean).join(" ")));
  const views = stages.map((stage) => addStage(root, stage));
  const show = (outputs: Float32Array[] = []) => views.forEach((view, i) => view(outputs[stages[i]?.at ?? 0] ?? new Float32Array()));
  const asking = new Latest((image: Uint8Array) => reader.activations(image), show);
  return {
    show({ answer }) {
      if (answer) return asking.push(answer.image);
      asking.drop();
      show();
    },
  };
};

function isMaps({ shape }: Pick<LayerInfo, "shape">): boolean {
  return shape.length === 3;
}

/** The layers to show. */
function stagesOf(layers: readonly LayerInfo[]): Stage[] {
  const stages: Stage[] = [];
  let names: string[] = [];
  layers.forEach((layer, at) => {
    const { kind, shape, class: name } = layer;
    if (UNSEEN.includes(kind)) return;
    names.push(name);
    const next = layers.slice(at + 1).find(({ kind }) => kind !== "dropout");
    if (isMaps(layer) && next && IN_PLACE.includes(next.kind)) return;
    stages.push({ at, shape, names });
    names = [];
  });
  return stages;
}

function addStage(root: HTMLElement, stage: Stage): LayerView {
  const [height = 1, width = 1, channels = 1] = stage.shape;
  const size = isMaps(stage) ? texts().maps(channels, `${width}×${height}`) : texts().units(height);
  const title = `${stage.names.join(", ")}: ${size}`;
  const box = make("div", isMaps(stage) ? "maps" : "units");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", title);
  root.append(make("div", "layer", make("h3", "", title), box));
  return isMaps(stage) ? mapsView(box, height, width, channels) : new UnitView(box, height).show;
}

/** One small picture a channel, all on one scale. */
function mapsView(box: HTMLElement, height: number, width: number, channels: number): LayerView {
  const canvases = Array.from({ length: channels }, () => make("canvas"));
  const colours = signColours();
  const map = new Float32Array(height * width);
  box.style.setProperty("--side", String(Math.max(LEAST, Math.min(MAGNIFIED * width, MOST))));
  box.append(...canvases);
  return (values) => {
    const most = values.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-6);
    canvases.forEach((canvas, channel) => {
      for (let i = 0; i < map.length; i++) map[i] = (values[i * channels + channel] ?? 0) / most;
      paintSigned(canvas, width, height, map, colours);
    });
  };
}
