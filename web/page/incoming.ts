/** Files that come to the page: picked, photographed, pasted or dropped. */
import { element } from "./dom";

/** Listens at every door; take gets each file. */
export function listenForFiles(take: (file: File) => void): void {
  for (const id of ["file", "camera"]) {
    const input = element(id, HTMLInputElement);
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      element("picture-options", HTMLElement).hidePopover?.();
      if (file) take(file);
      input.value = ""; // The same file may be picked again.
    });
  }
  document.addEventListener("paste", (event) => takeFrom(event.clipboardData, event, take));
  document.addEventListener("dragover", (event) => markDrop(event, true));
  document.addEventListener("dragleave", (event) => markDrop(event, false));
  document.addEventListener("drop", (event) => {
    markDrop(event, false);
    takeFrom(event.dataTransfer, event, take);
  });
}

function takeFrom(data: DataTransfer | null, event: Event, take: (file: File) => void): void {
  const file = data?.files[0];
  if (!file) return;
  event.preventDefault();
  take(file);
}

/** Shows that the page takes what is dragged over it. */
function markDrop(event: DragEvent, over: boolean): void {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  document.querySelector("inkling-pad")?.classList.toggle("takes", over);
}
