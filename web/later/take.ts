/** Files that were given to the page: a model to read with, or a picture to be read. */
import type { InklingPad } from "../element/inkling-pad";
import { words } from "../i18n/language";
import type { Reader } from "../element/reader";
import { quoted, sentence, size } from "../page/format";
import { failure } from "../page/version";
import type { Content, Shown } from "../types";
import { headOf, kindOfContent, unpacked } from "./content";
import { readPicture } from "./picture";
import { addToSymbols, isOfDrawings, LARGEST, refusalOf, unopened } from "./symbols";
import { texts } from "./texts";

/**
 * Takes the files that came with an intent: all that symbols can learn from where the page reads these, and of the others the first,
 * unless something else is wanted by then. Says at the pad what came of that.
 */
export async function takeFiles(files: readonly File[], pad: InklingPad, intent: number): Promise<void> {
  const [file, ...others] = await addToSymbols(files);
  if (!file) return;
  const said = await take(file, pad, intent);
  const names = others.map(({ name }) => quoted(name));
  if (said) pad.note(names.length > 0 ? `${said} ${texts().leftOut(names)}` : said);
}

/** Returns what the model reads of a picture that is on the pad since before the model; null: nothing. */
export async function remake(picture: Shown, pad: InklingPad): Promise<Content | null> {
  try {
    const content = await readPicture(picture.source, pad.reader);
    pad.note(noteOn(content, pad.reader));
    return content;
  } catch (error) {
    pad.note(await failure(error));
    return null;
  }
}

/** Returns what became of a file; "": something else was wanted. */
async function take(given: File, pad: InklingPad, intent: number): Promise<string> {
  const name = quoted(given.name);
  let file: File | null;
  try {
    file = await unpacked(given, LARGEST);
  } catch (error) {
    return unopened(error, name);
  }
  try {
    if (!file) return texts().symbols.tooLarge(name, size(LARGEST));
    const kind = kindOfContent(await headOf(file));
    if (kind === "drawings" || (kind === "other" && isOfDrawings(file.name))) return texts().symbols.notHere;
    if (kind === "model" || /\.ink$/i.test(file.name)) return await useModel(file, pad, intent);
    return await usePicture(file, kind, pad, intent);
  } catch (error) {
    return failure(error);
  }
}

async function useModel(file: File, { reader, intents }: InklingPad, intent: number): Promise<string> {
  try {
    if (file.size > LARGEST) throw new Error(texts().tooLarge(quoted(file.name), size(file.size)));
    const content = new Uint8Array(await file.arrayBuffer());
    const name = file.name.replace(/(\.ink)?(\.txt)?$/i, "");
    return (await reader.use(name, content, () => intents.holds(intent, "model"))) ? texts().nowReads(quoted(name)) : "";
  } catch (error) {
    const isEncoder = refusalOf(error)?.[0] === "encoder";
    const reason = isEncoder ? texts().symbols.encoderNotHere(quoted(file.name)) : sentence(error);
    return reader.model ? texts().refused(reason) : reason;
  }
}

async function usePicture(file: File, kind: string, pad: InklingPad, intent: number): Promise<string> {
  const holds = () => pad.intents.holds(intent, "content");
  if (!holds()) return "";
  pad.note(pad.reader.model ? texts().reading : texts().kept(quoted(file.name)));
  try {
    const content = await readPicture(file, pad.reader);
    if (!holds()) return "";
    if (content) pad.show(content);
    return noteOn(content, pad.reader);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    const say = kind === "heic" ? texts().heic : kind === "pdf" ? texts().pdf : texts().noPicture;
    return say(quoted(file.name));
  }
}

function noteOn(content: Content | null, { model }: Reader): string {
  if (!content) return model?.info.recipe === "picture" ? texts().emptyPicture : texts().noInkFound;
  return content.picture ? words().promise : texts().traced;
}
