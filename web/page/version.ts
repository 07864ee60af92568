/** What failed, in words: a file may be missing because the site has another release than this page. */
import { FetchError } from "../fetch";
import { t } from "../i18n/language";
import { sentence } from "./format";

/** Returns why something failed, and tells the document of "inkling:outdated" where a new release is the cause. */
export async function failure(error: unknown): Promise<string> {
  if (!(error instanceof FetchError) || !(await isOutdated())) return sentence(error);
  document.dispatchEvent(new CustomEvent("inkling:outdated"));
  return t().outdated;
}

/** Reports whether the server's page has another script than this one. */
async function isOutdated(): Promise<boolean> {
  try {
    const own = document.querySelector<HTMLScriptElement>('script[type="module"]')?.getAttribute("src") ?? "";
    const html = await (await fetch(location.pathname, { cache: "no-store" })).text();
    return html.includes("<inkling-pad") && !html.includes(own);
  } catch {
    return false; // No connection: the page cannot be compared.
  }
}
