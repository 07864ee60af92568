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

/** One Go program with at most one model. */
export class Program {
  /** Resolves with the reason when the program has ended. */
  readonly ended: Promise<string>;
  /** Hears how many bytes have come of a file that start or fetch fetches. */
  onBytes: (url: string, bytes: number) => void = () => {};
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;
  private reason = "";

  /** script is the worker's address. */
  constructor(script: string) {
    this.worker = new Worker(script);
    this.ended = new Promise((resolve) => (this.end = resolve));
    this.worker.onmessage = ({ data }: MessageEvent<Reply>) => this.hear(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.stop(event.message || `${script} could not be loaded`);
    };
  }

  /** Calls what the worker offers; rejects with the reason, a FetchError if a file did not come. */
  call<K extends keyof Calls>(name: K, ...args: Parameters<Calls[K]>): Promise<ReturnType<Calls[K]>> {
    return new Promise((resolve, reject) => {
      if (this.reason) return reject(new ProgramError(this.reason));
      const call: Call<K> = [++this.calls, name, ...args];
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
    if ("bytes" in reply) return this.onBytes(reply.url, reply.bytes);
    const call = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ("problem" in reply) call?.reject(new FetchError(reply.problem, reply.url, reply.status));
    else if ("error" in reply) call?.reject(new (reply.dead ? ProgramError : Error)(reply.error));
    else call?.resolve(reply.value);
  }
}
