import { readU48, type Store, writeU48 } from '@hansa/protocol/replica';
import type { Evaluation, NumberedEvaluation } from '../api/ports.ts';
import { decodeJson, encodeJson, privateKey, privateRange } from '../registry/tables.ts';

/** Every evaluation, kept before it is answered (P2). */
export class EvaluationLog {
  readonly #store: Store;
  #last: Promise<number> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Durable when it resolves. */
  async note(entry: Evaluation): Promise<void> {
    const taken = (this.#last ?? this.#newest()).then((number) => number + 1);
    this.#last = taken;
    await this.#store.commit([{ key: keyOf(await taken), value: encodeJson(entry) }], true);
  }

  /** Entries with `from` <= number, ascending, at most `limit`; the newest `limit` when `from` is absent. */
  async list(options: { readonly from?: number; readonly limit: number }): Promise<readonly NumberedEvaluation[]> {
    const { from, limit } = options;
    const { gte, lt } = privateRange('oprfEvaluations');
    const range = from === undefined ? { gte, lt, limit, reverse: true } : { gte: keyOf(from), lt, limit };
    const entries: NumberedEvaluation[] = [];
    for await (const [key, value] of this.#store.range(range)) {
      entries.push({ number: readU48(key, 1), ...decodeJson<Evaluation>(value) });
    }
    return from === undefined ? entries.reverse() : entries;
  }

  /** The evaluations since a time, newest first: a restart does not fill the quotas again. */
  async *since(atMs: number): AsyncGenerator<Evaluation> {
    for await (const [, value] of this.#store.range({ ...privateRange('oprfEvaluations'), reverse: true })) {
      const entry = decodeJson<Evaluation>(value);
      if (entry.atMs < atMs) return;
      yield entry;
    }
  }

  async #newest(): Promise<number> {
    for await (const [key] of this.#store.range({ ...privateRange('oprfEvaluations'), limit: 1, reverse: true })) {
      return readU48(key, 1);
    }
    return 0;
  }
}

function keyOf(number: number): Uint8Array {
  const key = new Uint8Array(6);
  writeU48(key, 0, number);
  return privateKey('oprfEvaluations', key);
}
