import { HansaError, limits } from '@hansa/protocol';
import type { Crypto } from '@hansa/protocol/crypto';
import { inclusionPath } from '@hansa/protocol/merkle';
import { encodeReceipt, type RecordProofParts } from '@hansa/protocol/receipt';
import { recordId } from '@hansa/protocol/records';
import type { RecordLocation, Replica } from '@hansa/protocol/replica';
import { type LaneReader, storeDamaged } from './lane-reader.ts';
import type { Outcomes } from './outcomes.ts';

export interface ReceiptRequest {
  readonly record?: RecordLocation;
  readonly factKeys?: readonly Uint8Array[];
}

/** An executed record and where it stands in the history. */
interface Evidence {
  readonly parts: Omit<RecordProofParts, 'historyPath'>;
}

/** How long a receipt waits for a final checkpoint: several silent leaders in a row. */
const WAIT_MS = 30_000;

export interface ReceiptParts {
  readonly replica: Replica;
  readonly crypto: Crypto;
  readonly reader: LaneReader;
  /** C12: what proves the epochs before one, oldest first, from the store. */
  readonly readSeals: (epoch: number) => Promise<readonly Uint8Array[]>;
  readonly outcomes: Outcomes;
  /** The agreement can go on as far as this city sees. */
  readonly canProve: () => boolean;
  /** Throws when the city takes nothing more. */
  readonly requireRunning: () => void;
}

/** Puts receipts together from the ledger's state at the newest final checkpoint and the entries in the store (L3). */
export class Receipts {
  readonly #parts: ReceiptParts;
  readonly #waiters = new Set<() => void>();
  /** What was read of them last: an epoch that ended never changes. */
  #seals: readonly Uint8Array[] = [];

  constructor(parts: ReceiptParts) {
    this.#parts = parts;
  }

  /** C12: the ends of all epochs so far, oldest first. */
  async seals(): Promise<readonly Uint8Array[]> {
    const { epoch } = this.#parts.replica.status();
    if (this.#seals.length !== epoch) this.#seals = await this.#parts.readSeals(epoch);
    return this.#seals;
  }

  /** A checkpoint came, or it may be that none comes any more. */
  lookAgain(): void {
    for (const wake of this.#waiters) wake();
  }

  /**
   * A receipt that shows the record and all that this city has executed by now. While nothing can be proven, because the
   * city stopped voting or too few others are there, the newest state that is proven has to do: the receipt says which.
   * Errors: `RECORD_UNKNOWN`, `STILL_PENDING`, `RECEIPT_NOT_YET`, `STOPPING`.
   */
  async make(request: ReceiptRequest): Promise<Uint8Array> {
    const signal = AbortSignal.timeout(WAIT_MS);
    const neededSize = await this.#historySizeOf(request.record, signal);
    const wantedSize = this.#parts.replica.ledger.checkpoint()?.historySize ?? 0;
    for (;;) {
      const provenSize = this.#provenSize();
      const enough = provenSize !== undefined && provenSize >= neededSize;
      if (enough && (provenSize >= wantedSize || !this.#parts.canProve() || signal.aborted)) break;
      this.#parts.requireRunning();
      if (signal.aborted) throw receiptNotYet();
      await this.#nextLook(signal);
    }
    return this.#encoded(request);
  }

  /** Entries that the history must have for a receipt of the record; waits until it is executed. */
  async #historySizeOf(record: RecordLocation | undefined, signal: AbortSignal): Promise<number> {
    if (record === undefined) return 0;
    const { outcomes, reader } = this.#parts;
    await outcomes.wait(record, signal);
    const place = await reader.place(record.lane, record.sequence);
    if (place === undefined) throw storeDamaged();
    return place.historyIndex + 1;
  }

  /** Entries in the history that a receipt made now can vouch for; undefined while the city has nothing to start from. */
  #provenSize(): number | undefined {
    const { replica } = this.#parts;
    const base = replica.proofBase();
    return base === undefined ? undefined : replica.ledger.checkpoint(base.checkpointHeight)?.historySize;
  }

  #nextLook(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#waiters.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#waiters.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }

  async #encoded({ record, factKeys = [] }: ReceiptRequest): Promise<Uint8Array> {
    const evidence = record === undefined ? undefined : await this.#evidence(record);
    const seals = await this.seals();
    // From here on nothing waits: checkpoint, facts and history are of one moment.
    const { replica, crypto } = this.#parts;
    const base = replica.proofBase();
    const { ledger } = replica;
    const checkpoint = base === undefined ? undefined : ledger.checkpoint(base.checkpointHeight);
    if (base === undefined || checkpoint === undefined) throw receiptNotYet();
    if (evidence !== undefined && evidence.parts.historyIndex >= checkpoint.historySize) throw receiptNotYet();
    return encodeReceipt(crypto, {
      finalization: base.finalization,
      block: base.block,
      factsRoot: checkpoint.factsRoot,
      requestsDigest: checkpoint.requestsDigest,
      ...newestSeals(seals.slice(0, base.epoch)),
      ...(evidence === undefined
        ? {}
        : {
            record: {
              ...evidence.parts,
              historyPath: ledger.historyPath(evidence.parts.historyIndex, checkpoint.historySize),
            },
          }),
      facts: factKeys.map((key) => ledger.proveFact(key, checkpoint.height)),
    });
  }

  async #evidence(location: RecordLocation): Promise<Evidence> {
    const { lane, sequence, position } = location;
    const executed = await this.#parts.reader.executed(lane, sequence);
    if (executed === undefined) throw receiptNotYet();
    const entry = await this.#parts.reader.byDigest(lane, sequence, executed.digest);
    if (entry === undefined) throw storeDamaged();
    const record = entry.records[position];
    if (record === undefined) {
      throw new HansaError('RECORD_UNKNOWN', 'The entry has no record at this position. Compare the location.');
    }
    const recordIds = entry.records.map((bytes) => recordId(this.#parts.replica.domains, bytes));
    return {
      parts: {
        location,
        record,
        header: entry.header.bytes,
        headerSignature: entry.header.signature,
        recordPath: inclusionPath(this.#parts.crypto, recordIds, position),
        historyIndex: executed.place.historyIndex,
      },
    };
  }
}

/** C12: those that fit; whoever lacks the older ones has them from a federation file. */
export function newestSeals(all: readonly Uint8Array[]): {
  readonly seals: readonly Uint8Array[];
  readonly sealsFrom: number;
} {
  let [from, bytes] = [all.length, 0];
  while (from > 0 && all.length - from < limits.receiptSealsMax) {
    bytes += all[from - 1]?.length ?? 0;
    if (bytes > limits.receiptSealsBytesMax) break;
    from--;
  }
  return { seals: all.slice(from), sealsFrom: from };
}

function receiptNotYet(): HansaError {
  return new HansaError(
    'RECEIPT_NOT_YET',
    'No final block proves this state yet: the federation is waiting for cities, or this one is catching up. Ask again later.',
    { retryAfterMs: 5000 },
  );
}
