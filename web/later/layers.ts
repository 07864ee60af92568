/** The panel "inside": the network as a flow, from what it saw to the answer, live. */
import type { Subject } from "../element/inkling-pad";
import { Latest } from "../element/latest";
import type { Reader } from "../element/reader";
import { percent } from "../page/format";
import type { Panel, PanelMaker } from "../page/panel";
import type { ModelInfo } from "../types";
import { contributions } from "./contributions";
import { make } from "./dom";
import { Links } from "./links";
import { StageView, type Look, type StageText } from "./stage-view";
import { largest, likeliest, stagesOf, united, type Contribution, type Stage } from "./stages";
import { texts } from "./texts";

/** How many incoming channels are linked to the one that is looked at. */
const LINKS = 5;

/** Which channel of which stage is looked at. */
interface Place {
  readonly stage: number;
  readonly channel: number;
}

/** What is needed of the model. */
type Info = Pick<ModelInfo, "layers" | "labels" | "width" | "height" | "channels">;

/** What is asked about: an image, and what is looked at meanwhile. */
interface Question {
  readonly image: Uint8Array;
  readonly look: Place | null;
}

/** What the network made of it: all layers' outputs, and what each channel gave to the one that is looked at. */
interface Found {
  readonly outputs: readonly Float32Array[];
  readonly given: Float32Array;
}

/** Makes the panel. */
export const layersPanel: PanelMaker = (root, reader) => new Flow(root, reader);

class Flow implements Panel {
  private readonly stages: readonly Stage[];
  /** The first is that of the image; view i + 1 is that of stage i. */
  private readonly views: readonly StageView[];
  private readonly links = new Links();
  private readonly told = make("p", "told");
  private readonly flow: HTMLElement;
  private readonly asking: Latest<Question, Found>;
  private readonly looks: Record<"hover" | "focus" | "press", Place | null> = { hover: null, focus: null, press: null };
  private readonly info: Info;
  private readonly kernels = new Map<number, Promise<Float32Array | undefined>>();
  private image: Uint8Array | null = null;
  /** Whether marks have to be taken away: frames in which nothing is looked at leave the tiles alone. */
  private isMarked = true;

  constructor(root: HTMLElement, private readonly reader: Reader) {
    const info = (this.info = reader.model?.info ?? NO_MODEL);
    this.stages = stagesOf(info.layers);
    this.views = [
      new StageView({ height: info.height, width: info.width, channels: info.channels }, imageText(info), this.looker(0)),
      ...this.stages.map((stage, i) => {
        const shown = this.shownOf(stage);
        return new StageView(shown, textOf(shown, i, this.stages, info), this.looker(i + 1));
      }),
    ];
    this.asking = new Latest((question: Question) => this.ask(question), (found, question) => this.draw(found, question));
    this.flow = make("div", "flow", ...this.views.map(({ root }) => root), this.links.root);
    this.flow.addEventListener("keydown", (event) => this.press(event));
    this.told.setAttribute("aria-live", "polite");
    root.append(this.flow, this.told);
    this.flow.querySelector<HTMLElement>(".tile")?.setAttribute("tabindex", "0");
    this.draw(NOTHING, { image: new Uint8Array(), look: null });
  }

  show({ answer }: Subject): void {
    this.image = answer?.image ?? null;
    this.renew();
  }

  /** Asks about what is on the pad, or shows that nothing is. */
  private renew(): void {
    const look = this.looks.hover ?? this.looks.focus ?? this.looks.press;
    if (this.image) return this.asking.push({ image: this.image, look });
    this.asking.drop();
    this.draw(NOTHING, { image: new Uint8Array(), look });
  }

  private async ask({ image, look }: Question): Promise<Found> {
    const stage = look ? this.stages[look.stage - 1] : undefined;
    const [outputs, kernel] = await Promise.all([this.reader.activations(image), stage ? this.kernelOf(stage) : undefined]);
    if (!outputs || !look || !stage || !kernel) return { outputs: outputs ?? [], given: NOTHING.given };
    const { layers, height, width, labels } = this.info;
    const before = layers[stage.weighs - 1];
    const x = before ? outputs[stage.weighs - 1] : Float32Array.from(image, (ink) => ink / 255);
    const y = outputs[stage.at];
    const layer = layers[stage.weighs];
    if (!layer || !x || !y) return { outputs, given: NOTHING.given };
    const [rows = height, columns = width] = before?.shape ?? [];
    const channel = this.isAnswer(stage) ? likeliest(y, labels.length, look.channel) : look.channel;
    return { outputs, given: contributions(layer, kernel, [x, y], [rows, columns], channel) };
  }

  /** Whether a stage makes the shares of the classes and of what is none of them. */
  private isAnswer(stage: Stage | undefined): boolean {
    return stage !== undefined && stage === this.stages.at(-1) && this.info.labels.length > 0;
  }

  /** What of a stage is shown: none of the classes is one channel, however many the network has for it. */
  private shownOf(stage: Stage): Stage {
    return this.isAnswer(stage) ? { ...stage, channels: Math.min(stage.channels, this.info.labels.length + 1) } : stage;
  }

  /** The weights that a stage begins with, fetched once. */
  private kernelOf({ weighs }: Stage): Promise<Float32Array | undefined> {
    const kernel = this.kernels.get(weighs) ?? this.reader.weights(weighs);
    this.kernels.set(weighs, kernel);
    return kernel;
  }

  private draw({ outputs, given }: Found, { image, look }: Question): void {
    const before = look ? this.views[look.stage - 1] : undefined;
    const sources = before ? largest(given, before.shape.channels, LINKS) : [];
    this.views.forEach((view, i) => {
      const wanted = i === look?.stage ? [look.channel] : view === before ? sources.map(({ channel }) => channel) : [];
      const stage = this.stages[i - 1];
      const values = stage ? (outputs[stage.at] ?? NOTHING.given) : Float32Array.from(image, (ink) => ink / 255);
      view.show(this.isAnswer(stage) ? united(values, this.info.labels.length) : values, wanted);
    });
    if (look && before) this.showWeighed(look, before, given);
    if (look || this.isMarked) this.mark(look, before, sources);
    this.isMarked = look !== null;
  }

  /** A unit that sees the image itself shows what it made of each pixel. */
  private showWeighed({ stage, channel }: Place, before: StageView, given: Float32Array): void {
    const { height, width } = before.shape;
    if (stage !== 1 || given.length !== height * width) return;
    const most = given.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-6);
    this.views[stage]?.showInstead(channel, width, height, given.map((value) => value / most));
  }

  /** Enlarges what is looked at, links it with what gave most to it, by the numbers that the sentence names, and says both. */
  private mark(look: Place | null, before: StageView | undefined, sources: readonly Contribution[]): void {
    const at = look ? this.views[look.stage] : undefined;
    const tile = look ? at?.tileOf(look.channel) : undefined;
    const links = sources.flatMap((source) => {
      const from = before?.tileOf(source.channel);
      return from ? [{ ...source, from }] : [];
    });
    for (const other of this.flow.querySelectorAll<HTMLElement>(".tile")) {
      const link = links.find(({ from }) => from === other);
      other.classList.toggle("looked", other === tile);
      other.classList.toggle("gives", link !== undefined);
      other.classList.toggle("against", link !== undefined && link.share < 0);
      if (link && before && before.shape.channels > 1) other.dataset["number"] = String(link.channel + 1);
      else delete other.dataset["number"];
      other.setAttribute("aria-pressed", String(other === tile && this.looks.press !== null));
    }
    this.links.show(tile, links);
    this.say(look && at ? [at.nameOf(look.channel), ...sentenceOf(before, sources)].join(" ") : texts().flowHow);
  }

  /** Says what is not said already: while somebody draws it stays the same for many frames. */
  private say(text: string): void {
    if (this.told.textContent !== text) this.told.textContent = text;
  }

  private looker(stage: number): Look {
    return (channel, how) => {
      const place = channel === null ? null : { stage, channel };
      const same = this.looks.press?.stage === stage && this.looks.press.channel === channel;
      this.looks[how] = how === "press" && same ? null : place;
      this.renew();
    };
  }

  /** The arrows lead to the nearest tile that way: the flow is one stop of the Tab key. */
  private press(event: KeyboardEvent): void {
    const way = WAYS[event.key];
    const from = event.target;
    if (event.key === "Escape" && this.looks.press) {
      this.looks.press = null;
      event.stopPropagation();
      return this.renew();
    }
    if (!way || !(from instanceof HTMLElement) || !from.matches(".tile")) return;
    event.preventDefault();
    const to = nearest(from, [...this.flow.querySelectorAll<HTMLElement>(".tile")], way);
    if (!to) return;
    from.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  }
}

const NO_MODEL: Info = { layers: [], labels: [], width: 1, height: 1, channels: 1 };
const NOTHING: Found = { outputs: [], given: new Float32Array() };

/** Right and down. */
const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

/** Returns the nearest element in a direction; those that lie more to the side than that way do not count. */
function nearest(from: HTMLElement, all: readonly HTMLElement[], [right, down]: readonly [number, number]): HTMLElement | undefined {
  const middle = (element: HTMLElement) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return [left + width / 2, top + height / 2] as const;
  };
  const [x, y] = middle(from);
  let best: HTMLElement | undefined;
  let least = Infinity;
  for (const element of all) {
    const [dx, dy] = [middle(element)[0] - x, middle(element)[1] - y];
    const along = dx * right + dy * down;
    const aside = Math.abs(dx * down) + Math.abs(dy * right);
    if (along < 1 || along + 2 * aside >= least) continue;
    [best, least] = [element, along + 2 * aside];
  }
  return best;
}

function imageText({ width, height, channels }: Info): StageText {
  return { title: texts().input, size: `${width}×${height}`, name: (n) => (channels > 1 ? texts().sawWriting[n] : null) ?? texts().saw };
}

/**
 * What is said of a stage, in words that ask for no knowledge of layers. The last one's channels are the classes, and
 * none of them where there are more channels.
 */
function textOf(stage: Stage, i: number, stages: readonly Stage[], { labels }: Pick<ModelInfo, "labels">): StageText {
  const { channels, width, height } = stage;
  const layers = stage.names.join(", ");
  if (i === stages.length - 1) {
    const all = Array.from({ length: channels }, (_, n) => labels[n] ?? texts().noneOfThem);
    return { title: texts().output, layers, size: texts().together, name: (n) => texts().classOf(all[n] ?? ""), labels: all };
  }
  const isAlike = (other: Stage) => (other.width * other.height === 1) === (width * height === 1);
  const number = stages.slice(0, i + 1).filter(isAlike).length;
  if (width * height === 1) {
    const title = number > 1 ? `${texts().together} ${number}` : texts().together;
    return { title, layers, size: texts().units(channels), name: (n) => texts().unitOf(layers, n + 1, channels) };
  }
  const side = `${width}×${height}`;
  return {
    title: `${texts().patterns} ${number}`, layers, size: texts().maps(channels), name: (n) => texts().mapOf(layers, n + 1, channels, side),
  };
}

/** Says what gave most: the numbers of channels with their shares, or the image. */
function sentenceOf(before: StageView | undefined, sources: readonly Contribution[]): string[] {
  if (!before || sources.length === 0) return [];
  if (before.shape.channels === 1) return [texts().fromImage];
  const parts = sources.map(({ channel, share }) => `${channel + 1} (${share < 0 ? "−" : "+"}${percent(Math.abs(share))})`);
  return [texts().comesFrom(parts.join(", "))];
}
