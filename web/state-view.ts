/** Shows which of loading, ready and error the page is in, and why. */
import { element } from "./dom";
import { count, invitation, size } from "./format";
import type { Model } from "./prediction";
import type { Phase } from "./reader";

/** The elements of index.html that show the state. */
export class StateView {
  private readonly progress = element("progress", HTMLProgressElement);
  private readonly reason = element("reason", HTMLElement);
  private readonly status = element("status", HTMLElement);
  private readonly model = element("model", HTMLElement);
  private readonly invitation = element("invitation", HTMLElement);
  private readonly advice = element("advice", HTMLElement);

  /** Shows a phase; `<html data-state>` says it to style.css and to tests. */
  show(phase: Phase): void {
    document.documentElement.dataset["state"] = phase.state;
    if (phase.state === "loading") this.progress.value = phase.progress;
    this.reason.textContent = phase.state === "error" ? phase.reason : "";
    if (phase.state === "ready") this.showModel(phase.model, phase.again);
  }

  private showModel(model: Model, again: boolean): void {
    this.status.textContent = note(model, again);
    this.model.textContent = `Model ${model.name}: ${count(model.info.parameters)} parameters, ${size(model.bytes)}.`;
    this.invitation.textContent = invitation(model.info.labels);
    if (model.info.recipe === "picture") this.advice.textContent = "this model reads pictures, not drawings";
  }
}

/** The one sentence that matters most now. */
function note(model: Model, again: boolean): string {
  if (again) return "The network stopped and was started again; your drawing was kept.";
  if (model.info.recipe === "picture") return "This model reads pictures, not drawings, so its answers here mean little.";
  return "Nothing you draw leaves this page.";
}
