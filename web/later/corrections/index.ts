/** Answers put right on the page: what they are, and a model that reads with them. */
import type { InklingPad } from "../../element/inkling-pad";
import { CorrectionsView } from "./view";

let view: CorrectionsView | null = null;

/** Shows what can be put right behind a button, or hides it again. */
export async function putRight(pad: InklingPad, button: HTMLButtonElement): Promise<void> {
  view ??= new CorrectionsView(pad);
  await view.toggle(button);
}

/** Reads with what the browser keeps for the model in use. */
export async function resumeCorrections(pad: InklingPad): Promise<void> {
  view ??= new CorrectionsView(pad);
  await view.resume();
}
