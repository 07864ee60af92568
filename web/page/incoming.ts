/** Files that come to the page: picked, photographed, pasted, dropped, or opened with the installed app. */
import { isForText } from "../element/keys";
import { element } from "./dom";

declare global {
  interface Window {
    /** What the installed app was opened with; TypeScript's library lacks it, and so do most browsers. */
    readonly launchQueue?: {
      setConsumer(consumer: (launch: { readonly files: readonly { getFile(): Promise<File> }[] }) => void): void;
    };
  }
}

/** Listens at every door; take gets the files that come at once, one at least. */
export function listenForFiles(take: (files: readonly File[]) => void): void {
  for (const id of ["file", "camera"]) {
    const input = element(id, HTMLInputElement);
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      element("picture-options", HTMLElement).hidePopover?.();
      if (files.length > 0) take(files);
      input.value = ""; // The same file may be picked again.
    });
  }
  window.launchQueue?.setConsumer(async ({ files }) => {
    const opened = await Promise.all(files.map((file) => file.getFile()));
    if (opened.length > 0) take(opened);
  });
  document.addEventListener("paste", (event) => {
    const [target] = event.composedPath();
    const isText = target instanceof Element && isForText(target) && event.clipboardData?.types.includes("text/plain");
    if (!isText) takeFrom(event.clipboardData, event, take);
  });
  document.addEventListener("dragover", (event) => markDrop(event, true));
  document.addEventListener("dragleave", (event) => markDrop(event, false));
  document.addEventListener("drop", (event) => {
    markDrop(event, false);
    takeFrom(event.dataTransfer, event, take);
  });
}

function takeFrom(data: DataTransfer | null, event: Event, take: (files: readonly File[]) => void): void {
  const files = [...(data?.files ?? [])];
  if (files.length === 0) return;
  event.preventDefault();
  take(files);
}

/** Shows that the page takes what is dragged over it. */
function markDrop(event: DragEvent, over: boolean): void {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  document.querySelector("inkling-pad")?.classList.toggle("takes", over);
}
