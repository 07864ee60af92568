/** The page's side of a Go program: it runs in a worker of its own, see worker/main.ts. */
import { FetchError } from "../fetch";
import type { Call, Calls, Reply } from "../worker/calls";

/** A call that the program did not answer, as it may be dead. */
export class ProgramError extends Error {}

/** A call that the worker has not answered yet. */
interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Hears how many bytes have come of a file that somebody has asked for. */
export type OnBytes = (url: string, bytes: number) => void;

/** One Go program; each who calls it has a number, and a model of its own. */
export class Program {
  /** Resolves with the reason when the program has ended. */
  readonly ended: Promise<string>;
  readonly listeners = new Set<OnBytes>();
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;
  private reason = "";

  /** script is the worker's address; worker, if given, has been started with it. */
  constructor(
    script: string,
    private readonly worker = new Worker(script),
  ) {
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.worker.onmessage = ({ data }: MessageEvent<Reply>) => this.hear(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.stop(event.message || `${script} could not be loaded`);
    };
  }

  /** Whether the program has ended. */
  get isOver(): boolean {
    return this.reason !== "";
  }

  /** Calls what the worker offers; rejects with the reason, a FetchError if a file did not come. */
  call<K extends keyof Calls>(caller: number, name: K, ...args: Parameters<Calls[K]>): Promise<ReturnType<Calls[K]>> {
    return new Promise((resolve, reject) => {
      if (this.reason) return reject(new ProgramError(this.reason));
      const call: Call<K> = [++this.calls, name, caller, ...args];
      this.waiting.set(this.calls, { resolve: resolve as (value: unknown) => void, reject });
      this.worker.postMessage(call);
    });
  }

  /** Ends the program and rejects what waits for it. */
  stop(reason: string): void {
    this.reason ||= reason;
    this.worker.terminate();
    for (const { reject } of this.waiting.values()) reject(new ProgramError(this.reason));
    this.waiting.clear();
    this.end(this.reason);
  }

  private end: (reason: string) => void = () => {};

  private hear(reply: Reply): void {
    if ("ended" in reply) return this.stop(reply.ended);
    if ("bytes" in reply) return this.listeners.forEach((hear) => hear(reply.url, reply.bytes));
    if ("error" in reply && reply.dead) return this.stop(reply.error);
    const call = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ("problem" in reply) call?.reject(new FetchError(reply.problem, reply.url, reply.status));
    else if ("error" in reply) call?.reject(new Error(reply.error));
    else call?.resolve(reply.value);
  }
}
