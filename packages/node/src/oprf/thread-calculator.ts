import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Group } from '@hansa/protocol/oprf';
import { type Calculated, type Calculation, type Calculator, calculated, sizeOf } from './calculations.ts';
import type { Job } from './calculator-thread.ts';

/** Up to so many elements are done here at once: a clerk waits for a lookup, and the way to the thread and back is as long. */
const INLINE_ELEMENTS_MAX = 2;
/** After so long without work the thread gives its memory back. */
const IDLE_MS = 30_000;

const compiled = new URL('./calculator-thread.js', import.meta.url);

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Batches, of imports, are calculated in a thread of their own: ten thousand persons are ten seconds of arithmetic, for which
 * the city's turns would wait. The thread lives while there are batches.
 */
export class ThreadCalculator implements Calculator {
  readonly #group: Group;
  readonly #program: URL;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #numbers = 0;

  constructor(group: Group, program: URL = compiled) {
    this.#group = group;
    this.#program = program;
  }

  async calculate<C extends Calculation>(calculation: C): Promise<Calculated[C['kind']]> {
    // From sources there is no program to start.
    if (sizeOf(calculation) <= INLINE_ELEMENTS_MAX || !existsSync(this.#program)) {
      return calculated(this.#group, calculation) as Calculated[C['kind']];
    }
    clearTimeout(this.#idle);
    const worker = this.#start();
    const number = this.#numbers++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve: resolve as Waiting['resolve'], reject });
      worker.postMessage({ number, calculation } satisfies Job);
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = undefined;
    // At once: what comes while the thread ends is the next one's.
    this.#fail(new Error('the city stops'));
    await worker?.terminate();
  }

  #start(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(this.#program, { execArgv: [] });
    worker.unref();
    worker.on('message', ({ number, result }: { number: number; result: never }) => {
      if (this.#worker !== worker) return;
      this.#waiting.get(number)?.resolve(result);
      this.#waiting.delete(number);
      if (this.#waiting.size === 0) this.#idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    });
    worker.on('error', (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#fail(error);
    });
    this.#worker = worker;
    return worker;
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
