import { equalBytes, HansaError, invariant, limits } from '@hansa/protocol';
import { checkRecord, families } from '@hansa/protocol/families';
import { decodeRecord, formatLocation } from '@hansa/protocol/records';
import type { RecordLocation } from '@hansa/protocol/replica';
import type { CityPort, RecordStatus } from '../api/ports.ts';
import type { Attempt, Doing } from './attempt.ts';
import { meaningOf } from './meanings.ts';

/** Whether to answer when the records are sealed and durable, or when the federation agreed on them. */
export type Wait = 'none' | 'final';

/** How long a request waits for finality before it says "pending": longer than two silent leaders in a row. */
export const waitMsMax = 15_000;

/** Records checked between two looks at other work: about 5 ms. */
const checkedPerTurn = 512;

/** One record's place and what became of it. */
export interface Submitted {
  readonly location: string;
  /** `pending`: durable here, and not agreed on within the time to wait. */
  readonly state: 'pending' | 'final';
  readonly height?: number;
}

/** Consecutive records of one entry. */
export interface SealedRange {
  /** Location of the first. */
  readonly first: string;
  readonly count: number;
}

export interface BatchOutcome {
  readonly sealed: SealedRange[];
  readonly count: number;
  readonly state: 'pending' | 'final';
  /** Those that the ledger rejected; only known when final. */
  readonly rejected: { readonly location: string; readonly code: string }[];
}

/** Records of one request on the own lane: one after the other in one entry. */
interface Sealed {
  /** The first one's bytes. */
  readonly record: Uint8Array;
  readonly first: RecordLocation;
  readonly count: number;
}

/** A record ready to be sealed, or one of this very request that had its effect before. */
export interface Prepared {
  readonly record: Uint8Array;
  readonly applied?: RecordLocation;
}

interface PreparedAll {
  readonly records: readonly Uint8Array[];
  readonly applied?: RecordLocation | undefined;
}

/** Puts records on the own lane, each request once however often it is attempted, and says what became of them. */
export class Submission {
  readonly #city: CityPort;
  readonly #onSealed: (location: RecordLocation) => void;

  /** `onSealed` hears of each submission's first record when it is durable, before anybody waits for finality. */
  constructor(city: CityPort, onSealed: (location: RecordLocation) => void) {
    this.#city = city;
    this.#onSealed = onSealed;
  }

  /**
   * Seals the record that `prepare` makes; it is not asked when an earlier attempt sealed one. Answers with the record
   * that was sealed. Throws the ledger's code when it was rejected.
   */
  async one(
    attempt: Attempt,
    prepare: () => Promise<Prepared>,
    wait: Wait,
  ): Promise<{ readonly submitted: Submitted; readonly record: Uint8Array }> {
    const { first, record } = await this.#sealedOnce(attempt, async () => {
      const prepared = await prepare();
      if (prepared.applied === undefined) this.#check(prepared.record, undefined);
      return { records: [prepared.record], applied: prepared.applied };
    });
    return { submitted: await this.#submitted(first, wait), record };
  }

  /**
   * The own record at a location, when it is the one of this request: it had its effect already, and nobody remembers
   * the request but the ledger.
   */
  async applied(location: RecordLocation | undefined, attempt: Attempt): Promise<Prepared | undefined> {
    if (location?.lane !== this.#city.self.index) return undefined;
    const bytes = (await this.#city.entry(location.lane, location.sequence))?.records[location.position];
    const decoded = bytes === undefined ? undefined : decodeRecord(bytes);
    if (bytes === undefined || decoded?.ok !== true) return undefined;
    return equalBytes(decoded.value.requestId, attempt.requestId()) ? { record: bytes, applied: location } : undefined;
  }

  /** Seals records of an integrator, all or none of them. Throws the code of the first that breaks a stateless rule. */
  async batch(attempt: Attempt, records: readonly Uint8Array[], wait: Wait): Promise<BatchOutcome> {
    const { first, count } = await this.#sealedOnce(attempt, async () => {
      await this.#checkAll(records);
      return { records };
    });
    const sealed = [{ first: formatLocation(this.#city.genesis, first), count }];
    if (wait === 'none') return { sealed, count, state: 'pending', rejected: [] };
    return { sealed, count, ...(await this.#outcomes(first, count)) };
  }

  async #checkAll(records: readonly Uint8Array[]): Promise<void> {
    let bytes = 0;
    for (let index = 0; index < records.length; index++) {
      const record = records[index] as Uint8Array;
      this.#check(record, index);
      bytes += record.length;
      if (index % checkedPerTurn === checkedPerTurn - 1) await new Promise(setImmediate);
    }
    if (records.length > limits.entryRecordsMax || bytes > limits.entryBytesMax) {
      throw new HansaError(
        'RECORDS_TOO_MANY',
        `A request takes at most ${limits.entryRecordsMax} records and ${limits.entryBytesMax} bytes, because it becomes one entry, whole or not at all. Split it.`,
      );
    }
  }

  async #sealedOnce(attempt: Attempt, prepare: () => Promise<PreparedAll>): Promise<Sealed> {
    const earlier = await attempt.earlier();
    if (earlier !== undefined) {
      const first = earlier.first ?? (await this.#onLane(earlier));
      if (first !== undefined) {
        if (earlier.first === undefined) await attempt.note({ ...earlier, first });
        return { ...earlier, first }; // guard: R2 what an earlier attempt sealed is not sealed again
      }
    }
    // What was prepared and never sealed goes as it was: its private payload is kept under its commitment.
    const { records, applied } = earlier?.count === 1 ? { records: [earlier.record] } : await prepare();
    const [record] = records;
    if (record === undefined) throw new HansaError('BATCH_SIZE', 'The request has no record. Send at least one.');
    const doing: Doing = { tip: this.#tip, record, count: records.length };
    if (applied === undefined) await attempt.note(doing);
    const first = applied ?? (await this.#seal(records));
    await attempt.note({ ...doing, first });
    return { record, first, count: records.length };
  }

  async #seal(records: readonly Uint8Array[]): Promise<RecordLocation> {
    const [first] = (await this.#city.submit(records)).locations;
    invariant(first !== undefined, 'every record that was sealed has a location');
    this.#onSealed(first);
    return first;
  }

  /** Where an earlier attempt's record stands; undefined: it was never sealed. Throws NOT_JOINED. */
  async #onLane({ tip, record }: Doing): Promise<RecordLocation | undefined> {
    // guard: R6 before that, entries of the own lane may be missing here
    if (!this.#city.status().joined) {
      throw new HansaError(
        'NOT_JOINED',
        'The city is still asking the others for its newest signatures, and does not know yet what became of this request. Send the same again.',
        { retryAfterMs: laterMs },
      );
    }
    const lane = this.#city.self.index;
    for (let sequence = tip + 1; sequence <= this.#tip; sequence++) {
      const records = (await this.#city.entry(lane, sequence))?.records ?? [];
      const position = records.findIndex((each) => equalBytes(each, record));
      if (position >= 0) return { lane, sequence, position };
    }
    return undefined;
  }

  get #tip(): number {
    return this.#city.lanes()[this.#city.self.index]?.heldSequence ?? 0;
  }

  async #submitted(location: RecordLocation, wait: Wait): Promise<Submitted> {
    const name = formatLocation(this.#city.genesis, location);
    if (wait === 'none') return { location: name, state: 'pending' };
    const status = await this.#waitFinal(location);
    if (status.state === 'rejected') throw rejectedAt(name, status.code ?? 'INTERNAL');
    return { location: name, state: status.state, ...(status.height === undefined ? {} : { height: status.height }) };
  }

  /** Records of one entry become final together: waiting for the last one is enough. */
  async #outcomes(first: RecordLocation, count: number): Promise<Pick<BatchOutcome, 'state' | 'rejected'>> {
    const at = (index: number) => ({ ...first, position: first.position + index });
    const last = await this.#waitFinal(at(count - 1));
    if (last.state === 'pending') return { state: 'pending', rejected: [] };
    const rejected: { location: string; code: string }[] = [];
    for (let index = 0; index < count; index++) {
      const status = await this.#city.outcome(at(index));
      if (status.state !== 'rejected') continue;
      rejected.push({ location: formatLocation(this.#city.genesis, at(index)), code: status.code ?? 'INTERNAL' });
    }
    return { state: 'final', rejected };
  }

  async #waitFinal(location: RecordLocation): Promise<RecordStatus> {
    try {
      return await finalInTime(this.#city, location);
    } catch (error) {
      if (error instanceof HansaError && error.code === 'RECORD_UNKNOWN') throw sealedBefore(location.sequence);
      throw error;
    }
  }

  #check(record: Uint8Array, index: number | undefined): void {
    const { genesis, domains, crypto } = this.#city; // C12: the authorities of the present epoch
    const checked = checkRecord(record, { genesis, domains, crypto, families });
    if (checked.ok) return;
    const { code, message } = checked.error;
    throw new HansaError(
      code,
      index === undefined ? message : `Record ${index} of the request: ${message} Nothing was sealed.`,
    );
  }
}

/** What became of a record, as soon as that is final; after `waitMsMax` as it stands then. Errors: those of `waitFinal`. */
export async function finalInTime(city: CityPort, location: RecordLocation): Promise<RecordStatus> {
  // Not AbortSignal.timeout: its timer would outlive the request by these seconds, and what hangs on it the nursery.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), waitMsMax);
  try {
    return await city.waitFinal(location, patience.signal);
  } catch (error) {
    if (patience.signal.aborted) return city.outcome(location);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

const laterMs = 1000;

function rejectedAt(location: string, code: string): HansaError {
  return new HansaError(code, `${meaningOf(code)} The refusal is on the ledger at ${location}.`);
}

/** The store was replaced since the record was sealed: the entry comes back from the other cities. */
function sealedBefore(sequence: number): HansaError {
  return new HansaError(
    'NOT_READY',
    `The request was sealed in this city's entry ${sequence}, which the city has yet to fetch back from the others. Send the same again later.`,
    { retryAfterMs: laterMs },
  );
}
