/** Handing files to people. */
import { make } from "./dom";

/** Returns a button that saves something. */
export function saveButton(text: string, title: string, save: () => Promise<void>): HTMLButtonElement {
  const button = make("button", "save", text);
  button.type = "button";
  button.title = title;
  button.addEventListener("click", () => void save());
  return button;
}

/** Has the browser save a file. */
export function download(name: string, parts: BlobPart[], type: string): void {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob(parts, { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // The browser may read it after the click.
}
