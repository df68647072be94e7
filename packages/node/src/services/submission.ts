import { HansaError, invariant, limits } from '@hansa/protocol';
import { checkRecord, families } from '@hansa/protocol/families';
import { formatLocation } from '@hansa/protocol/records';
import type { RecordLocation } from '@hansa/protocol/replica';
import type { CityPort, RecordStatus } from '../api/ports.ts';
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

export class Submission {
  readonly #city: CityPort;
  readonly #onSealed: (location: RecordLocation) => void;

  /** `onSealed` hears of each submission's first record when it is durable, before anybody waits for finality. */
  constructor(city: CityPort, onSealed: (location: RecordLocation) => void) {
    this.#city = city;
    this.#onSealed = onSealed;
  }

  /** Seals one record of a service. Throws the ledger's code when it was rejected. */
  async one(record: Uint8Array, wait: Wait): Promise<Submitted> {
    this.#check(record, undefined);
    const [location] = await this.#seal([record]);
    const name = formatLocation(this.#city.genesis, location);
    if (wait === 'none') return { location: name, state: 'pending' };
    const status = await this.#waitFinal(location);
    if (status.state === 'rejected') throw rejectedAt(name, status.code ?? 'INTERNAL');
    return { location: name, state: status.state, ...(status.height === undefined ? {} : { height: status.height }) };
  }

  /** Seals records of an integrator, all or none of them. Throws the code of the first that breaks a stateless rule. */
  async batch(records: readonly Uint8Array[], wait: Wait): Promise<BatchOutcome> {
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
    const locations = await this.#seal(records);
    const sealed = ranges(this.#city, locations);
    if (wait === 'none') return { sealed, count: locations.length, state: 'pending', rejected: [] };
    return { sealed, count: locations.length, ...(await this.#outcomes(locations)) };
  }

  async #seal(records: readonly Uint8Array[]): Promise<readonly [RecordLocation, ...RecordLocation[]]> {
    const [first, ...others] = (await this.#city.submit(records)).locations;
    invariant(first !== undefined, 'every record that was sealed has a location');
    this.#onSealed(first);
    return [first, ...others];
  }

  /** Records of one entry become final together: waiting for the last one is enough. */
  async #outcomes(locations: readonly RecordLocation[]): Promise<Pick<BatchOutcome, 'state' | 'rejected'>> {
    const last = await this.#waitFinal(locations[locations.length - 1] as RecordLocation);
    if (last.state === 'pending') return { state: 'pending', rejected: [] };
    const rejected: { location: string; code: string }[] = [];
    for (const location of locations) {
      const status = await this.#city.outcome(location);
      if (status.state !== 'rejected') continue;
      rejected.push({ location: formatLocation(this.#city.genesis, location), code: status.code ?? 'INTERNAL' });
    }
    return { state: 'final', rejected };
  }

  async #waitFinal(location: RecordLocation): Promise<RecordStatus> {
    const signal = AbortSignal.timeout(waitMsMax);
    try {
      return await this.#city.waitFinal(location, signal);
    } catch (error) {
      if (!signal.aborted) throw error;
      return this.#city.outcome(location);
    }
  }

  #check(record: Uint8Array, index: number | undefined): void {
    const checked = checkRecord(record, { ...this.#context, families });
    if (checked.ok) return;
    const { code, message } = checked.error;
    throw new HansaError(
      code,
      index === undefined ? message : `Record ${index} of the request: ${message} Nothing was sealed.`,
    );
  }

  get #context() {
    const { genesis, domains, crypto } = this.#city;
    return { genesis, domains, crypto };
  }
}

function rejectedAt(location: string, code: string): HansaError {
  return new HansaError(code, `${meaningOf(code)} The refusal is on the ledger at ${location}.`);
}

function ranges(city: CityPort, locations: readonly RecordLocation[]): SealedRange[] {
  const sealed: { first: string; count: number }[] = [];
  let previous: RecordLocation | undefined;
  for (const location of locations) {
    const last = sealed[sealed.length - 1];
    if (last !== undefined && previous?.sequence === location.sequence && previous.position + 1 === location.position) {
      last.count++;
    } else {
      sealed.push({ first: formatLocation(city.genesis, location), count: 1 });
    }
    previous = location;
  }
  return sealed;
}
