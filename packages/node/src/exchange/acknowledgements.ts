import { randomBytes } from 'node:crypto';
import { fromHex, HansaError, limits, toHex } from '@hansa/protocol';
import {
  ACCESS_FAMILY,
  accessTypes,
  type ErasureReason,
  encodeAccessErased,
  erasureFactKey,
} from '@hansa/protocol/families';
import { encodeRecord, toRecordRef } from '@hansa/protocol/records';
import type { RecordLocation, Store, Write } from '@hansa/protocol/replica';
import { decodeJson, encodeJson, privateRange } from '../registry/tables.ts';
import { Turn } from '../registry/turn.ts';
import { exchangeKeys, locationBytes } from './keys.ts';
import type { ExchangeCity, ExchangeLog } from './ports.ts';
import { WaitingRows } from './waiting-rows.ts';

interface ErasedRow {
  readonly record: RecordLocation;
  /** Of all payloads that went, in hex; the first one stands on the ledger. */
  readonly commitments: readonly string[];
  readonly reason: ErasureReason;
}

/**
 * "This city no longer holds payload and salt of it", on the own lane: written down when the payload goes, submitted until the
 * ledger has it. Each record is acknowledged once.
 */
export class Acknowledgements {
  readonly #city: ExchangeCity;
  readonly #store: Store;
  readonly #log: ExchangeLog;
  readonly #turn = new Turn();
  readonly #rows = new WaitingRows(() => this.#waiting());
  /** Records whose payloads are in no file any more; known in this life only. */
  readonly #purged = new Set<string>();

  constructor(options: { readonly city: ExchangeCity; readonly store: Store; readonly log: ExchangeLog }) {
    this.#city = options.city;
    this.#store = options.store;
    this.#log = options.log;
  }

  get isEmpty(): boolean {
    return this.#rows.none;
  }

  /** Durable when it resolves; `pump` submits it. Nothing is written when the ledger has it. */
  async add(record: RecordLocation, commitments: readonly Uint8Array[], reason: ErasureReason): Promise<void> {
    const writes = this.writes(record, commitments, reason);
    if (writes.length > 0) await this.#store.commit(writes, true);
    this.added();
  }

  /** The same, for whoever commits it together with the forgetting: a crash between the two would leave nothing to say it. */
  writes(record: RecordLocation, commitments: readonly Uint8Array[], reason: ErasureReason): Write[] {
    if (commitments.length === 0 || this.#isOnLedger(record)) return [];
    const row: ErasedRow = { record, commitments: commitments.map((each) => toHex(each)), reason };
    return [{ key: keyOf(record), value: encodeJson(row) }];
  }

  /** To be called when `writes` are durable. */
  added(): void {
    this.#rows.added();
  }

  /** Submits all that waits. True when nothing waits any more. */
  async pump(signal: AbortSignal): Promise<boolean> {
    return this.#turn.take(async () => {
      let done = true;
      const rows = await this.#rows.list();
      await this.#purge(rows);
      for (const row of rows) if (!(await this.#submit(row, signal))) done = false;
      return done;
    });
  }

  /** Before anything is said: what a store deletes may lie in its files for long. */
  async #purge(rows: readonly ErasedRow[]): Promise<void> {
    const fresh = rows.filter(({ record }) => !this.#purged.has(nameOf(record)));
    if (fresh.length === 0) return;
    const payloads = fresh.flatMap(({ commitments }) =>
      commitments.flatMap((each) => {
        const commitment = fromHex(each) ?? new Uint8Array(0);
        return [privateRange('payloads', commitment), privateRange('copies', commitment)];
      }),
    );
    await this.#store.purge?.([...payloads, privateRange('delivered')]); // guard: P1 what is erased is in no file
    for (const { record } of fresh) this.#purged.add(nameOf(record));
  }

  async #submit({ record, commitments, reason }: ErasedRow, signal: AbortSignal): Promise<boolean> {
    try {
      if (!this.#isOnLedger(record)) {
        const body = encodeAccessErased({
          record: { $typeName: 'hansa.v1.RecordRef', ...toRecordRef(record) },
          commitment: fromHex(commitments[0] ?? '') ?? new Uint8Array(0),
          reason,
        });
        const requestId = new Uint8Array(randomBytes(limits.requestIdBytes));
        const bytes = encodeRecord({ family: ACCESS_FAMILY, type: accessTypes.erased, requestId, body });
        const [location] = (await this.#city.submit([bytes])).locations;
        if (location === undefined) return false;
        const { state, code } = await this.#city.waitFinal(location, signal);
        if (state === 'rejected') this.#log.warn({ code }, 'the ledger refused an acknowledgement of an erasure');
      }
      await this.#store.commit([{ key: keyOf(record), value: undefined }], true);
      this.#purged.delete(nameOf(record));
      return true;
    } catch (error) {
      if (!(error instanceof HansaError)) throw error;
      this.#log.info({ code: error.code }, 'an acknowledgement of an erasure waits');
      return false;
    }
  }

  #isOnLedger(record: RecordLocation): boolean {
    const { domains, self } = this.#city;
    return this.#city.fact(erasureFactKey(domains, self.index, record)).value !== undefined;
  }

  async #waiting(): Promise<ErasedRow[]> {
    const rows: ErasedRow[] = [];
    for await (const [, value] of this.#store.range(privateRange('exchange', ERASED))) rows.push(decodeJson(value));
    return rows;
  }
}

const ERASED = new TextEncoder().encode('erased/');

function nameOf(record: RecordLocation): string {
  return toHex(locationBytes(record));
}

function keyOf(record: RecordLocation): Uint8Array {
  return exchangeKeys.state('erased', locationBytes(record));
}
