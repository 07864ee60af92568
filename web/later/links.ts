/** Lines from the tiles that gave most to the tile that is looked at. */
import { svg } from "./dom";
import type { Contribution } from "./stages";

/** A tile and what it gave. */
export interface Link extends Contribution {
  readonly from: HTMLElement;
}

/** The widest line, in CSS pixels, for one who gave all, and the narrowest. */
const [WIDEST, NARROWEST] = [8, 1.5];

/** Lines over an element that its tiles lie in. */
export class Links {
  readonly root = svg("svg", { class: "links", "aria-hidden": "true" });

  /** Draws lines to a tile, as wide as the shares are large, in the colour of their sign. */
  show(to: HTMLElement | undefined, links: readonly Link[]): void {
    const box = this.root.getBoundingClientRect();
    const middle = (tile: HTMLElement): readonly [number, number] => {
      const { left, top, width, height } = tile.getBoundingClientRect();
      return [left + width / 2 - box.left, top + height / 2 - box.top];
    };
    const lines = (to ? links : []).map(({ from, share }) => {
      const [[x1, y1], [x2, y2]] = [middle(from), middle(to as HTMLElement)];
      const width = Math.max(NARROWEST, WIDEST * Math.abs(share));
      return svg("line", { x1, y1, x2, y2, "stroke-width": width, class: share < 0 ? "against" : "for" });
    });
    this.root.replaceChildren(...lines);
  }
}
