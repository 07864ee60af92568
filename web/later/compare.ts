/** The panel "compare models": the same drawing read by the model in use and by another one. */
import { Bars } from "../page/bars";
import { claim, percent } from "../page/format";
import { Latest } from "../element/latest";
import type { Panel, PanelMaker, Subject } from "../page/panel";
import { Reader, type Phase } from "../element/reader";
import { signOf } from "../element/verdict";
import { t } from "../i18n/language";
import { SITE, siteModel } from "../page/site";
import type { Answer } from "../types";
import { make } from "./dom";
import { texts } from "./texts";

/** The model to compare with unless another is chosen: the notebook's, which the others are measured by. */
const FIRST = "notebook-plain";

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
    const names = Object.keys(SITE.models).filter((name) => siteModel(name)?.url !== reader.model?.url);
    this.columns = [new Column(reader.name, reader.model?.info.labels ?? []), new Column("", [])];
    if (names.length === 0) {
      root.append(make("p", "", texts().noOther));
      return;
    }
    const chosen = [other?.name, FIRST, names[0]].find((name) => name && names.includes(name)) ?? "";
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

  private showOther(answer: Answer | null, subject: Subject): void {
    const label = answer ? (other?.model?.info.labels[answer.label] ?? "") : "";
    this.columns[1].show(label, answer);
    if (subject.answer && other?.model && !answer) this.verdict.textContent = texts().otherSize;
    else this.verdict.textContent = !answer ? "" : label === subject.prediction.label ? texts().agree : texts().disagree;
  }

  private chooser(names: readonly string[], chosen: string): HTMLElement {
    const select = make("select", "", ...names.map((name) => new Option(name, name, false, name === chosen)));
    select.addEventListener("change", () => this.open(select.value));
    return make("label", "chooser", `${texts().compareWith} `, select);
  }

  private open(name: string): void {
    onPhase = (phase) => this.enter(phase);
    if (other?.name === name && other.model) return this.enter({ state: "ready", model: other.model, note: "" });
    other?.close();
    other = new Reader(SITE, t, (phase) => onPhase(phase));
    void other.open(siteModel(name));
  }

  private enter(phase: Phase): void {
    if (phase.state === "loading") this.verdict.textContent = texts().download(percent(phase.progress));
    if (phase.state === "error") this.verdict.textContent = phase.reason;
    if (phase.state !== "ready") return;
    this.verdict.textContent = "";
    this.columns[1].name(phase.model.name, phase.model.info.labels);
    if (this.latest) this.show(this.latest);
  }
}

/** What the other model makes of the same; null: its images are of another size. */
async function askOther({ strokes, answer }: Subject): Promise<Answer | null | undefined> {
  if (strokes.length > 0) return other?.read(strokes);
  const { width = 0, height = 0 } = other?.model?.info ?? {};
  return answer?.image.length === width * height ? other?.readPixels(answer.image) : null;
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
    this.label.textContent = answer ? signOf({ ...answer, label }) : label;
    this.share.textContent = answer ? claim(answer.confidence) : "";
    this.bars.show(answer?.probabilities ?? [], answer?.label ?? -1);
  }
}
