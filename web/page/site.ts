/** The site's files, as pads and readers take them. */
import type { Files, ModelFile } from "../element/files";
import type { Model } from "../element/prediction";
import { quoted } from "../element/format";
import { t } from "../i18n/language";

/** The binary and the worker's script. */
export const FILES: Files = INKLING_SITE;

/** Returns what the site has of a model; undefined: it is none of the site's. */
export function siteEntry({ name, url }: Pick<Model, "name" | "url">): SiteModel | undefined {
  return url === null ? undefined : INKLING_SITE.models[name];
}

/** A model's file on the site. */
export type SiteFile = ModelFile & { readonly url: string };

/** Returns the file of one of the site's models; null: there is none of that name. */
export function siteModel(name: string): SiteFile | null {
  const model = Object.hasOwn(INKLING_SITE.models, name) ? INKLING_SITE.models[name] : undefined;
  return model ? { name, url: model.url, bytes: model.bytes } : null;
}

/** Puts the name of the model in use into the page's address, of which the rest stays. */
export function writeAddress(name: string): void {
  const url = new URL(location.href);
  url.searchParams.set("model", name);
  history.replaceState(history.state, "", url);
}

/** Says that there is no model of a name, so that the default reads. */
export function unknownModel(name: string): string {
  return t().unknownModel(quoted(name), INKLING_SITE.defaultModel);
}
