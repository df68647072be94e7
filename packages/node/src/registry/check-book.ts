import { readU48, type Store, writeU48 } from '@hansa/protocol/replica';
import type { CheckEntry, NumberedCheck } from '../api/ports.ts';
import { decodeJson, encodeJson, privateKey, privateRange } from './tables.ts';

/** Every check with its purpose and matter (P2), kept before it is answered. */
export class CheckBook {
  readonly #store: Store;
  #last: Promise<number> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Durable when it resolves. */
  async note(entry: CheckEntry): Promise<void> {
    const previous = this.#last ?? this.#newest();
    const taken = previous.then((number) => number + 1);
    this.#last = taken;
    await this.#store.commit([{ key: keyOf(await taken), value: encodeJson(entry) }], true);
  }

  /** Entries with `from` <= number, ascending, at most `limit`; the newest `limit` when `from` is absent. */
  async list(options: { readonly from?: number; readonly limit: number }): Promise<readonly NumberedCheck[]> {
    const { from, limit } = options;
    const { gte, lt } = privateRange('checks');
    const range = from === undefined ? { gte, lt, limit, reverse: true } : { gte: keyOf(from), lt, limit };
    const entries: NumberedCheck[] = [];
    for await (const [key, value] of this.#store.range(range)) {
      entries.push({ number: readU48(key, 1), ...decodeJson<CheckEntry>(value) });
    }
    return from === undefined ? entries.reverse() : entries;
  }

  async #newest(): Promise<number> {
    for await (const [key] of this.#store.range({ ...privateRange('checks'), limit: 1, reverse: true })) {
      return readU48(key, 1);
    }
    return 0;
  }
}

function keyOf(number: number): Uint8Array {
  const key = new Uint8Array(6);
  writeU48(key, 0, number);
  return privateKey('checks', key);
}
