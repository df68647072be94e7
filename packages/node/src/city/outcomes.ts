import { HansaError } from '@hansa/protocol';
import type { RecordLocation, RecordOutcome } from '@hansa/protocol/replica';
import type { RecordStatus } from '../api/ports.ts';
import type { ExecutedEntry, LaneReader } from './lane-reader.ts';

/** What became of one executed entry: everything was accepted but what is named. */
interface EntryOutcome {
  readonly height: number;
  readonly recordCount: number;
  readonly rejected: ReadonlyMap<number, string>;
}

/** Entries whose outcomes are answered from memory; older ones are read from the store. */
const RECENT_ENTRIES_MAX = 4096;
/** Rejected records among them, so that lanes full of refusals cost no more memory. */
const RECENT_REJECTED_MAX = 65_536;

interface Waiter {
  readonly resolve: (outcome: EntryOutcome) => void;
}

/** Where records stand (L1), and who waits to be told. */
export class Outcomes {
  readonly #reader: LaneReader;
  readonly #heldSequence: (lane: number) => number;
  readonly #provenHeight: () => number;
  readonly #recent = new Map<string, EntryOutcome>();
  #recentRejected = 0;
  readonly #waiters = new Map<string, Set<Waiter>>();
  readonly #rejections = new Set<(error: HansaError) => void>();
  #closed: HansaError | undefined;

  constructor(options: {
    readonly reader: LaneReader;
    /** Newest sequence held of a lane. */
    readonly heldSequence: (lane: number) => number;
    /** Newest height that a final checkpoint proves. */
    readonly provenHeight: () => number;
  }) {
    this.#reader = options.reader;
    this.#heldSequence = options.heldSequence;
    this.#provenHeight = options.provenHeight;
  }

  /** A block was executed; its outcomes are in order, so that an entry's stand together. Returns how many were rejected. */
  executed(height: number, outcomes: readonly RecordOutcome[]): number {
    let rejectedCount = 0;
    for (let start = 0; start < outcomes.length; ) {
      const { lane, sequence } = (outcomes[start] as RecordOutcome).location;
      const rejected = new Map<number, string>();
      let end = start;
      for (let outcome = outcomes[end]; outcome !== undefined; outcome = outcomes[++end]) {
        const { location } = outcome;
        if (location.lane !== lane || location.sequence !== sequence) break;
        if (outcome.rejected !== undefined) rejected.set(location.position, outcome.rejected);
      }
      this.#remember(entryKey({ lane, sequence }), { height, recordCount: end - start, rejected });
      rejectedCount += rejected.size;
      start = end;
    }
    return rejectedCount;
  }

  /** What became of an entry's records; undefined while it is not executed here. */
  async entry(lane: number, sequence: number): Promise<Omit<EntryOutcome, 'recordCount'> | undefined> {
    const recent = this.#recent.get(entryKey({ lane, sequence }));
    if (recent !== undefined) return recent;
    const executed = await this.#reader.executed(lane, sequence);
    return executed === undefined ? undefined : { height: executed.place.height, rejected: rejectedOf(executed) };
  }

  /** Errors: `RECORD_UNKNOWN`. */
  async status(location: RecordLocation): Promise<RecordStatus> {
    const outcome = await this.#outcome(location);
    return outcome === undefined ? { state: 'pending', provable: false } : this.#statusOf(location, outcome);
  }

  /**
   * Resolves when the record is executed. Errors: `RECORD_UNKNOWN`, `STILL_PENDING` when the signal aborts, `STOPPING`.
   */
  async wait(location: RecordLocation, signal?: AbortSignal): Promise<RecordStatus> {
    const key = entryKey(location);
    const { promise, resolve, reject } = Promise.withResolvers<EntryOutcome>();
    const waiter: Waiter = { resolve };
    // Before the store is read: what is executed meanwhile is told to the waiter.
    const waiters = this.#waiters.get(key) ?? new Set();
    this.#waiters.set(key, waiters.add(waiter));
    const onAbort = () =>
      reject(
        new HansaError(
          'STILL_PENDING',
          'The record is accepted but not final yet. Ask again later; do not send it again.',
        ),
      );
    try {
      const known = await this.#outcome(location);
      if (known !== undefined) return this.#statusOf(location, known);
      if (this.#closed !== undefined) throw this.#closed;
      if (signal?.aborted === true) onAbort();
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#rejections.add(reject);
      return this.#statusOf(location, await promise);
    } finally {
      signal?.removeEventListener('abort', onAbort);
      this.#rejections.delete(reject);
      waiters.delete(waiter);
      if (waiters.size === 0) this.#waiters.delete(key);
    }
  }

  /** The city stops: whoever waits is told. */
  close(error: HansaError): void {
    this.#closed = error;
    for (const reject of this.#rejections) reject(error);
  }

  #remember(key: string, outcome: EntryOutcome): void {
    this.#recent.set(key, outcome);
    this.#recentRejected += outcome.rejected.size;
    for (const [oldest, { rejected }] of this.#recent) {
      if (this.#recent.size <= RECENT_ENTRIES_MAX && this.#recentRejected <= RECENT_REJECTED_MAX) break;
      this.#recent.delete(oldest);
      this.#recentRejected -= rejected.size;
    }
    for (const waiter of this.#waiters.get(key) ?? []) waiter.resolve(outcome);
  }

  async #outcome(location: RecordLocation): Promise<EntryOutcome | undefined> {
    const { lane, sequence } = location;
    const recent = this.#recent.get(entryKey(location));
    if (recent !== undefined) return recent;
    const executed = await this.#reader.executed(lane, sequence);
    // It may have been executed while the store was read.
    const now = this.#recent.get(entryKey(location));
    if (now !== undefined) return now;
    if (executed === undefined) {
      if (sequence <= this.#heldSequence(lane)) return undefined;
      throw recordUnknown();
    }
    const entry = await this.#reader.byDigest(lane, sequence, executed.digest);
    return {
      height: executed.place.height,
      recordCount: entry?.header.recordCount ?? 0,
      rejected: rejectedOf(executed),
    };
  }

  #statusOf({ position }: RecordLocation, outcome: EntryOutcome): RecordStatus {
    const { height, recordCount, rejected } = outcome;
    if (position >= recordCount) throw recordUnknown();
    const code = rejected.get(position);
    const provable = height <= this.#provenHeight();
    return code === undefined ? { state: 'final', height, provable } : { state: 'rejected', height, code, provable };
  }
}

function rejectedOf({ log, entryIndex }: ExecutedEntry): ReadonlyMap<number, string> {
  const rejected = log.rejected.filter((record) => record.entryIndex === entryIndex);
  return new Map(rejected.map(({ position, code }) => [position, code]));
}

function entryKey({ lane, sequence }: { readonly lane: number; readonly sequence: number }): string {
  return `${lane}/${sequence}`;
}

function recordUnknown(): HansaError {
  return new HansaError(
    'RECORD_UNKNOWN',
    'No record stands at this location. Compare the location, or wait until the city has caught up.',
  );
}
