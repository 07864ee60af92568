/** The panel "why": the ink that speaks for the answer and the ink that speaks against it. */
import { t } from "../i18n/language";
import type { Panel, PanelMaker, Subject } from "../page/panel";
import type { Reader } from "../element/reader";
import type { Prediction } from "../element/prediction";
import { quoted } from "../page/format";
import { make, paintSigned, signColours } from "./dom";
import { occlude } from "./occlusion";
import { texts } from "./texts";

/** The share of the strongest effect below which ink hardly counts: it is neither named nor shown as speaking against. */
const HARDLY = 0.1;

/** Makes the panel. */
export const whyPanel: PanelMaker = (root, reader) => new Why(root, reader);

class Why implements Panel {
  private readonly canvas = make("canvas", "grid");
  private readonly intro = make("p", "lead", t().empty);
  private readonly text = make("p");
  private readonly colours = signColours();
  private latest: Subject | null = null;

  constructor(
    root: HTMLElement,
    private readonly reader: Reader,
  ) {
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", t().empty);
    this.text.setAttribute("aria-live", "polite");
    const legend = make("p", "legend", make("span", "for", texts().speaksFor), make("span", "against", texts().speaksAgainst));
    const said = make("div", "", this.intro, legend, this.text, make("p", "how", texts().whyHow));
    root.append(make("div", "pair", make("div", "frame", this.canvas), said));
  }

  /** Looks into finished drawings; while one is being drawn the last picture stays. */
  show(subject: Subject): void {
    if (!subject.prediction.final) return;
    this.latest = subject;
    const { answer } = subject;
    this.intro.textContent = answer ? introOf(subject.prediction) : t().empty;
    if (answer) return void this.explain(subject, answer.image, answer.label);
    paintSigned(this.canvas, 1, 1, [], this.colours);
    this.text.textContent = "";
  }

  private async explain(subject: Subject, image: Uint8Array, label: number): Promise<void> {
    const info = this.reader.model?.info;
    if (!info) return;
    const ask = (images: Uint8Array) => this.reader.probabilities(images);
    const effect = await occlude(image, [info.width, info.channels], [label, info.labels.length], ask, () => this.latest !== subject);
    if (!effect) return;
    const most = effect.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1;
    const shares = effect.map((value) => value / most);
    const shades = shares.map((value, i) => shade(value, image[i * info.channels] ?? 0));
    paintSigned(this.canvas, info.width, info.height, shades, this.colours);
    this.text.textContent = sayPlaces(shares, info.width, quoted(subject.prediction.label));
    this.canvas.setAttribute("aria-label", this.text.textContent);
  }
}

/** What the panel is about; where no class is sure, the likeliest one. */
function introOf({ label, sure }: Prediction): string {
  return sure ? texts().whyIntro(quoted(label)) : texts().whyUnsure(quoted(label));
}

/** Ink that hardly counts stays to be seen, palely. */
function shade(effect: number, ink: number): number {
  const sign = effect <= -HARDLY ? -1 : 1;
  return ink === 0 ? 0 : sign * Math.max(Math.abs(effect) ** 0.7, (0.12 * ink) / 255);
}

/** Names the ninths of the image that speak most for and most against; effects are -1..1. */
function sayPlaces(effects: Float32Array, width: number, label: string): string {
  const height = effects.length / width;
  const [forIt, against] = [new Float32Array(9), new Float32Array(9)];
  effects.forEach((effect, i) => {
    const ninth = 3 * Math.floor((3 * Math.floor(i / width)) / height) + Math.floor((3 * (i % width)) / width);
    const sums = effect <= -HARDLY ? against : forIt;
    sums[ninth] = (sums[ninth] ?? 0) + effect;
  });
  const name = (ninth: number) => texts().places[Math.floor(ninth / 3)]?.[ninth % 3] ?? "";
  const least = Math.min(...against);
  return texts().whyText(label, name(forIt.indexOf(Math.max(...forIt))), least < 0 ? name(against.indexOf(least)) : "");
}
