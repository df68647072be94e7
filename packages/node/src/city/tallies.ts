import { type RecordOutcome, readU48, type StoreReader, type Write, writeU48 } from '@hansa/protocol/replica';

/** Keys of the host's own in the city's store begin with this byte; the core's tables are below. */
export const HOST_TABLE = 0xf0;
export const hostKeys = {
  identity: new Uint8Array([HOST_TABLE, 1]),
  tallies: new Uint8Array([HOST_TABLE, 2]),
} as const;

/** Totals over all executed blocks. They commit together with the execution that they count. */
export class Tallies {
  #records = 0;
  #rejected = 0;
  /** Legal time of the last executed block; 0 before the first. */
  #timestampMs = 0;

  get records(): number {
    return this.#records;
  }

  get rejected(): number {
    return this.#rejected;
  }

  get timestampMs(): number {
    return this.#timestampMs;
  }

  async restore(store: StoreReader): Promise<void> {
    const bytes = await store.get(hostKeys.tallies);
    if (bytes === undefined) return;
    this.#records = readU48(bytes, 0);
    this.#rejected = readU48(bytes, 6);
    this.#timestampMs = readU48(bytes, 12);
  }

  /** Counts a block; the write keeps the new totals. */
  executed(timestampMs: number, outcomes: readonly RecordOutcome[]): Write {
    this.#timestampMs = timestampMs;
    this.#records += outcomes.length;
    for (const { rejected } of outcomes) if (rejected !== undefined) this.#rejected += 1;
    const value = new Uint8Array(18);
    writeU48(value, 0, this.#records);
    writeU48(value, 6, this.#rejected);
    writeU48(value, 12, this.#timestampMs);
    return { key: hostKeys.tallies, value };
  }
}
