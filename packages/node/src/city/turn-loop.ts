import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { Effect, Input, Store, TimerName, Write } from '@hansa/protocol/replica';
import type { Clock } from './clock.ts';
import { InputQueue, type QueuedInput } from './input-queue.ts';
import type { Submissions } from './submissions.ts';

/** Effects that leave the core for the world, after the writes before them are durable. */
export type OutgoingEffect = Exclude<Effect, { kind: 'persist' } | { kind: 'timer' }>;

export interface TurnLoopOptions {
  readonly handle: (input: Input) => readonly Effect[];
  readonly store: Store;
  readonly clock: Clock;
  readonly submissions: Submissions;
  /** Arms a timer. At once: it concerns nobody else, and arming in order is what makes it right. */
  readonly timer: (name: TimerName, atMs: number | undefined) => void;
  readonly carryOut: (effect: OutgoingEffect) => void;
  /** Writes of the host's own that commit together with an effect's. */
  readonly bookkeeping: (effect: OutgoingEffect) => readonly Write[];
  /** The loop has stopped for good: the core broke an invariant, or the store failed. */
  readonly failed: (failure: LoopFailure) => void;
  /** Messages were dropped because the city cannot keep up. */
  readonly overloaded: (droppedMessages: number) => void;
  /** How long writes that nothing waits for may be held back (`HELD_MS`). */
  readonly heldMs?: number;
}

export interface LoopFailure {
  readonly during: 'handling' | 'commit' | 'effects';
  readonly error: unknown;
}

/** After so long a turn ends, and the event loop serves sockets and HTTP before the next one. */
const TURN_MS_MAX = 10;

/**
 * Writes that need no flush and that no effect waits for, such as another city's entry, are held back so long for a commit
 * to take them along. With a commit of their own, one in eight at 50 interactive records a second, the vote that follows within
 * a millisecond would wait for it.
 */
const HELD_MS = 10;
/** Beyond it they are committed at once: disk and processor work side by side under load. */
const HELD_BYTES_MAX = 32 * 1024;

interface Pending {
  readonly writes: Write[];
  /** Of the writes' values. */
  bytes: number;
  flush: boolean;
  readonly effects: OutgoingEffect[];
}

/**
 * Drives the core (C9). Inputs queue; a turn handles what is queued, back to back; the writes of a turn commit in one
 * batch, flushed if any of them wants it, and only then its effects leave, in order. While a commit is under way
 * further turns are handled; their writes share the next commit, and their effects wait for it. What nothing waits for
 * is held back for a moment, so that it needs no commit of its own.
 */
export class TurnLoop {
  readonly #options: TurnLoopOptions;
  #queue = new InputQueue();
  #begun = false;
  #droppedMessages = 0;
  #pending: Pending | undefined;
  #committing: Promise<void> | undefined;
  #held: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;
  #state: 'waiting' | 'running' | 'stopped' = 'waiting';

  constructor(options: TurnLoopOptions) {
    this.#options = options;
  }

  /** The first input is `start`, whatever was queued before. */
  start(): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'running';
    this.wake();
  }

  enqueue(input: QueuedInput): void {
    if (this.#state === 'stopped') return;
    for (let dropped = this.#queue.push(input); dropped > 0; dropped--) {
      this.#droppedMessages += 1;
      this.#options.overloaded(this.#droppedMessages);
    }
    this.wake();
  }

  /** G1: what a member that misbehaved sent besides is not looked at. */
  forget(from: AuthorityIndex): void {
    this.#queue.forget(from);
  }

  /** A turn is due: inputs or submissions wait. What one pass of the event loop brings becomes one turn. */
  wake(): void {
    if (this.#state !== 'running' || this.#turn !== undefined) return;
    this.#turn = setImmediate(() => this.#run());
  }

  /** Handles nothing more. Resolves when what was handled is durable and its effects have left. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    clearImmediate(this.#turn);
    this.#turn = undefined;
    this.#queue = new InputQueue();
    for (;;) {
      if (this.#committing === undefined && this.#pending !== undefined) this.#commit();
      if (this.#committing === undefined) return;
      await this.#committing;
    }
  }

  #run(): void {
    this.#turn = undefined;
    if (this.#state !== 'running') return;
    const deadlineMs = performance.now() + TURN_MS_MAX;
    this.#pending ??= { writes: [], bytes: 0, flush: false, effects: [] };
    try {
      if (this.#begun) this.#handleSubmissions(this.#pending);
      else this.#handle(this.#pending, { kind: 'start', nowMs: this.#options.clock.nowMs() });
      this.#begun = true;
      for (let input = this.#queue.shift(); input !== undefined; input = this.#queue.shift()) {
        this.#handle(this.#pending, { ...input, nowMs: this.#options.clock.nowMs() });
        if (performance.now() >= deadlineMs) break;
      }
    } catch (error) {
      this.#fail({ during: 'handling', error });
      return;
    }
    if (!this.#queue.empty) this.wake();
    this.#release();
  }

  /** A commit under way means another follows at once: what is submitted meanwhile shares an entry, unless it fills one. */
  #handleSubmissions(pending: Pending): void {
    const { submissions, clock } = this.#options;
    while (submissions.full || (submissions.waiting && this.#committing === undefined)) {
      const batch = submissions.take();
      if (batch === undefined) return;
      this.#handle(pending, { kind: 'submit', nowMs: clock.nowMs(), ...batch });
    }
  }

  #handle(pending: Pending, input: Input): void {
    for (const effect of this.#options.handle(input)) {
      if (effect.kind === 'persist') {
        for (const write of effect.writes) {
          pending.writes.push(write);
          pending.bytes += write.value?.length ?? 0;
        }
        pending.flush ||= effect.flush;
      } else if (effect.kind === 'timer') {
        this.#options.timer(effect.name, effect.atMs);
      } else {
        for (const write of this.#options.bookkeeping(effect)) pending.writes.push(write);
        pending.effects.push(effect);
      }
    }
  }

  #release(): void {
    if (this.#committing !== undefined || this.#pending === undefined) return;
    if (this.#isAwaited(this.#pending)) this.#commit();
    else if (this.#pending.writes.length > 0) {
      this.#held ??= setTimeout(() => {
        this.#held = undefined;
        if (this.#committing === undefined) this.#commit();
      }, this.#options.heldMs ?? HELD_MS);
    }
  }

  #isAwaited({ flush, effects, bytes }: Pending): boolean {
    return flush || effects.length > 0 || bytes > HELD_BYTES_MAX || this.#state === 'stopped';
  }

  #commit(): void {
    clearTimeout(this.#held);
    this.#held = undefined;
    const released = this.#commitPending().finally(() => {
      this.#committing = undefined;
      if (this.#options.submissions.waiting) this.wake();
      // A turn may have been handled between the last look and now.
      if (this.#pending !== undefined && this.#state === 'running') this.#release();
    });
    this.#committing = released;
  }

  async #commitPending(): Promise<void> {
    let pending = this.#pending;
    // What came meanwhile follows at once if something waits for it; the first is here because its time has come.
    for (; pending !== undefined; pending = this.#nextAwaited()) {
      this.#pending = undefined;
      try {
        // guard: C9 persist, flush, then send
        if (pending.writes.length > 0) await this.#options.store.commit(pending.writes, pending.flush);
      } catch (error) {
        this.#fail({ during: 'commit', error });
        return;
      }
      try {
        for (const effect of pending.effects) this.#options.carryOut(effect);
      } catch (error) {
        this.#fail({ during: 'effects', error });
        return;
      }
    }
  }

  #nextAwaited(): Pending | undefined {
    return this.#pending !== undefined && this.#isAwaited(this.#pending) ? this.#pending : undefined;
  }

  /** What was not committed never happened: nobody was told, and the next start reads the store. */
  #fail(failure: LoopFailure): void {
    if (this.#state === 'stopped' && failure.during !== 'commit') return;
    this.#state = 'stopped';
    clearImmediate(this.#turn);
    clearTimeout(this.#held);
    this.#turn = undefined;
    this.#held = undefined;
    this.#queue = new InputQueue();
    this.#pending = undefined;
    this.#options.failed(failure);
  }
}
