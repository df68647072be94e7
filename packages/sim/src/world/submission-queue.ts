import { limits } from '@hansa/protocol';
import type { Effect } from '@hansa/protocol/replica';

interface Submission {
  readonly id: number;
  readonly records: readonly Uint8Array[];
  readonly byteLength: number;
}

/** Records that go into one entry; the id is that of the first submission. */
export interface Batch {
  readonly id: number;
  readonly records: readonly Uint8Array[];
}

type Answer = Extract<Effect, { kind: 'sealed' | 'refused' }>;

/** Own records on their way into entries, as the daemon's `Submissions`: what waits at the same time shares an entry. */
export class SubmissionQueue {
  #waiting: Submission[] = [];
  #records = 0;
  #bytes = 0;
  /** Batches of more than one submission that are being sealed, by their id. */
  readonly #sealing = new Map<number, readonly Submission[]>();

  add(id: number, records: readonly Uint8Array[]): void {
    const byteLength = records.reduce((sum, record) => sum + record.length, 0);
    this.#waiting.push({ id, records, byteLength });
    this.#records += records.length;
    this.#bytes += byteLength;
  }

  get waiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Whether what waits fills an entry. */
  get full(): boolean {
    return this.#records >= limits.entryRecordsMax || this.#bytes >= limits.entryBytesMax;
  }

  /** The oldest submissions that fit one entry together; one that fits none goes alone, and is refused. */
  take(): Batch | undefined {
    let records = 0;
    let bytes = 0;
    let count = 0;
    for (const submission of this.#waiting) {
      records += submission.records.length;
      bytes += submission.byteLength;
      if (count > 0 && (records > limits.entryRecordsMax || bytes > limits.entryBytesMax)) break;
      count += 1;
    }
    const taken = this.#waiting.slice(0, count);
    const [first] = taken;
    if (first === undefined) return undefined;
    this.#waiting = this.#waiting.slice(count);
    for (const submission of taken) {
      this.#records -= submission.records.length;
      this.#bytes -= submission.byteLength;
    }
    if (count === 1) return first;
    this.#sealing.set(first.id, taken);
    return { id: first.id, records: taken.flatMap((submission) => submission.records) };
  }

  /** What the replica said of a batch, said of each of its submissions. */
  answers(answer: Answer): readonly Answer[] {
    const submissions = this.#sealing.get(answer.id);
    if (submissions === undefined) return [answer];
    this.#sealing.delete(answer.id);
    if (answer.kind === 'refused') return submissions.map(({ id }) => ({ ...answer, id }));
    let { position } = answer.first;
    return submissions.map(({ id, records }) => {
      const first = { ...answer.first, position };
      position += records.length;
      return { ...answer, id, first, count: records.length };
    });
  }

  clear(): void {
    this.#waiting = [];
    this.#records = 0;
    this.#bytes = 0;
    this.#sealing.clear();
  }
}
