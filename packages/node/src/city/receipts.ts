import { HansaError } from '@hansa/protocol';
import type { Crypto } from '@hansa/protocol/crypto';
import { inclusionPath } from '@hansa/protocol/merkle';
import { encodeReceipt, type RecordProofParts } from '@hansa/protocol/receipt';
import { recordId } from '@hansa/protocol/records';
import type { RecordLocation, Replica } from '@hansa/protocol/replica';
import { type LaneReader, storeDamaged } from './lane-reader.ts';

export interface ReceiptRequest {
  readonly record?: RecordLocation;
  readonly factKeys?: readonly Uint8Array[];
}

/** An executed record and where it stands in the history. */
interface Evidence {
  readonly parts: Omit<RecordProofParts, 'historyPath'>;
}

/** Puts receipts together from the ledger's state at the newest final checkpoint and the entries in the store (L3). */
export class Receipts {
  readonly #replica: Replica;
  readonly #crypto: Crypto;
  readonly #reader: LaneReader;

  constructor(options: { readonly replica: Replica; readonly crypto: Crypto; readonly reader: LaneReader }) {
    this.#replica = options.replica;
    this.#crypto = options.crypto;
    this.#reader = options.reader;
  }

  /** Entries in the history that a receipt made now can vouch for; undefined while the city has nothing to start from. */
  get provenHistorySize(): number | undefined {
    const base = this.#replica.proofBase();
    return base === undefined ? undefined : this.#replica.ledger.checkpoint(base.checkpointHeight)?.historySize;
  }

  /** What a receipt has to cover, so that it shows all that this city has executed by now. */
  get executedHistorySize(): number {
    return this.#replica.ledger.checkpoint()?.historySize ?? 0;
  }

  /**
   * The receipt of an executed record and of facts. `provenHistorySize` must be above the record's history index.
   * Errors: `RECORD_UNKNOWN`, `RECEIPT_NOT_YET`.
   */
  async make({ record, factKeys = [] }: ReceiptRequest): Promise<Uint8Array> {
    const evidence = record === undefined ? undefined : await this.#evidence(record);
    // From here on nothing waits: checkpoint, facts and history are of one moment.
    const base = this.#replica.proofBase();
    const { ledger } = this.#replica;
    const checkpoint = base === undefined ? undefined : ledger.checkpoint(base.checkpointHeight);
    if (base === undefined || checkpoint === undefined) throw receiptNotYet();
    if (evidence !== undefined && evidence.parts.historyIndex >= checkpoint.historySize) throw receiptNotYet();
    return encodeReceipt(this.#crypto, {
      finalization: base.finalization,
      block: base.block,
      factsRoot: checkpoint.factsRoot,
      requestsDigest: checkpoint.requestsDigest,
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
    const executed = await this.#reader.executed(lane, sequence);
    if (executed === undefined) throw receiptNotYet();
    const entry = await this.#reader.byDigest(lane, sequence, executed.digest);
    if (entry === undefined) throw storeDamaged();
    const record = entry.records[position];
    if (record === undefined) {
      throw new HansaError('RECORD_UNKNOWN', 'The entry has no record at this position. Compare the location.');
    }
    const recordIds = entry.records.map((bytes) => recordId(this.#replica.domains, bytes));
    return {
      parts: {
        location,
        record,
        header: entry.header.bytes,
        headerSignature: entry.header.signature,
        recordPath: inclusionPath(this.#crypto, recordIds, position),
        historyIndex: executed.place.historyIndex,
      },
    };
  }
}

export function receiptNotYet(): HansaError {
  return new HansaError(
    'RECEIPT_NOT_YET',
    'No final block proves this state yet: the federation is waiting for cities, or this one is catching up. Ask again later.',
    { retryAfterMs: 5000 },
  );
}
