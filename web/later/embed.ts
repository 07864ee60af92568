/** The page as a frame of another one: ?embed=https://their.site. */
import { answerOf } from "../element/verdict";
import { texts } from "./texts";

/**
 * Posts every prediction, with the value that a form would send, to the page around this one if that is of the site at an
 * address; note hears if that is no address.
 */
export function postTo(address: string, note: (text: string) => void): void {
  const origin = originOf(address);
  if (!origin) return note(texts().embedNowhere(address));
  if (parent === window) return;
  document.addEventListener("inkling:prediction", ({ type, detail }) => {
    parent.postMessage({ type, detail: { ...detail, value: answerOf(detail) } }, origin);
  });
}

/** Returns the origin of an address of the web; "" for anything else, such as "*". */
export function originOf(address: string): string {
  try {
    const { protocol, origin } = new URL(address);
    return /^https?:$/.test(protocol) ? origin : "";
  } catch {
    return "";
  }
}
