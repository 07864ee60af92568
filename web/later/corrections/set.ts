/** Drawings that somebody has put right, by model: a Go program answers with them, the browser keeps them. */
import type { Subject } from "../../element/inkling-pad";
import type { Model } from "../../element/prediction";
import type { Reader } from "../../element/reader";
import { Session } from "../../element/session";
import { pack } from "../../element/stroke";
import { answerOf } from "../../element/verdict";
import { noteCorrections } from "../../page/corrected";
import { SITE, siteEntry } from "../../page/site";
import type { Corrected, ModelInfo } from "../../types";
import { readDrawings, writeDrawings, type Named } from "../symbols/drawings";
import { keep, kept, onKeptElsewhere } from "../symbols/store";

/** A program that answers with drawings put right. */
interface Running {
  readonly session: Session;
  readonly info: ModelInfo;
  /** The drawings that it has taken. */
  taken: readonly Named[];
}

/** How many drawings left standing are remembered (fewshot.MaxStanding). */
const MAX_STANDING = 500;

/** What was put right for the model in use. */
export class CorrectionSet {
  /** In the order in which they were put right. */
  drawings: readonly Named[] = [];
  /** What each is taken for; none while the model cannot answer with them. */
  answers: readonly Corrected[] = [];
  private model: Model | null = null;
  private file: Uint8Array = new Uint8Array();
  private running: Running | null = null;
  /**
   * Drawings that were answered without a question mark and not put right before the next one began, with the answer,
   * while the page lasts: what is as near to them stays as it is. They are not kept.
   */
  private standing: readonly Named[] = [];
  /** The drawing on the pad, which may become one of them. */
  private shown: Named | null = null;
  private past: (readonly Named[])[] = [];
  /** Changes come one after the other. */
  private queue: Promise<unknown> = Promise.resolve();

  /**
   * changed hears of every change; unkept hears why the browser does not keep the drawings, null when it does; elsewhere hears that
   * another tab has changed them, and that this one goes on with those.
   */
  constructor(
    private readonly reader: Reader,
    private readonly changed: () => void,
    private readonly unkept: (reason: unknown) => void,
    elsewhere: () => void,
  ) {
    onKeptElsewhere(() => this.key, () => {
      void this.inTurn(async () => {
        this.past = [];
        await this.take(await this.stored());
        elsewhere();
      }).catch(this.unkept);
    });
  }

  /** Whether the model in use can answer with what is put right; if not, the drawings are only kept. */
  get corrects(): boolean {
    return this.near !== "";
  }

  /** Whether there is a change to undo. */
  get canUndo(): boolean {
    return this.past.length > 0;
  }

  /** Turns to the model in use and what the browser keeps for it; returns false where it has already. */
  open(): Promise<boolean> {
    return this.inTurn(async () => {
      const { model, modelBytes } = this.reader;
      if (!model || !modelBytes || model.info.symbols || model.info === (this.running?.info ?? this.model?.info)) return false;
      this.model = model;
      this.file = modelBytes;
      this.running = null;
      this.past = [];
      this.standing = [];
      this.shown = null;
      await this.take(await this.stored());
      return true;
    });
  }

  /** Keeps what next makes of the drawings, once the changes before are done. */
  change(next: (drawings: readonly Named[]) => readonly Named[]): Promise<void> {
    return this.inTurn(async () => {
      const before = this.drawings;
      await this.take(next(before));
      this.past.push(before);
      this.changed();
      await this.store();
    });
  }

  /** Takes the last change back. */
  undo(): Promise<void> {
    return this.inTurn(async () => {
      const before = this.past.pop();
      if (!before) return;
      await this.take(before);
      await this.store();
    });
  }

  /** Hears of every answer: one that is not put right before another drawing begins is left standing. */
  follow({ strokes, prediction, byHand }: Subject): void {
    const { shown } = this;
    if (strokes.length > 0 && shown && strokes[0] !== shown.strokes[0]) {
      this.shown = null;
      if (this.corrects && !includes(this.drawings, shown)) void this.inTurn(() => this.leaveStanding(shown)).catch(() => {});
    }
    if (strokes.length === 0 || !prediction.final) return;
    const name = byHand ? answerOf(prediction) : "";
    this.shown = name !== "" ? { name, strokes } : null;
  }

  /** Remembers a drawing that was left standing; a program that has died hears of it when it starts again. */
  private async leaveStanding(drawing: Named): Promise<void> {
    this.standing = [...this.standing, drawing].slice(-MAX_STANDING);
    if (this.running) await stand(this.running, drawing);
  }

  /** The address of what others draw near the model's classes; "": there is none. */
  private get near(): string {
    return (this.model && siteEntry(this.model)?.near) ?? "";
  }

  /** What the browser calls the drawings of the model: those of one that was trained again are others. */
  private get key(): string {
    let hash = 0x811c9dc5; // FNV-1a, as Fowler, Noll and Vo published it
    for (const byte of this.file) hash = Math.imul(hash ^ byte, 0x01000193);
    return `corrections ${this.model?.name} ${(hash >>> 0).toString(16)}`;
  }

  private async stored(): Promise<readonly Named[]> {
    try {
      const text = await kept(this.key);
      return text ? readDrawings(new TextDecoder().decode(text)) : [];
    } catch (error) {
      this.unkept(error);
      return [];
    }
  }

  private async store(): Promise<void> {
    noteCorrections();
    try {
      await keep(this.key, new TextEncoder().encode(writeDrawings(this.drawings)));
      this.unkept(null);
    } catch (error) {
      this.unkept(error);
    }
  }

  /** Has the pad read with drawings; the program starts with the first one. */
  private async take(drawings: readonly Named[]): Promise<void> {
    const { model } = this;
    this.forgetStanding(drawings);
    if (model && this.near !== "" && (this.running || drawings.length > 0)) {
      const running = this.running ?? (await this.start());
      try {
        await this.teach(running, drawings);
        this.answers = await running.session.call("corrected");
      } catch (error) {
        running.taken = UNKNOWN;
        if (running !== this.running) running.session.stop();
        throw error;
      }
      this.drawings = drawings;
      if (this.isWanted(model)) {
        this.running = running;
        this.reader.follow(running.session, { ...model }, running.info, this.file, () => this.restart());
      } else if (running !== this.running) {
        running.session.stop(); // Another model was chosen meanwhile. The drawings are kept for this one.
      }
    }
    this.drawings = drawings;
    this.changed();
  }

  /** Nothing is left standing that is put right after all, or after a reset; the program begins again then. */
  private forgetStanding(drawings: readonly Named[]): void {
    const standing = this.standing.filter((drawing) => drawings.length > 0 && !includes(drawings, drawing));
    if (this.running && standing.length < this.standing.length) this.running.taken = UNKNOWN;
    this.standing = standing;
  }

  /** Whether the model is still the one to read with, by itself or with what was put right. */
  private isWanted(model: Model): boolean {
    const now = this.reader.model;
    return now ? now.info === model.info || now.info === this.running?.info : this.reader.name === model.name;
  }

  /** Starts a program with the model and nothing put right. */
  private async start(): Promise<Running> {
    const session = new Session(SITE.worker, "pictures");
    try {
      await session.call("start", SITE.pictures, "default");
      const info = await session.call("load", this.file);
      if (typeof info === "number") throw new Error("corrections: the model takes too long");
      return { session, info, taken: UNKNOWN };
    } catch (error) {
      session.stop();
      throw error;
    }
  }

  /** Has a program take drawings, of which it may know the first. */
  private async teach(running: Running, drawings: readonly Named[]): Promise<void> {
    const { session, info, taken } = running;
    const goesOn = taken !== UNKNOWN && taken.every((drawing, i) => drawing === drawings[i]);
    if (!goesOn) {
      await session.call("beginCorrections", this.file, await session.call("fetch", this.near, "default"));
      for (const drawing of this.standing) await stand(running, drawing);
    }
    for (const { name, strokes } of drawings.slice(goesOn ? taken.length : 0)) {
      await session.call("correct", pack(strokes), info.labels.indexOf(name));
    }
    running.taken = drawings;
  }

  /** Starts afresh when the program has died. */
  private restart(): Promise<void> {
    this.running = null;
    return this.inTurn(() => this.take(this.drawings));
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => {});
    return done;
  }
}

/** Has a program take a drawing that was left standing. */
async function stand({ session, info }: Running, { name, strokes }: Named): Promise<void> {
  const label = info.labels.indexOf(name);
  if (label >= 0) await session.call("leaveStanding", pack(strokes), label);
}

/** Whether a drawing is among others, under any name. */
function includes(drawings: readonly Named[], { strokes }: Named): boolean {
  return drawings.some((drawing) => drawing.strokes === strokes);
}

/** The drawings of a program that must begin again. */
const UNKNOWN: readonly Named[] = [];
