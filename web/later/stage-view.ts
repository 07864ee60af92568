/** One stage of the network on the page: a heading and a tile for each channel that is shown. */
import { make, paintSigned, signColours } from "./dom";
import { places, strengths } from "./stages";
import { texts } from "./texts";

/** How many channels are shown unless all are asked for. */
export const MOST = 12;

/** What a stage shows: its headings, and what its channels are. */
export interface StageText {
  readonly title: string;
  /** Keras's classes of its layers, for those who know them. */
  readonly layers?: string;
  /** How many of what. */
  readonly size: string;
  /** Names a channel in a sentence. */
  readonly name: (channel: number) => string;
  /** The channels' labels, on the last stage. */
  readonly labels?: readonly string[];
}

/** The shape of what a stage makes of one image. */
export interface StageShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A button that shows one channel; which one may change. */
interface Tile {
  readonly button: HTMLButtonElement;
  readonly canvas: HTMLCanvasElement;
}

/** Who hears what a pointer, a finger or the focus is at; null: at nothing any more. */
export type Look = (channel: number | null, how: "hover" | "focus" | "press") => void;

/** A column of the flow, a row on a phone. */
export class StageView {
  readonly root: HTMLElement;
  private readonly box = make("div", "maps");
  private readonly tiles: Tile[] = [];
  /** The channel of each tile. */
  private shown: readonly number[] = [];
  /** The same before any was wanted, to go back to; null while none is. */
  private before: readonly number[] | null = null;
  private readonly colours = signColours();
  private values: ArrayLike<number> = [];

  constructor(
    readonly shape: StageShape,
    private readonly text: StageText,
    private readonly look: Look,
  ) {
    const head = make("div", "head", make("h3", "", text.title), make("p", "", text.size));
    if (text.layers) head.title = text.layers;
    this.root = make("section", text.labels ? "stage labelled" : "stage", head, this.box);
    this.root.setAttribute("aria-label", `${text.title}, ${text.size}`);
    this.grow(Math.min(MOST, shape.channels));
    if (shape.channels > MOST) this.root.append(this.allButton());
  }

  /**
   * Shows the outputs for one image, none for an empty pad. The channels that are wanted are among those shown; when
   * none is wanted any more, those come back that they took the place of.
   */
  show(values: ArrayLike<number>, wanted: readonly number[]): void {
    this.values = values;
    const last = wanted.length > 0 ? this.shown : (this.before ?? this.shown);
    this.before = wanted.length > 0 ? (this.before ?? this.shown) : null;
    this.place(places(strengths(values, this.shape.channels), last, wanted));
    const most = this.text.labels ? 1 : largestOf(values);
    this.tiles.forEach((tile, place) => this.paint(tile, this.shown[place] ?? 0, most));
  }

  /** Paints a picture of any size, -1..1, in place of a channel's own. */
  showInstead(channel: number, width: number, height: number, picture: ArrayLike<number>): void {
    const canvas = this.tiles[this.shown.indexOf(channel)]?.canvas;
    if (canvas) paintSigned(canvas, width, height, picture, this.colours);
  }

  /** The tile of a channel, if it is shown. */
  tileOf(channel: number): HTMLElement | undefined {
    return this.tiles[this.shown.indexOf(channel)]?.button;
  }

  /** What a channel is, for a sentence. */
  nameOf(channel: number): string {
    return this.text.name(channel);
  }

  private place(next: readonly number[]): void {
    next.forEach((channel, place) => {
      const button = channel === this.shown[place] ? undefined : this.tiles[place]?.button;
      button?.setAttribute("aria-label", this.text.name(channel));
      button?.querySelector("span")?.replaceChildren(this.text.labels?.[channel] ?? "");
    });
    this.shown = [...next];
  }

  private paint({ canvas, button }: Tile, channel: number, most: number): void {
    const { height, width, channels } = this.shape;
    const { values } = this;
    if (this.text.labels) return button.style.setProperty("--share", String(values[channel] ?? 0));
    if (height * width === 1) return paintSigned(canvas, CELL, CELL, cell((values[channel] ?? 0) / most), this.colours);
    const map = Float32Array.from({ length: height * width }, (_, i) => (values[i * channels + channel] ?? 0) / most);
    paintSigned(canvas, width, height, map, this.colours);
  }

  private grow(count: number): void {
    while (this.tiles.length > count) this.tiles.pop()?.button.remove();
    while (this.tiles.length < count) this.tiles.push(this.newTile(this.tiles.length));
    const order = Array.from({ length: count }, (_, channel) => channel);
    this.shown = [];
    this.before = null;
    this.place(order);
  }

  private newTile(place: number): Tile {
    const canvas = make("canvas");
    const button = make("button", "tile", this.text.labels ? make("span") : canvas);
    button.type = "button";
    button.tabIndex = -1;
    const at = () => this.shown[place] ?? null;
    button.addEventListener("pointerenter", ({ pointerType }) => pointerType !== "touch" && this.look(at(), "hover"));
    button.addEventListener("pointerleave", () => this.look(null, "hover"));
    button.addEventListener("focus", () => button.matches(":focus-visible") && this.look(at(), "focus"));
    button.addEventListener("blur", () => this.look(null, "focus"));
    button.addEventListener("click", () => this.look(at(), "press"));
    this.box.append(button);
    return { button, canvas };
  }

  /** Shows all channels, in the network's order, or the strongest again; says which of both. */
  private allButton(): HTMLElement {
    const { channels } = this.shape;
    const button = make("button", "all", texts().allOf(channels));
    button.type = "button";
    button.addEventListener("click", () => {
      const all = this.root.classList.toggle("whole");
      button.textContent = all ? texts().strongest(MOST) : texts().allOf(channels);
      this.grow(all ? channels : MOST);
      this.show(this.values, []);
    });
    return button;
  }
}

/** Side of a unit's picture, in pixels. */
const CELL = 9;

/** Draws a unit as a square: filled where it is positive, a ring where it is negative. */
function cell(value: number): Float32Array {
  return Float32Array.from({ length: CELL * CELL }, (_, i) => {
    const edge = Math.min(i % CELL, Math.floor(i / CELL), CELL - 1 - (i % CELL), CELL - 1 - Math.floor(i / CELL));
    return value > 0 ? (edge > 0 ? Math.sqrt(value) : 0) : edge === 1 || edge === 2 ? -Math.sqrt(-value) : 0;
  });
}

/** The largest of values without their signs, above 0. */
function largestOf(values: ArrayLike<number>): number {
  let most = 1e-6;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i] ?? 0));
  return most;
}
