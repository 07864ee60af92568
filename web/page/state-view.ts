/** Shows beside the pad which model reads, and what has happened. */
import { kindOf } from "../element/kind";
import type { Model } from "../element/prediction";
import type { Phase } from "../element/reader";
import { t, words } from "../i18n/language";
import { element } from "./dom";
import { count, size } from "./format";

/** The elements of index.html that show the state. */
export class StateView {
  private readonly status = element("status", HTMLElement);
  private readonly model = element("model", HTMLElement);
  private readonly samples = element("samples", HTMLElement);
  private readonly chosen = element("chosen", HTMLElement);

  /** Shows a phase; `<html data-state>` says it to style.css and to tests. */
  show(phase: Phase): void {
    document.documentElement.dataset["state"] = phase.state;
    if (phase.state === "ready") this.showModel(phase.model, phase.again);
  }

  /** Says a sentence in the place of the one that is there. */
  note(text: string): void {
    this.status.textContent = text;
  }

  private showModel(model: Model, again: boolean): void {
    this.status.textContent = again ? t().restarted : words().promise;
    this.model.textContent = t().model(model.name, count(model.info.parameters), size(model.bytes));
    this.chosen.textContent = model.name;
    this.samples.hidden = !hasSamples(model);
  }
}

/** Whether there is anything to start from: the page's own digits and letters, or the pictures of a card. */
function hasSamples({ name, info }: Model): boolean {
  return ["digits", "letters"].includes(kindOf(info)) || Object.keys(INKLING_SITE.models[name]?.sheets ?? {}).length > 0;
}
