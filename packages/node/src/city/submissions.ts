import { HansaError, limits, type Rejection } from '@hansa/protocol';
import { countActors } from '@hansa/protocol/records';
import type { RecordLocation } from '@hansa/protocol/replica';

interface Submission {
  readonly records: readonly Uint8Array[];
  readonly byteLength: number;
  /** Of actors. */
  readonly signatures: number;
  readonly resolve: (locations: readonly RecordLocation[]) => void;
  readonly reject: (error: HansaError) => void;
}

/** Records of one or more submissions that go into one entry. */
export interface Batch {
  readonly id: number;
  readonly records: readonly Uint8Array[];
}

/** R5: what may wait to be sealed. Beyond it the API says 429 at once. */
const WAITING_BYTES_MAX = limits.laneWindowBytes;

/**
 * Own records on their way into entries. Small submissions that wait at the same time share an entry: one signature,
 * one flush and one round of gossip for all of them.
 */
export class Submissions {
  readonly #retryAfterMs: number;
  #waiting: Submission[] = [];
  #waitingRecords = 0;
  #waitingBytes = 0;
  readonly #sealing = new Map<number, readonly Submission[]>();
  #nextId = 1;

  constructor(retryAfterMs: number) {
    this.#retryAfterMs = retryAfterMs;
  }

  /** Resolves to the records' locations when they are sealed and durable. Errors: `BATCH_SIZE`, `LANE_WINDOW_FULL`, the core's. */
  add(records: readonly Uint8Array[]): Promise<readonly RecordLocation[]> {
    return new Promise((resolve, reject) => {
      const byteLength = records.reduce((sum, record) => sum + record.length, 0);
      const signatures = countActors(records);
      const sound = records.every((record) => record.length > 0 && record.length <= limits.recordBytesMax);
      if (
        records.length === 0 ||
        records.length > limits.entryRecordsMax ||
        byteLength > limits.entryBytesMax ||
        signatures > limits.entrySignaturesMax ||
        !sound
      ) {
        const bounds = `1 to ${limits.entryRecordsMax} records of 1 to ${limits.recordBytesMax} bytes, at most ${limits.entryBytesMax} bytes and ${limits.entrySignaturesMax} actor signatures in all`;
        reject(new HansaError('BATCH_SIZE', `A submission has ${bounds}. Split it.`));
        return;
      }
      // guard: R5 what waits is bounded
      if (this.#waitingBytes + byteLength > WAITING_BYTES_MAX) {
        const message = 'More records wait to be sealed than the lane may run ahead. Send them again later.';
        reject(new HansaError('LANE_WINDOW_FULL', message, { retryAfterMs: this.#retryAfterMs }));
        return;
      }
      this.#waiting.push({ records, byteLength, signatures, resolve, reject });
      this.#waitingRecords += records.length;
      this.#waitingBytes += byteLength;
    });
  }

  get waiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Whether what waits fills an entry. */
  get full(): boolean {
    return this.#waitingRecords >= limits.entryRecordsMax || this.#waitingBytes >= limits.entryBytesMax;
  }

  /** The oldest submissions that fit one entry together. */
  take(): Batch | undefined {
    let records = 0;
    let bytes = 0;
    let signatures = 0;
    let count = 0;
    for (const submission of this.#waiting) {
      records += submission.records.length;
      bytes += submission.byteLength;
      signatures += submission.signatures;
      const isFull = records > limits.entryRecordsMax || bytes > limits.entryBytesMax;
      if (isFull || signatures > limits.entrySignaturesMax) break;
      count += 1;
    }
    if (count === 0) return undefined;
    const taken = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    for (const submission of taken) {
      this.#waitingRecords -= submission.records.length;
      this.#waitingBytes -= submission.byteLength;
    }
    const id = this.#nextId++;
    this.#sealing.set(id, taken);
    return { id, records: taken.flatMap((submission) => submission.records) };
  }

  sealed(id: number, first: RecordLocation): void {
    let position = first.position;
    for (const submission of this.#settle(id)) {
      const start = position;
      submission.resolve(submission.records.map((_, index) => ({ ...first, position: start + index })));
      position += submission.records.length;
    }
  }

  refused(id: number, { code, message, retryAfterMs }: Rejection): void {
    for (const submission of this.#settle(id)) {
      submission.reject(new HansaError(code, message, retryAfterMs === undefined ? {} : { retryAfterMs }));
    }
  }

  /** Nothing more will be sealed. What was sealed but not told may still become final: the requestId decides. */
  close(error: HansaError): void {
    for (const id of [...this.#sealing.keys()]) for (const submission of this.#settle(id)) submission.reject(error);
    for (const submission of this.#waiting) submission.reject(error);
    this.#waiting = [];
    this.#waitingRecords = 0;
    this.#waitingBytes = 0;
  }

  #settle(id: number): readonly Submission[] {
    const submissions = this.#sealing.get(id) ?? [];
    this.#sealing.delete(id);
    return submissions;
  }
}
