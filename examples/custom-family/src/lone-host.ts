import type { Crypto } from '@hansa/protocol/crypto';
import type { FamilyRegistry } from '@hansa/protocol/families';
import type { Genesis } from '@hansa/protocol/genesis';
import {
  type Effect,
  type Input,
  MemoryStore,
  type RecordOutcome,
  type Replica,
  recoverReplica,
  type TimerName,
} from '@hansa/protocol/replica';

/** An input, but for the time: the host adds it. */
type Untimed<I> = I extends Input ? Omit<I, 'nowMs'> : never;

export interface LoneHostOptions {
  /** With one authority. */
  readonly genesis: Genesis;
  readonly crypto: Crypto;
  readonly laneSecret: Uint8Array;
  readonly voteSecret: Uint8Array;
  readonly families: FamilyRegistry;
}

/**
 * The smallest host of a city: one authority, a store in memory, and a clock that stands still unless it is moved. With nobody
 * to talk to, the effects that matter are writes, timers, and what became of records.
 */
export class LoneHost {
  readonly replica: Replica;
  readonly #store: MemoryStore;
  readonly #timers = new Map<TimerName, number>();
  readonly #outcomes: RecordOutcome[] = [];
  #nowMs: number;
  #submissions = 0;

  private constructor(replica: Replica, store: MemoryStore, nowMs: number) {
    this.replica = replica;
    this.#store = store;
    this.#nowMs = nowMs;
  }

  static async start(options: LoneHostOptions): Promise<LoneHost> {
    const { genesis, crypto, families, laneSecret, voteSecret } = options;
    const store = new MemoryStore();
    const self = { index: 0, laneSecret, voteSecret };
    const replica = await recoverReplica({ genesis, crypto, families, self }, store);
    const host = new LoneHost(replica, store, genesis.createdAtMs + 1000);
    host.#turn({ kind: 'start' });
    return host;
  }

  /** Submits records and moves the clock on until the ledger has executed them. */
  submit(records: readonly Uint8Array[]): readonly RecordOutcome[] {
    const before = this.#outcomes.length;
    this.#turn({ kind: 'submit', id: ++this.#submissions, records });
    while (this.#outcomes.length < before + records.length) this.#nextTimer();
    return this.#outcomes.slice(before);
  }

  #nextTimer(): void {
    const next = [...this.#timers].sort(([, a], [, b]) => a - b)[0];
    if (next === undefined) throw new Error('nothing is to come');
    const [name, atMs] = next;
    this.#timers.delete(name);
    this.#nowMs = Math.max(this.#nowMs, atMs);
    this.#turn({ kind: 'timer', name });
  }

  #turn(input: Untimed<Input>): void {
    for (const effect of this.replica.handle({ ...input, nowMs: this.#nowMs } as Input)) this.#carryOut(effect);
  }

  #carryOut(effect: Effect): void {
    if (effect.kind === 'persist') this.#store.write(effect.writes);
    else if (effect.kind === 'executed') this.#outcomes.push(...effect.outcomes);
    else if (effect.kind === 'refused') throw new Error(`${effect.error.code}: ${effect.error.message}`);
    else if (effect.kind === 'timer') {
      if (effect.atMs === undefined) this.#timers.delete(effect.name);
      else this.#timers.set(effect.name, effect.atMs);
    }
  }
}
