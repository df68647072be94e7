import { compareBytes, toHex } from '../bytes.ts';
import type { Write } from './effects.ts';

/** Reads of the host's ordered key-value store. Keys compare as unsigned bytes. */
export interface StoreReader {
  get(key: Uint8Array): Promise<Uint8Array | undefined>;
  /** Pairs with gte <= key < lt, ascending (descending when `reverse`). */
  range(options: RangeOptions): AsyncIterable<readonly [Uint8Array, Uint8Array]>;
}

export interface RangeOptions {
  readonly gte: Uint8Array;
  readonly lt: Uint8Array;
  readonly limit?: number;
  readonly reverse?: boolean;
}

/** The store contract (DESIGN section 8). */
export interface Store extends StoreReader {
  /** All writes or none; in call order. With `flush` they, and every commit before, survive a crash once it resolves. */
  commit(writes: readonly Write[], flush: boolean): Promise<void>;
  /** What was deleted in these ranges is in no file any more once it resolves. A store without files has no such duty. */
  purge?(ranges: readonly Pick<RangeOptions, 'gte' | 'lt'>[]): Promise<void>;
  close(): Promise<void>;
}

/** A store without a disk, for tests and the simulator. */
export class MemoryStore implements Store {
  readonly #values = new Map<string, readonly [Uint8Array, Uint8Array]>();

  async get(key: Uint8Array): Promise<Uint8Array | undefined> {
    return this.#values.get(toHex(key))?.[1];
  }

  async *range(options: RangeOptions): AsyncGenerator<readonly [Uint8Array, Uint8Array]> {
    const pairs = [...this.#values.values()]
      .filter(([key]) => compareBytes(key, options.gte) >= 0 && compareBytes(key, options.lt) < 0)
      .sort((a, b) => compareBytes(a[0], b[0]));
    if (options.reverse === true) pairs.reverse();
    yield* pairs.slice(0, options.limit ?? pairs.length);
  }

  async commit(writes: readonly Write[], _flush: boolean): Promise<void> {
    this.write(writes);
  }

  /** The same as `commit`, at once. */
  write(writes: readonly Write[]): void {
    for (const { key, value } of writes) {
      if (value === undefined) this.#values.delete(toHex(key));
      else this.#values.set(toHex(key), [key.slice(), value.slice()]);
    }
  }

  async close(): Promise<void> {}
}
