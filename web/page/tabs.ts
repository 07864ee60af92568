/** The tabs below the answer: one panel at a time. All but the bars are fetched when they are first opened. */
import type { Subject } from "../element/inkling-pad";
import type { Reader } from "../element/reader";
import { t } from "../i18n/language";
import { later } from "./later";
import type { Panel, PanelMaker } from "./panel";
import { failure } from "./version";

/** What makes the panel with an id; undefined: it is there from the start. */
async function makerOf(name: string): Promise<PanelMaker | undefined> {
  const { whyPanel, stepsPanel, layersPanel, comparePanel } = await later();
  return { why: whyPanel, steps: stepsPanel, layers: layersPanel, compare: comparePanel }[name];
}

/**
 * The tab list of index.html. The arrow keys go from tab to tab and open it, Enter leads into
 * its panel and Escape back, as does a screen reader's click; a pointer's leaves the focus alone.
 */
export class Tabs {
  private readonly tabs = [...document.querySelectorAll<HTMLElement>("[role=tab]")];
  private panel: Panel | null = null;
  private subject: Subject | null = null;

  constructor(private readonly reader: Reader) {
    for (const tab of this.tabs) {
      tab.addEventListener("click", ({ detail }) => this.open(tab, detail === 0));
      tab.addEventListener("keydown", (event) => this.move(tab, event));
      panelOf(tab)?.addEventListener("keydown", ({ key }) => key === "Escape" && tab.focus());
    }
  }

  /** Shows a subject in the open panel. */
  show(subject: Subject): void {
    this.subject = subject;
    this.panel?.show(subject);
  }

  /** Makes the open panel again, for another model or language. */
  renew(): void {
    void this.make();
  }

  private get selected(): HTMLElement | undefined {
    return this.tabs.find((tab) => tab.getAttribute("aria-selected") === "true");
  }

  private open(tab: HTMLElement, leads: boolean): void {
    const panel = panelOf(tab);
    if (!panel) return;
    if (tab !== this.selected) {
      for (const other of this.tabs) {
        other.setAttribute("aria-selected", String(other === tab));
        other.tabIndex = other === tab ? 0 : -1;
        panelOf(other)?.toggleAttribute("hidden", other !== tab);
      }
      document.documentElement.dataset["tab"] = panel.id;
      void this.make();
    }
    if (leads) panel.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    panel.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  private move(tab: HTMLElement, event: KeyboardEvent): void {
    const forward = getComputedStyle(tab).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const step = { [forward]: 1, [back]: -1, Home: -this.tabs.indexOf(tab), End: -1 - this.tabs.indexOf(tab) }[event.key];
    const to = step === undefined ? undefined : this.tabs.at((this.tabs.indexOf(tab) + step) % this.tabs.length);
    if (!to) return;
    event.preventDefault();
    to.focus();
    this.open(to, false);
  }

  private async make(): Promise<void> {
    this.panel = null;
    const { selected } = this;
    const root = selected && panelOf(selected)?.querySelector<HTMLElement>(".content");
    if (!root) return;
    try {
      const make = await makerOf(selected.dataset["panel"] ?? "");
      if (!make || this.selected !== selected) return;
      root.replaceChildren();
      this.panel = make(root, this.reader);
      if (this.subject) this.panel.show(this.subject);
    } catch (error) {
      root.textContent = t().partFailed(await failure(error));
    }
  }
}

function panelOf(tab: HTMLElement): HTMLElement | null {
  return document.getElementById(tab.getAttribute("aria-controls") ?? "");
}
