/** What differs between sites: their files and models. It stands in index.html, in the element "site". */
import type { Files, ModelFile } from "../element/files";
import { quoted } from "../element/format";
import type { Model } from "../element/prediction";
import { t } from "../i18n/language";

/** One model of the site. */
export interface SiteModel {
  /** Relative to index.html. */
  readonly url: string;
  /** Size uncompressed. */
  readonly bytes: number;
  /** Its card, see card.ts; "" where there is none. */
  readonly card: string;
  /** What others draw near the model's classes, by which answers are put right; "": they cannot be. */
  readonly near: string;
  /** The addresses of the pictures that the card names. */
  readonly sheets: Readonly<Record<string, string>>;
}

/** What internal/site writes (Info there); addresses are relative to index.html. */
interface Site extends Files {
  /** The binary that takes pictures and teaches symbols as well. */
  readonly pictures: string;
  /** The encoder of symbols of one's own, symbols.ink; "": the site has none. */
  readonly symbols: string;
  /** The name of the model that is used unless ?model= names another. */
  readonly defaultModel: string;
  readonly models: Readonly<Record<string, SiteModel>>;
  /** The site is being worked on: sources are watched and nothing is kept for offline use. */
  readonly watch: boolean;
}

/** The site that this page belongs to. */
export const SITE = JSON.parse(document.getElementById("site")?.textContent ?? "") as Site;

/** Returns what the site has of a model; undefined: it is none of the site's. */
export function siteEntry({ name, url }: Pick<Model, "name" | "url">): SiteModel | undefined {
  return url === null ? undefined : SITE.models[name];
}

/** A model's file on the site. */
export type SiteFile = ModelFile & { readonly url: string };

/** Returns the file of one of the site's models; null: there is none of that name. */
export function siteModel(name: string): SiteFile | null {
  const model = Object.hasOwn(SITE.models, name) ? SITE.models[name] : undefined;
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
  return t().unknownModel(quoted(name), SITE.defaultModel);
}
