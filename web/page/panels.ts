/** Parts of the page that are fetched when somebody asks for them. */
import { t } from "../i18n/language";
import { sentence } from "./format";
import type { Panel, PanelMaker, Subject } from "./panel";
import type { Reader } from "../element/reader";

/** Fetches the parts of the page that the first answer does not need. Rejects with a sentence. */
export async function later(): Promise<typeof import("../later")> {
  try {
    return await import("../later");
  } catch (error) {
    throw error instanceof TypeError ? new Error(t().unreachable(t().part)) : error;
  }
}

/** What makes the panel with an id. */
async function makerOf(name: string): Promise<PanelMaker | undefined> {
  const { whyPanel, stepsPanel, layersPanel, comparePanel } = await later();
  return { why: whyPanel, steps: stepsPanel, layers: layersPanel, compare: comparePanel }[name];
}

/** The buttons with data-panel and what they open. */
export class Panels {
  private readonly open = new Map<string, Panel | null>();
  private subject: Subject | null = null;

  constructor(private readonly reader: Reader) {
    for (const button of buttons()) button.addEventListener("click", () => void this.toggle(button));
  }

  /** Shows a subject in all open panels. */
  show(subject: Subject): void {
    this.subject = subject;
    for (const panel of this.open.values()) panel?.show(subject);
  }

  /** Makes the open panels again, for another model or language. */
  renew(): void {
    for (const name of this.open.keys()) void this.make(name);
  }

  private async toggle(button: HTMLButtonElement): Promise<void> {
    const name = button.dataset["panel"] ?? "";
    const section = document.getElementById(name);
    if (!section) return;
    if (this.open.has(name) && !isOnScreen(section)) return reveal(section);
    const opens = !this.open.delete(name);
    button.setAttribute("aria-expanded", String(opens));
    if (opens) await this.make(name);
    section.hidden = !this.open.has(name);
    if (!section.hidden) reveal(section);
  }

  private async make(name: string): Promise<void> {
    this.open.set(name, null);
    const root = document.querySelector<HTMLElement>(`#${name} .content`);
    if (!root) return;
    try {
      const make = await makerOf(name);
      if (!make || !this.open.has(name)) return;
      root.replaceChildren();
      const panel = make(root, this.reader);
      this.open.set(name, panel);
      if (this.subject) panel.show(this.subject);
    } catch (error) {
      root.textContent = t().partFailed(sentence(error));
    }
  }
}

function buttons(): NodeListOf<HTMLButtonElement> {
  return document.querySelectorAll<HTMLButtonElement>("button[data-panel]");
}

/** Whether any of a panel can be seen: a button that seems to do nothing is to show it, not to close it. */
function isOnScreen(section: HTMLElement): boolean {
  const { top, bottom } = section.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

function reveal(section: HTMLElement): void {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  section.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
}
