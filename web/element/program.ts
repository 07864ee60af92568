/** The page's side of a Go program: it runs in a worker of its own, see worker/main.ts. */
import { FetchError, fetchCounted } from "../fetch";
import type { Picture } from "../types";
import type { Call, Calls, Reply } from "../worker/calls";

/** A call that the program did not answer, as it may be dead. */
export class ProgramError extends Error {}

/** A program that took too long over a call. */
export class Hang extends ProgramError {}

/** A call that the worker has not answered yet. */
interface Waiting {
  readonly name: keyof Calls;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Hears how many bytes have come of a file that somebody has asked for. */
export type OnBytes = (url: string, bytes: number) => void;

/** One Go program; each who calls it has a number, and a model of its own. */
export class Program {
  /** Resolves with the reason when the program has ended. */
  readonly ended: Promise<Error>;
  readonly listeners = new Set<OnBytes>();
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;
  private reason: Error | null = null;
  /** Whether anything has been heard of the worker, and whether a policy of the page was heard to forbid one. */
  private isUp = false;
  private isForbidden = false;
  private clock: ReturnType<typeof setInterval> | null = null;
  /** Seconds in which the page was seen, work was to be done and nothing was heard. */
  private silence = 0;

  /**
   * script is the worker's address; worker, if given, has been started with it; patience is the seconds after which a
   * silent program hangs.
   */
  constructor(
    private readonly script: string,
    private readonly worker = new Worker(script),
    private readonly patience = 5,
  ) {
    this.ended = new Promise((resolve) => (this.end = resolve));
    addEventListener("securitypolicyviolation", this.forbid);
    this.worker.onmessage = ({ data }: MessageEvent<Reply>) => this.hear(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      if (this.isUp) this.stop(new ProgramError(event.message));
      else void this.explain(event.message);
    };
  }

  /** Whether the program has ended. */
  get isOver(): boolean {
    return this.reason !== null;
  }

  /** Calls what the worker offers; rejects with the reason, a FetchError if a file did not come. */
  call<K extends keyof Calls>(caller: number, name: K, ...args: Parameters<Calls[K]>): Promise<ReturnType<Calls[K]>> {
    return new Promise((resolve, reject) => {
      if (this.reason) return reject(this.reason);
      const call: Call<K> = [++this.calls, name, caller, ...args];
      this.waiting.set(this.calls, { name, resolve: resolve as (value: unknown) => void, reject });
      this.worker.postMessage(call, args.flatMap(movable));
      if (isWork(name)) this.clock ??= setInterval(() => this.tick(), 1000);
    });
  }

  /** Ends the program and rejects what waits for it. */
  stop(reason: Error = new ProgramError("closed")): void {
    this.reason ??= reason;
    this.worker.terminate();
    removeEventListener("securitypolicyviolation", this.forbid);
    this.rest();
    for (const { reject } of this.waiting.values()) reject(this.reason);
    this.waiting.clear();
    this.end(this.reason);
  }

  private end: (reason: Error) => void = () => {};

  private readonly forbid = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
    if (effectiveDirective === "worker-src") this.isForbidden = true;
  };

  private hear(reply: Reply): void {
    this.isUp = true;
    this.silence = 0;
    if ("ended" in reply) return this.stop(new ProgramError(reply.ended));
    if ("bytes" in reply) return this.listeners.forEach((hear) => hear(reply.url, reply.bytes));
    if ("alive" in reply) return;
    if ("error" in reply && reply.dead) return this.stop(new ProgramError(reply.error));
    const call = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ("problem" in reply) call?.reject(new FetchError(reply.problem, reply.url, reply.status));
    else if ("error" in reply) call?.reject(new Error(reply.error));
    else call?.resolve(reply.value);
  }

  /** Counts a second of silence. A page in the background gets no time to speak of, so it counts none, nor does Go's start. */
  private tick(): void {
    const names = [...this.waiting.values()].map(({ name }) => name);
    if (!names.some(isWork)) {
      this.rest();
    } else if (!document.hidden && !names.includes("start") && ++this.silence > this.patience) {
      this.stop(new Hang("the Go program hangs"));
    }
  }

  private rest(): void {
    if (this.clock !== null) clearInterval(this.clock);
    this.clock = null;
    this.silence = 0;
  }

  /** Ends the program for the reason why the worker's script did not come, which its error does not say, or did not run. */
  private async explain(message: string): Promise<void> {
    try {
      await fetchCounted(this.script, "no-cache", () => {}, (response) => response.text());
      this.stop(message ? new ProgramError(message) : new FetchError(this.isForbidden ? "blocked" : "barred", this.script));
    } catch (error) {
      this.stop(error as Error);
    }
  }
}

/** Whether the program itself works on a call; else the network does. */
function isWork(name: keyof Calls): boolean {
  return name !== "start" && name !== "fetch";
}

/** The buffer of a picture, which goes to the worker and is not copied. */
function movable(argument: unknown): Transferable[] {
  const rgba = (argument as Partial<Picture> | null)?.rgba;
  return rgba ? [rgba.buffer] : [];
}
