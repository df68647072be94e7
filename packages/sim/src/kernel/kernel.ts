import { EventQueue } from './event-queue.ts';
import { TraceHash } from './trace-hash.ts';

/** Handles the event that `kernel.queue` holds. A promise is awaited before the next event. */
export type EventHandler = (queue: EventQueue) => void | Promise<void>;

export type StoppedBecause = 'time' | 'events' | 'until' | 'idle';

export interface RunOptions {
  /** Events up to and at this moment are run. */
  readonly untilUs: number;
  /** So many events of this run at most. */
  readonly eventsMax?: number;
  /** Asked after every event. */
  readonly until?: () => boolean;
}

/** Kind of the events of `at`: they are the observer's, so they are neither counted nor hashed. */
const CALL = 0;
/** Kinds stand above the number of every node and the life of every city. */
const KIND_SHIFT = 24;

/** Virtual time: runs events in the order of (microsecond, sequence of scheduling), one at a time. */
export class Kernel {
  readonly queue = new EventQueue();
  readonly #handlers: EventHandler[] = [];
  readonly #trace = new TraceHash();
  #nowUs = 0;
  #events = 0;

  constructor() {
    this.#handlers[CALL] = (queue) => (queue.reference as () => void | Promise<void>)();
  }

  get nowUs(): number {
    return this.#nowUs;
  }

  /** Events that were run; what was asked for with `at` does not count. */
  get events(): number {
    return this.#events;
  }

  get traceHash(): string {
    return this.#trace.text;
  }

  /** A kind of event and what handles it. Returns the kind. */
  register(handler: EventHandler): number {
    return this.#handlers.push(handler) - 1;
  }

  /** Mixes something that is no event of its own into the trace. */
  trace(node: number, what: number, value: number): void {
    this.#trace.add(this.#nowUs, node, what, value, 0);
  }

  at(atUs: number, run: () => void | Promise<void>): void {
    this.queue.push(Math.max(Math.ceil(atUs), this.#nowUs), CALL, 0, 0, 0, 0, 0, 0, 0, run);
  }

  async run({ untilUs, eventsMax, until }: RunOptions): Promise<StoppedBecause> {
    const { queue } = this;
    const eventsEnd = this.#events + (eventsMax ?? Number.POSITIVE_INFINITY);
    const trace = this.#trace;
    if (until?.() === true) return 'until';
    for (;;) {
      if (queue.nextUs > untilUs) break;
      if (this.#events >= eventsEnd) return 'events';
      queue.pop();
      this.#nowUs = queue.timeUs;
      if (queue.kind !== CALL) {
        this.#events += 1;
        trace.add(queue.timeUs, queue.node, (queue.kind << KIND_SHIFT) ^ queue.b, queue.a, queue.digest);
      }
      const pending = (this.#handlers[queue.kind] as EventHandler)(queue);
      if (pending !== undefined) await pending;
      if (until?.() === true) return 'until';
    }
    const idle = queue.size === 0;
    if (untilUs !== Number.POSITIVE_INFINITY) this.#nowUs = Math.max(this.#nowUs, untilUs);
    return idle ? 'idle' : 'time';
  }
}
