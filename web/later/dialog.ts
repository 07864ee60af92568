/** A dialog over the page, made when it is first asked for. */
import { make } from "./dom";
import { texts } from "./texts";

/** Opens the dialog with an id, under a title in the language of now; returns it and the place of what it shows, which is empty. */
export function openDialog(id: string, title: string): { dialog: HTMLDialogElement; content: HTMLElement } {
  const found = document.getElementById(id);
  const dialog = found instanceof HTMLDialogElement ? found : make("dialog");
  const head = make("h2", "", title);
  head.id = `${id}-title`;
  const content = make("div", "content");
  const form = make("form", "", head, make("button", "", texts().close));
  form.method = "dialog";
  dialog.id = id;
  dialog.setAttribute("aria-labelledby", head.id);
  dialog.setAttribute("closedby", "any");
  dialog.replaceChildren(form, content);
  if (!dialog.isConnected) document.body.append(dialog);
  if (!dialog.open) dialog.showModal();
  return { dialog, content };
}
