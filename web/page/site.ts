/** The site's files, as pads and readers take them. */
import type { Files, ModelFile } from "../element/files";
import { t } from "../i18n/language";

/** The binary and the worker's script. */
export const FILES: Files = INKLING_SITE;

/** Returns the file of one of the site's models; null: there is none of that name. */
export function siteModel(name: string): (ModelFile & { readonly url: string }) | null {
  const model = Object.hasOwn(INKLING_SITE.models, name) ? INKLING_SITE.models[name] : undefined;
  return model ? { name, url: model.url, bytes: model.bytes } : null;
}

/** Says that there is no model of a name, but others. */
export function unknownModel(name: string): string {
  return t().unknownModel(name, Object.keys(INKLING_SITE.models));
}
