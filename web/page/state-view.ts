/** Shows beside the pad which model reads. */
import { kindOf } from "../element/kind";
import type { Model } from "../element/prediction";
import { t, words } from "../i18n/language";
import { element } from "./dom";
import { count, quoted, size } from "./format";
import { siteEntry } from "./site";

/** The elements of index.html that show the state. */
export class StateView {
  private readonly promise = element("promise", HTMLElement);
  private readonly model = element("model", HTMLElement);
  private readonly samples = element("samples", HTMLElement);
  private readonly chosen = element("chosen", HTMLElement);

  /** Shows a phase; `<html data-state>` says it to style.css and to tests. */
  show(phase: { readonly state: "loading" | "error" } | { readonly state: "ready"; readonly model: Model }): void {
    document.documentElement.dataset["state"] = phase.state;
    if (phase.state === "ready") this.showModel(phase.model);
  }

  private showModel(model: Model): void {
    this.promise.textContent = words().promise;
    this.model.textContent = t().model(quoted(model.name), count(model.info.parameters), size(model.bytes));
    this.chosen.textContent = model.name;
    this.samples.hidden = !hasSamples(model);
  }
}

/** Whether there is anything to start from: the page's own digits and letters, or the pictures of a card. */
function hasSamples(model: Model): boolean {
  return ["digits", "letters"].includes(kindOf(model.info)) || Object.keys(siteEntry(model)?.sheets ?? {}).length > 0;
}
