/** A set of symbols of one's own: a Go program learns them, the browser keeps them, and every edit can be undone. */
import type { Reader } from "../../element/reader";
import { Session } from "../../element/session";
import { pack } from "../../element/stroke";
import type { Alike, Drawing, ModelInfo, SymbolInfo } from "../../types";
import type { Keep } from "../../worker/symbols";
import { SITE } from "../../page/site";
import { unpack } from "../picture";
import type { Named } from "./drawings";
import { keep, kept, onKeptElsewhere } from "./store";

/** What the page calls the model that a set is, and the browser its file. */
const NAME = "symbols";

/** A file of a set holds the drawings as well, so that they can be looked at and learned by another encoder. */
const WHOLE: Keep = 2;

/** The name that a symbol has by the time it is asked. */
export type NameNow = () => string;

/** A call that changes the set. */
type Call = (session: Session) => Promise<unknown>;

/** The calls of one edit, each with the one that takes it back. */
class Edit {
  /** In the order in which they take the edit back. */
  readonly back: Call[] = [];

  constructor(private readonly session: Session) {}

  async do<T>(call: (session: Session) => Promise<T>, back: (result: T) => Call): Promise<T> {
    const result = await call(this.session);
    this.back.unshift(back(result));
    return result;
  }
}

/** The set of the page, which the pad reads with from open on. */
export class SymbolSet {
  /** In the order in which they came. */
  symbols: readonly SymbolInfo[] = [];
  private session: Session | null = null;
  /** What an empty set begins with. */
  private encoder = new Uint8Array();
  /** The set's file as it is now. */
  private file: Uint8Array<ArrayBuffer> | null = null;
  private undos: (readonly Call[])[] = [];
  /** Which example a drawing on the pad has become. */
  private filed = new WeakMap<Drawing, number>();
  private drawings = new Map<number, Promise<Drawing>>();
  /** All renamings since the page was opened. */
  private renamings: (readonly [from: string, to: string])[] = [];
  /** Edits come one after the other. */
  private queue: Promise<unknown> = Promise.resolve();

  /**
   * changed hears what every edit made of the set; unkept hears why the browser does not keep it, null when it does; elsewhere hears
   * that another tab has edited the set, which this one goes on with.
   */
  constructor(
    private readonly reader: Reader,
    private readonly changed: () => void,
    private readonly unkept: (reason: unknown) => void,
    elsewhere: () => void,
  ) {
    onKeptElsewhere(() => NAME, () => {
      this.file = null;
      if (this.session) void this.inTurn((session) => this.goOn(session, elsewhere)).catch(this.unkept);
    });
  }

  /** Reads with what the browser keeps now, unless the pad reads with something else by then. */
  private async goOn(session: Session, done: () => void): Promise<void> {
    await this.open(() => this.session === session);
    done();
  }

  /**
   * Starts the program and reads with the set, as it is here or as the browser keeps it. False: holds said then that something else is
   * wanted. Rejects with a sentence.
   */
  async open(holds: () => boolean): Promise<boolean> {
    const session = new Session(SITE.worker, "pictures");
    try {
      const [stored] = await Promise.all([this.file ?? this.stored(), session.call("start", SITE.pictures, "default")]);
      const encoder = await session.call("fetch", SITE.symbols, "default");
      this.encoder = encoder;
      const file = stored && (await this.isSound(session, stored)) ? stored : encoder;
      const info = await loaded(session, file);
      if (holds()) this.begin(session, info, file);
      else session.stop();
      return holds();
    } catch (error) {
      session.stop();
      throw error;
    }
  }

  /** How many drawings have been learned. */
  get size(): number {
    return this.symbols.reduce((sum, { examples }) => sum + examples.length, 0);
  }

  /** Whether there is an edit to undo. */
  get canUndo(): boolean {
    return this.undos.length > 0;
  }

  /** Returns the symbol that a drawing on the pad has become an example of; undefined: none. */
  nameOf(drawing: Drawing): string | undefined {
    const id = this.filed.get(drawing);
    return id === undefined ? undefined : this.holder(id)?.name;
  }

  /** Returns the symbol with a name. */
  named(name: string): SymbolInfo | undefined {
    return this.symbols.find((symbol) => symbol.name === name);
  }

  /** Returns what tells the name that a symbol of this name will have: it may be renamed between being shown and being pressed. */
  follow(name: string): NameNow {
    const since = this.renamings.length;
    return () => this.renamings.slice(since).reduce((now, [from, to]) => (now === from ? to : now), name);
  }

  /** Makes a drawing an example of a symbol, which is new if none has the name; one that is an example already moves. */
  teach(drawing: Drawing, nameNow: NameNow): Promise<void> {
    return this.edit(async (edit) => {
      const name = nameNow();
      const id = this.filed.get(drawing);
      const before = this.nameOf(drawing);
      if (before === name) return;
      if (id !== undefined && before !== undefined) return void (await move(edit, id, before, name));
      this.filed.set(drawing, await teach(edit, drawing, name));
    });
  }

  /** Makes drawings examples; those before one that cannot be stay. */
  teachAll(drawings: readonly Named[]): Promise<void> {
    return this.edit(async (edit) => {
      for (const { name, strokes } of drawings) await teach(edit, strokes, name);
    });
  }

  /** Adds the examples of another set's file; an empty set whose encoder is another takes all of it over. */
  merge(file: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.edit(async (edit) => {
      try {
        await edit.do((session) => session.call("merge", file), removal);
      } catch (error) {
        if (this.symbols.length > 0 || !(await isEditable(file))) throw error;
        await edit.do((session) => this.replace(session, file), () => (session) => this.replace(session, this.encoder));
        this.undos = []; // They are about the set that was there.
      }
    });
  }

  /** Has the program hold another set, whose numbers of examples begin again. */
  private async replace(session: Session, file: Uint8Array<ArrayBuffer>): Promise<void> {
    await loaded(session, file);
    this.forgetDrawings();
  }

  private forgetDrawings(): void {
    this.filed = new WeakMap();
    this.drawings.clear();
  }

  move(id: number, name: NameNow): Promise<void> {
    return this.edit(async (edit) => void (await move(edit, id, this.holder(id)?.name ?? "", name())));
  }

  rename(nameNow: NameNow, to: string): Promise<void> {
    return this.edit(async (edit) => {
      const from = nameNow();
      await edit.do((session) => this.renameIn(session, from, to), () => (session) => this.renameIn(session, to, from));
    });
  }

  /** Takes examples out; a symbol goes with its last one. */
  remove(ids: readonly number[]): Promise<void> {
    return this.edit(async (edit) => {
      for (const id of ids) await edit.do((session) => session.call("remove", id), () => (session) => session.call("restore", id));
    });
  }

  /** Takes the last edit back. */
  undo(): Promise<void> {
    return this.inTurn(async (session) => {
      const calls = this.undos.pop() ?? [];
      try {
        for (const call of calls) await call(session);
      } finally {
        if (calls.length > 0) await this.settle(session);
      }
    });
  }

  /** Returns what was drawn for an example; no strokes where the file did not hold it. */
  drawing(id: number): Promise<Drawing> {
    const known = this.drawings.get(id);
    if (known) return known;
    const asked = this.running().call("drawing", id).then((packed) => (packed ? unpack(packed) : []));
    this.drawings.set(id, asked);
    return asked;
  }

  /** Tells which symbols are hard to tell apart. */
  alike(): Promise<Alike> {
    return this.running().call("alike");
  }

  /** Returns the set's file. */
  save(): Promise<Uint8Array<ArrayBuffer>> {
    return this.running().call("save", WHOLE);
  }

  /** Returns all drawings that are kept, by symbol. */
  async all(): Promise<Named[]> {
    const named = this.symbols.flatMap(({ name, examples }) => examples.map(async (id) => ({ name, strokes: await this.drawing(id) })));
    return (await Promise.all(named)).filter(({ strokes }) => strokes.length > 0);
  }

  /** Leaves the session to the reader, which reads with another model now. */
  close(): void {
    this.session = null;
    this.forgetDrawings();
    this.undos = [];
  }

  private async stored(): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      return (await kept(NAME)) as Uint8Array<ArrayBuffer> | null;
    } catch (error) {
      this.unkept(error);
      return null;
    }
  }

  /** Whether a file that the browser kept can be gone on with; if not, it says so. */
  private async isSound(session: Session, file: Uint8Array): Promise<boolean> {
    try {
      await loaded(session, file);
      return true;
    } catch (error) {
      this.unkept(error);
      return false;
    }
  }

  /** Goes on with a session that holds the set. */
  private begin(session: Session, info: ModelInfo, file: Uint8Array<ArrayBuffer>): void {
    this.close();
    this.session = session;
    this.file = file;
    this.show(session, info);
  }

  /** Has pad and page show what the set has become. */
  private show(session: Session, info: ModelInfo): void {
    this.symbols = info.symbols ?? [];
    const file = this.file ?? new Uint8Array();
    const named = { name: NAME, url: SITE.symbols, bytes: file.length };
    this.reader.follow(session, named, info, file, async () => void (await this.open(() => true)));
    this.changed();
  }

  private async renameIn(session: Session, from: string, to: string): Promise<void> {
    await session.call("rename", from, to);
    this.renamings.push([from, to]);
  }

  private holder(id: number): SymbolInfo | undefined {
    return this.symbols.find(({ examples }) => examples.includes(id));
  }

  private running(): Session {
    if (!this.session) throw new Error("symbols: the set is closed");
    return this.session;
  }

  /** Carries out an edit; if it fails on the way, what it has done can be undone. */
  private edit(work: (edit: Edit) => Promise<void>): Promise<void> {
    return this.inTurn(async (session) => {
      const edit = new Edit(session);
      try {
        await work(edit);
      } finally {
        if (edit.back.length > 0) {
          this.undos.push(edit.back);
          await this.settle(session);
        }
      }
    });
  }

  private inTurn(work: (session: Session) => Promise<void>): Promise<void> {
    const done = this.queue.then(() => work(this.running()));
    this.queue = done.catch(() => {});
    return done;
  }

  /** Shows and keeps what an edit made of the set. */
  private async settle(session: Session): Promise<void> {
    this.show(session, await session.call("renew"));
    this.file = this.symbols.length > 0 ? await session.call("save", WHOLE) : this.encoder;
    try {
      await keep(NAME, this.file);
      this.unkept(null);
    } catch (error) {
      this.unkept(error);
    }
  }
}

/** Loads a set's or an encoder's file. */
async function loaded(session: Session, file: Uint8Array): Promise<ModelInfo> {
  const info = await session.call("load", file);
  if (typeof info === "number" || !info.symbols) throw new Error("symbols: the file is no set that can be edited");
  return info;
}

/** Whether a file is a set's or an encoder's. It is loaded beside the set, which another model would take the place of. */
async function isEditable(file: Uint8Array): Promise<boolean> {
  const trial = new Session(SITE.worker, "pictures");
  try {
    await loaded(trial, file);
    return true;
  } catch {
    return false;
  } finally {
    trial.stop();
  }
}

function teach(edit: Edit, drawing: Drawing, name: string): Promise<number> {
  return edit.do((session) => session.call("teach", pack(drawing), name), (id) => removal([id]));
}

function move(edit: Edit, id: number, from: string, to: string): Promise<void> {
  return edit.do((session) => session.call("move", id, to), () => (session) => session.call("move", id, from));
}

/** The call that takes examples out. */
function removal(ids: readonly number[]): Call {
  return async (session) => {
    for (const id of ids) await session.call("remove", id);
  };
}
