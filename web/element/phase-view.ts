/** Shows which of loading, ready and error a pad is in, and why. */
import type { Speech } from "../i18n/speech";
import { find } from "./dom";
import { invitation } from "./format";
import type { Phase } from "./reader";

/** The elements of pad.html that show the phase. */
export class PhaseView {
  private readonly answer: HTMLElement;
  private readonly progress: HTMLProgressElement;
  private readonly reason: HTMLElement;
  private readonly sheet: HTMLElement;
  private readonly invitation: HTMLElement;

  constructor(
    root: ShadowRoot,
    private readonly speech: Speech,
  ) {
    this.answer = find(root, "answer", HTMLElement);
    this.progress = find(root, "progress", HTMLProgressElement);
    this.reason = find(root, "reason", HTMLElement);
    this.sheet = find(root, "sheet", HTMLElement);
    this.invitation = find(root, "invitation", HTMLElement);
  }

  /** Shows a phase; data-state and data-kind say it to the style. */
  show(phase: Phase): void {
    this.answer.dataset["state"] = phase.state;
    if (phase.state === "loading") this.progress.value = phase.progress;
    this.reason.textContent = phase.state === "error" ? phase.reason : "";
    if (phase.state !== "ready") return;
    this.answer.classList.toggle("words", phase.model.info.labels.some((label) => [...label].length > 2));
    this.sheet.dataset["kind"] = this.speech.kind;
    this.invitation.textContent = invitation(phase.model.info, this.speech);
  }
}
