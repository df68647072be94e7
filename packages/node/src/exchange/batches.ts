import { randomBytes } from 'node:crypto';
import { fromHex, HansaError, limits, toHex, u32be } from '@hansa/protocol';
import { type AccessBatch, AccessTree, type BatchContent } from '@hansa/protocol/access';
import {
  ACCESS_FAMILY,
  accessBatchFactKey,
  accessTypes,
  encodeAccessBatch,
  readAccessBatchFact,
} from '@hansa/protocol/families';
import { encodeRecord } from '@hansa/protocol/records';
import type { RecordLocation, Store } from '@hansa/protocol/replica';
import { decodeJson, encodeJson, getJson, privateRange } from '../registry/tables.ts';
import { Turn } from '../registry/turn.ts';
import type { AccessBook } from './access-book.ts';
import { exchangeKeys } from './keys.ts';
import type { ExchangeCity, ExchangeLog } from './ports.ts';
import type { ReceiptDesk } from './receipt-desk.ts';

/** A batch that is closed here and not yet known to be on the ledger. */
interface PendingBatch {
  readonly fromMs: number;
  readonly toMs: number;
  /** `Record` bytes in hex. */
  readonly record: string;
}

interface AgreedRow {
  readonly location: RecordLocation;
  readonly fromMs: number;
  readonly toMs: number;
  readonly root: string;
  readonly count: number;
}

const pendingKey = exchangeKeys.state('batch');

/**
 * P3: puts the city's receipts on its lane, batch after batch without a gap: the tree's root and the count in the open. A
 * batch is written down before it is submitted, so that a crash neither loses a receipt nor makes two batches of one time.
 */
export class Batches {
  readonly #city: ExchangeCity;
  readonly #store: Store;
  readonly #book: AccessBook;
  readonly #desk: ReceiptDesk;
  readonly #log: ExchangeLog;
  readonly #turn = new Turn();
  /** A batch is closed and was not seen on the ledger. */
  #unfinished = false;
  /** Where that one stands on the own lane, since this start. */
  #submitted: RecordLocation | undefined;
  /** Calls that have or wait for their turn. */
  #busy = 0;

  constructor(options: {
    readonly city: ExchangeCity;
    readonly store: Store;
    readonly book: AccessBook;
    readonly desk: ReceiptDesk;
    readonly log: ExchangeLog;
  }) {
    this.#city = options.city;
    this.#store = options.store;
    this.#book = options.book;
    this.#desk = options.desk;
    this.#log = options.log;
  }

  /** Receipts are dated behind what is closed from now on. To be called before anybody asks. */
  async restore(): Promise<void> {
    const pending = await getJson<PendingBatch>(this.#store, pendingKey);
    this.#desk.closedUntil(pending?.toMs ?? this.#endOnLedger());
    this.#unfinished = pending !== undefined;
  }

  /** Goes on with a batch that is closed and not on the ledger yet, if there is one: after a crash, or a ledger that stood still. */
  async resume(signal: AbortSignal): Promise<void> {
    if (!this.#unfinished || this.#busy > 0) return;
    await this.#oneAtATime(async () => {
      const under = await getJson<PendingBatch>(this.#store, pendingKey);
      if (under !== undefined) await this.#submit(under, signal);
    });
  }

  /**
   * Closes the present batch and waits until it is final, at most until the signal. An empty one too: that nothing was
   * read is worth as much. False when it is still under way: the next call goes on with it.
   */
  async seal(signal: AbortSignal): Promise<boolean> {
    return this.#oneAtATime(async () => {
      const under = await getJson<PendingBatch>(this.#store, pendingKey);
      if (under !== undefined) {
        if (!(await this.#submit(under, signal))) return false;
      }
      const fromMs = this.#endOnLedger();
      const toMs = await this.#desk.close();
      if (toMs <= fromMs) return true;
      const pending = await this.#close(fromMs, toMs);
      await this.#store.commit([{ key: pendingKey, value: encodeJson(pending) }], true);
      this.#unfinished = true;
      return this.#submit(pending, signal);
    });
  }

  /** Receipts wait for their batch. */
  async isWaiting(): Promise<boolean> {
    if ((await this.#store.get(pendingKey)) !== undefined) return true;
    for await (const _id of this.#book.ids(this.#endOnLedger(), Number.MAX_SAFE_INTEGER / 2 ** 8)) return true;
    return false;
  }

  /** A batch record of any lane became final and took effect. */
  async agreed(location: RecordLocation, batch: Omit<AccessBatch, 'location'>): Promise<void> {
    const { fromMs, toMs, root, count } = batch;
    // After a restore from a backup this city hears of its own batches.
    if (location.lane === this.#city.self.index) this.#desk.closedUntil(toMs);
    const row: AgreedRow = { location, fromMs, toMs, root: toHex(root), count };
    await this.#store.commit([{ key: exchangeKeys.batch(location.lane, toMs), value: encodeJson(row) }], false);
  }

  /** Accepted batches of a lane that have a moment of the period, in order. */
  async ofLane(lane: number, fromMs: number, toMs: number): Promise<AccessBatch[]> {
    const batches: AccessBatch[] = [];
    const { lt } = privateRange('accessBatches', u32be(lane));
    for await (const [, value] of this.#store.range({ gte: exchangeKeys.batch(lane, fromMs + 1), lt })) {
      const row = decodeJson<AgreedRow>(value);
      if (row.fromMs >= toMs) break;
      batches.push({ ...row, root: fromHex(row.root) ?? new Uint8Array(0) });
    }
    return batches;
  }

  /** All ids of an own batch. Throws ACCESS_RECEIPTS_LOST when they do not make its root any more. */
  async content(batch: AccessBatch): Promise<BatchContent> {
    const tree = await this.#tree(batch.fromMs, batch.toMs);
    if (toHex(tree.root) !== toHex(batch.root)) {
      throw new HansaError(
        'ACCESS_RECEIPTS_LOST',
        'Receipts of a batch on the ledger are missing here: the registry was restored from a backup that is older. Restore the newest one.',
      );
    }
    return { ...batch, ids: tree.ids };
  }

  async #close(fromMs: number, toMs: number): Promise<PendingBatch> {
    let ids: Uint8Array[] = [];
    let endMs = toMs;
    for await (const { id, atMs } of this.#book.ids(fromMs, toMs)) {
      if (ids.length === limits.accessBatchReceiptsMax) {
        // The rest goes into the next one.
        endMs = atMs;
        break;
      }
      ids.push(id);
    }
    if (endMs < toMs) ids = (await this.#tree(fromMs, endMs)).ids.slice();
    const { root, count } = new AccessTree(this.#city.crypto, ids);
    const body = encodeAccessBatch({ fromMs: BigInt(fromMs), toMs: BigInt(endMs), root, count });
    const requestId = new Uint8Array(randomBytes(limits.requestIdBytes));
    const record = encodeRecord({ family: ACCESS_FAMILY, type: accessTypes.batch, requestId, body });
    return { fromMs, toMs: endMs, record: toHex(record) };
  }

  async #tree(fromMs: number, toMs: number): Promise<AccessTree> {
    const ids: Uint8Array[] = [];
    for await (const { id } of this.#book.ids(fromMs, toMs)) ids.push(id);
    return new AccessTree(this.#city.crypto, ids);
  }

  /** True when the ledger has the batch. */
  async #submit(pending: PendingBatch, signal: AbortSignal): Promise<boolean> {
    // guard: P3 a batch that is on the ledger is not submitted again
    if (this.#endOnLedger() < pending.toMs) {
      try {
        const record = fromHex(pending.record) ?? new Uint8Array(0);
        // Once, however long the ledger stands still.
        this.#submitted ??= (await this.#city.submit([record])).locations[0];
        if (this.#submitted === undefined) return false;
        const { state, code } = await this.#city.waitFinal(this.#submitted, signal);
        if (state === 'pending') return false;
        this.#submitted = undefined;
        if (state !== 'final') {
          this.#log.warn({ code }, 'the ledger refused a batch of access receipts; it is tried again');
          return false;
        }
      } catch (error) {
        if (!(error instanceof HansaError)) throw error;
        this.#log.info({ code: error.code }, 'a batch of access receipts waits');
        return false;
      }
    }
    await this.#store.commit([{ key: pendingKey, value: undefined }], true);
    this.#unfinished = false;
    return true;
  }

  async #oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await this.#turn.take(work);
    } finally {
      this.#busy -= 1;
    }
  }

  /** End of the newest batch of the own lane; before the first, the federation's beginning. */
  #endOnLedger(): number {
    const { genesis, domains, self } = this.#city;
    const { value } = this.#city.fact(accessBatchFactKey(domains, self.index));
    return value === undefined ? genesis.createdAtMs : readAccessBatchFact(value).toMs;
  }
}
