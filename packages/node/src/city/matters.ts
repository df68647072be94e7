import {
  type RecordLocation,
  type RecordOutcome,
  readU48,
  type StoreReader,
  type Write,
  writeU48,
} from '@hansa/protocol/replica';
import { HOST_TABLE } from './tallies.ts';

/** A final record that the city's services have to act on: it took effect at this height. */
export interface Matter {
  readonly height: number;
  readonly location: RecordLocation;
  readonly family: number;
  readonly type: number;
}

/** Names of record types: family * 256 + type. */
type Kind = number;

const ROW = 3;
const KEY_BYTES = 22;

/**
 * Accepted records of a few kinds, in the agreed order. The rows commit together with the block that executed the
 * records, so that nobody who acts on them misses one, however often the daemon is killed.
 */
export class Matters {
  readonly #store: StoreReader;
  readonly #kinds = new Set<Kind>();
  #newestHeight = 0;

  constructor(store: StoreReader) {
    this.#store = store;
  }

  /** Newest height since the start that had one; its rows may be on their way to the store. */
  get newestHeight(): number {
    return this.#newestHeight;
  }

  /** From the next block on records of this kind are kept. To be called before the city starts. */
  watch(family: number, type: number): void {
    this.#kinds.add(kindOf(family, type));
  }

  /** Writes for an executed block. */
  executed(height: number, outcomes: readonly RecordOutcome[]): Write[] {
    if (this.#kinds.size === 0) return [];
    const writes: Write[] = [];
    for (const { location, family, type, rejected } of outcomes) {
      if (rejected !== undefined || !this.#kinds.has(kindOf(family, type))) continue;
      writes.push({ key: keyOf(height, location), value: Uint8Array.of(family, type) });
    }
    if (writes.length > 0) this.#newestHeight = height;
    return writes;
  }

  /** After a matter that was dealt with, or from the first, in order. */
  async *after(key: Uint8Array | undefined): AsyncGenerator<{ readonly key: Uint8Array; readonly matter: Matter }> {
    const gte = key === undefined ? Uint8Array.of(HOST_TABLE, ROW) : new Uint8Array([...key, 0]);
    for await (const [row, value] of this.#store.range({ gte, lt: Uint8Array.of(HOST_TABLE, ROW + 1) })) {
      const view = new DataView(row.buffer, row.byteOffset);
      const location = { lane: view.getUint32(8), sequence: readU48(row, 12), position: view.getUint32(18) };
      const [family, type] = value as unknown as [number, number];
      yield { key: row.slice(), matter: { height: readU48(row, 2), location, family, type } };
    }
  }
}

function kindOf(family: number, type: number): Kind {
  return family * 256 + type;
}

/** Table, height, lane, sequence, position: lanes and their entries stand in the order of their execution (L1). */
function keyOf(height: number, { lane, sequence, position }: RecordLocation): Uint8Array {
  const key = new Uint8Array(KEY_BYTES);
  const view = new DataView(key.buffer);
  key.set([HOST_TABLE, ROW]);
  writeU48(key, 2, height);
  view.setUint32(8, lane);
  writeU48(key, 12, sequence);
  view.setUint32(18, position);
  return key;
}
