/** Who calls a Go program: all whose files are the same share one, in one worker, each with a model of its own. */
import type { Calls } from "../worker/calls";
import { Program, ProgramError, type OnBytes } from "./program";

/** What a program works on, and the seconds that it may take: a phone traces a large picture for a while. */
const PATIENCE = { drawings: 5, pictures: 30 };
type Purpose = keyof typeof PATIENCE;

/** A program and its sessions; it is these that it holds, none that has ended. */
interface Shared {
  readonly program: Program;
  readonly sessions: Set<Session>;
}

/** The programs that run, by worker script and purpose. */
const running = new Map<string, Shared>();

/** Workers that somebody has started for pads to come, by script. */
const adopted = new Map<string, Worker>();

/** Numbers the sessions of the page. */
let count = 0;

/**
 * Takes a worker that has been started already: the next program with this script runs in it. One that fails before is
 * given up, so that the program starts another, and says why that fails; one that comes when a program runs is ended.
 */
export function adopt(script: string, worker: Worker): void {
  if (running.get(keyOf(script, "drawings"))?.program.isOver === false) return worker.terminate();
  worker.onerror = (event) => {
    event.preventDefault();
    if (adopted.get(script) === worker) adopted.delete(script);
  };
  adopted.get(script)?.terminate();
  adopted.set(script, worker);
}

/** One caller's part of a shared program. */
export class Session {
  /** Resolves with the reason when the session or its program has ended. */
  readonly ended: Promise<Error>;
  /** Hears how many bytes have come of a file that start or fetch fetches. */
  onBytes: OnBytes = () => {};
  private readonly caller = ++count;
  private readonly shared: Shared;
  private readonly asked = new Set<string>();
  private reason: Error | null = null;
  private end: (reason: Error) => void = () => {};

  /** script is the worker's address; programs for another purpose are not shared. */
  constructor(script: string, purpose: Purpose = "drawings") {
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.shared = shared(script, purpose);
    this.shared.sessions.add(this);
    this.shared.program.listeners.add(this.hear);
  }

  /** Calls what the worker offers; rejects with the reason, a FetchError if a file did not come. */
  call<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): Promise<ReturnType<Calls[K]>> {
    if (this.reason) return Promise.reject(this.reason);
    if (name === "start" || name === "fetch") this.asked.add(String(args[0]));
    return this.shared.program.call(this.caller, name, ...args);
  }

  /** Ends the session, and the program after its last one. */
  stop(reason: Error = new ProgramError("closed")): void {
    if (this.reason) return;
    this.reason = reason;
    const { program, sessions } = this.shared;
    program.listeners.delete(this.hear);
    sessions.delete(this);
    if (sessions.size === 0) program.stop(reason);
    else program.call(this.caller, "leave").catch(() => {}); // What has ended holds nothing.
    this.end(reason);
  }

  private readonly hear: OnBytes = (url, bytes) => {
    if (this.asked.has(url)) this.onBytes(url, bytes);
  };
}

function keyOf(script: string, purpose: Purpose): string {
  return `${purpose} ${script}`;
}

function shared(script: string, purpose: Purpose): Shared {
  const key = keyOf(script, purpose);
  const found = running.get(key);
  if (found && !found.program.isOver) return found;
  const worker = adopted.get(script);
  adopted.delete(script);
  const program = new Program(script, worker, PATIENCE[purpose]);
  const sessions = new Set<Session>();
  void program.ended.then((reason) => sessions.forEach((session) => session.stop(reason)));
  const made = { program, sessions };
  running.set(key, made);
  return made;
}
