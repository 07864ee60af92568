/** What a screen reader hears of a pad in a form: its label, and whether it has to be filled in. */
import { find } from "./dom";

/** The name and the description of a pad's canvas. */
export class Naming {
  private readonly canvas: HTMLCanvasElement;
  private readonly label = document.createElement("span");
  private readonly need = document.createElement("span");
  private readonly observer = new MutationObserver(() => this.update());

  /** labels returns the label elements of the pad. */
  constructor(
    private readonly root: ShadowRoot,
    private readonly labels: () => NodeList,
  ) {
    this.canvas = find(root, "pad", HTMLCanvasElement);
    this.label.id = "label-text";
    this.need.id = "need";
    for (const said of [this.label, this.need]) said.hidden = true;
    root.append(this.label, this.need);
    this.canvas.setAttribute("aria-describedby", "how need");
    // Labels may come, and be called otherwise, later than the pad.
    this.canvas.addEventListener("focus", () => this.update());
  }

  /** Names the canvas as the page names the element: by aria-labelledby, aria-label or labels; what it is comes behind. */
  update(): void {
    const labels = [...this.labels()];
    this.observer.disconnect();
    this.observer.observe(this.root.host, { attributeFilter: ["aria-label", "aria-labelledby"] });
    for (const label of labels) this.observer.observe(label, { characterData: true, childList: true, subtree: true });
    const text = this.textOf(this.named()) || this.root.host.getAttribute("aria-label")?.trim() || this.textOf(labels);
    this.label.textContent = text;
    if (text) this.canvas.setAttribute("aria-labelledby", "label-text pad");
    else this.canvas.removeAttribute("aria-labelledby");
  }

  /** Says whether an answer is missing, and sentences about that. */
  require(sentences: readonly string[], isMissing: boolean): void {
    this.need.textContent = sentences.join(" ");
    this.canvas.setAttribute("aria-invalid", String(isMissing));
  }

  /** The elements that the attribute aria-labelledby names. */
  private named(): Node[] {
    const { host } = this.root;
    const around = host.getRootNode() as Document | ShadowRoot;
    const ids = host.getAttribute("aria-labelledby")?.split(/\s+/) ?? [];
    return ids.flatMap((id) => around.getElementById?.(id) ?? []);
  }

  /** The text of elements, without that of fields in the pad. */
  private textOf(nodes: readonly Node[]): string {
    const texts = nodes.flatMap((node) => {
      const walk = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      while (walk.nextNode()) if (!this.root.host.contains(walk.currentNode)) found.push(walk.currentNode.nodeValue ?? "");
      return found.join("");
    });
    return texts.join(" ").replace(/\s+/g, " ").trim();
  }
}
