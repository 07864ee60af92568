/** The panel "inside the network": what each layer makes of the drawing, live. */
import type { LayerInfo } from "../bridge";
import { t } from "../i18n/language";
import { Latest } from "../latest";
import type { PanelMaker } from "../panels";
import { make, paintSigned, signColours } from "./dom";
import { UnitView } from "./unit-view";

/** Layers whose outputs are those of the layer before, or the answer itself. */
const UNSEEN = ["flatten", "dropout", "softmax"];

/** What shows one layer: values are its outputs. */
type LayerView = (values: Float32Array) => void;

/** Makes the panel. */
export const layersPanel: PanelMaker = (root, reader) => {
  const layers = reader.model?.info.layers ?? [];
  const views = layers.map((layer) => (UNSEEN.includes(layer.kind) ? null : addLayer(root, layer)));
  root.append(make("p", "how", t().layersHow));
  const show = (outputs: Float32Array[] = []) => views.forEach((view, i) => view?.(outputs[i] ?? new Float32Array()));
  const asking = new Latest((image: Uint8Array) => reader.activations(image), show);
  return {
    show({ answer }) {
      if (answer) return asking.push(answer.image);
      asking.drop();
      show();
    },
  };
};

function addLayer(root: HTMLElement, { kind, shape }: LayerInfo): LayerView {
  const name = t().layer[kind] ?? kind;
  const [height = 1, width = 1, channels = 1] = shape;
  const isFlat = shape.length === 1;
  const title = `${name}: ${isFlat ? t().units(height) : t().maps(channels, `${width}×${height}`)}`;
  const box = make("div", isFlat ? "units" : "maps");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", title);
  root.append(make("div", "layer", make("h3", "", title), box));
  return isFlat ? new UnitView(box, height).show : mapsView(box, height, width, channels);
}

/** One small picture a channel, all on one scale. */
function mapsView(box: HTMLElement, height: number, width: number, channels: number): LayerView {
  const canvases = Array.from({ length: channels }, () => make("canvas"));
  const colours = signColours();
  const map = new Float32Array(height * width);
  box.append(...canvases);
  return (values) => {
    const most = values.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-6);
    canvases.forEach((canvas, channel) => {
      for (let i = 0; i < map.length; i++) map[i] = (values[i * channels + channel] ?? 0) / most;
      paintSigned(canvas, width, height, map, colours);
    });
  };
}
