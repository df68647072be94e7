import type { Result } from '@hansa/protocol';
import type { DecodedEntry, VerifiedEntry } from '@hansa/protocol/lanes';
import type { Frame, FrameReader } from '@hansa/protocol/replica';
import type { Meter } from '../crypto/costs.ts';

interface Known<T> {
  readonly result: T;
  /** What it costs whoever reads it. */
  readonly us: number;
}

/**
 * All cities of a world get a broadcast as one array, and reading it is a function of its bytes: it is read once. Each
 * city is charged as if it had read it itself.
 */
export class SharedFrameReader implements FrameReader {
  readonly #strict: FrameReader;
  readonly #meter: Meter;
  readonly #frames = new WeakMap<Uint8Array, Known<Frame | undefined>>();
  readonly #records = new WeakMap<DecodedEntry, Known<Result<VerifiedEntry>>>();

  constructor(strict: FrameReader, meter: Meter) {
    this.#strict = strict;
    this.#meter = meter;
  }

  read(bytes: Uint8Array): Frame | undefined {
    const known = this.#frames.get(bytes);
    if (known === undefined) return this.#note(this.#frames, bytes, () => this.#strict.read(bytes));
    this.#meter.us += known.us;
    return known.result;
  }

  verifyRecords(entry: DecodedEntry): Result<VerifiedEntry> {
    const known = this.#records.get(entry);
    if (known === undefined) return this.#note(this.#records, entry, () => this.#strict.verifyRecords(entry));
    this.#meter.us += known.us;
    return known.result;
  }

  #note<K extends object, T>(memory: WeakMap<K, Known<T>>, key: K, read: () => T): T {
    const before = this.#meter.us;
    const result = read();
    memory.set(key, { result, us: this.#meter.us - before });
    return result;
  }
}
