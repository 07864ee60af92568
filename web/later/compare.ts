/** The panel "two models": the same drawing read by the model in use and by another one. */
import type { Answer } from "../bridge";
import { Bars } from "../bars";
import { claim, percent } from "../format";
import { t } from "../i18n/language";
import { Latest } from "../latest";
import type { Panel, PanelMaker, Subject } from "../panels";
import { Reader, type Phase } from "../reader";
import { make } from "./dom";

/** The other model's reader outlives the panel: it is a program of its own. */
let other: Reader | null = null;
let onPhase: (phase: Phase) => void = () => {};

/** Makes the panel. */
export const comparePanel: PanelMaker = (root, reader) => new Compare(root, reader);

class Compare implements Panel {
  private readonly verdict = make("p", "lead");
  private readonly columns: readonly [Column, Column];
  private latest: Subject | null = null;
  private readonly asking = new Latest(askOther, (answer, subject: Subject) => this.showOther(answer ?? null, subject));

  constructor(root: HTMLElement, reader: Reader) {
    const names = Object.keys(INKLING_SITE.models).filter((name) => name !== reader.name);
    this.columns = [new Column(reader.name, reader.model?.info.labels ?? []), new Column("", [])];
    if (names.length === 0) {
      root.append(make("p", "", t().noOther));
      return;
    }
    const chosen = other && names.includes(other.name) ? other.name : (names[0] ?? "");
    root.append(this.chooser(names, chosen), this.verdict, make("div", "pair even", ...this.columns.map(({ root }) => root)));
    this.open(chosen);
  }

  show(subject: Subject): void {
    this.latest = subject;
    this.columns[0].show(subject.prediction.label, subject.answer);
    if (subject.answer) return this.asking.push(subject);
    this.asking.drop();
    this.showOther(null, subject);
  }

  private showOther(answer: Answer | null, { prediction }: Subject): void {
    const label = answer ? (other?.model?.info.labels[answer.label] ?? "") : "";
    this.columns[1].show(label, answer);
    this.verdict.textContent = !answer ? "" : label === prediction.label ? t().agree : t().disagree;
  }

  private chooser(names: readonly string[], chosen: string): HTMLElement {
    const select = make("select", "", ...names.map((name) => new Option(name, name, false, name === chosen)));
    select.addEventListener("change", () => this.open(select.value));
    return make("label", "chooser", `${t().compareWith} `, select);
  }

  private open(name: string): void {
    onPhase = (phase) => this.enter(phase);
    if (other?.name === name && other.model) return this.enter({ state: "ready", model: other.model, again: false });
    other?.close();
    other = new Reader(name, (phase) => onPhase(phase));
    void other.open();
  }

  private enter(phase: Phase): void {
    if (phase.state === "loading") this.verdict.textContent = t().download(percent(phase.progress));
    if (phase.state === "error") this.verdict.textContent = phase.reason;
    if (phase.state !== "ready") return;
    this.verdict.textContent = "";
    this.columns[1].name(phase.model.name, phase.model.info.labels);
    if (this.latest) this.show(this.latest);
  }
}

/** What the other model makes of the same. */
async function askOther({ strokes, answer }: Subject): Promise<Answer | null | undefined> {
  return strokes.length > 0 ? other?.read(strokes) : answer && other?.readPixels(answer.image);
}

/** What one model says. */
class Column {
  private readonly title = make("h3");
  private readonly label = make("span", "glyph");
  private readonly share = make("span");
  private readonly list = make("ol", "bars");
  private readonly bars = new Bars(this.list);
  readonly root = make("div", "", this.title, make("p", "said", this.label, this.share), this.list);

  constructor(name: string, labels: readonly string[]) {
    this.list.setAttribute("role", "list");
    this.name(name, labels);
  }

  name(name: string, labels: readonly string[]): void {
    this.title.textContent = name;
    this.bars.setClasses(labels);
  }

  show(label: string, answer: Answer | null): void {
    this.label.textContent = answer && !answer.sure ? "?" : label;
    this.share.textContent = answer ? claim(answer.confidence) : "";
    this.bars.show(answer?.probabilities ?? [], answer?.label ?? -1);
  }
}
