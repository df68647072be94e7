import { safeNumber } from '../codec/index.ts';
import type { BlockCheckpoint } from '../consensus/block.ts';
import type { Digest, Domains } from '../crypto/index.ts';
import { refuse, refuseBecause } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import type { RecordProof } from '../gen/hansa/v1/receipt_pb.ts';
import type { Record } from '../gen/hansa/v1/record_pb.ts';
import type { Genesis } from '../genesis/types.ts';
import { decodeHeader, verifyHeaderSignature } from '../lanes/header.ts';
import { verifyInclusion } from '../merkle/index.ts';
import { decodeRecord, recordId } from '../records/index.ts';
import type { RecordLocation } from '../replica/effects.ts';
import type { ReceiptContext } from './context.ts';

/**
 * A record that is final: its city signed it, and it stands in the agreed order. Whether it took effect is a matter of
 * facts (L1: a record that breaks a rule is kept, without effect).
 */
export interface ProvenRecord {
  readonly location: RecordLocation;
  readonly recordId: Digest;
  readonly family: number;
  readonly type: number;
  readonly record: Record;
  /** The bytes that recordId is over. */
  readonly bytes: Uint8Array;
  /** The city's own clock when it sealed the entry; not legal time (L4). */
  readonly createdAtMs: number;
}

/**
 * R1, R3, L3: record -> recordsRoot -> signed header -> historyRoot. `epochs`: the federation in each epoch up to that of
 * `context`, which is the last (C12).
 */
export function verifyRecordProof(
  context: ReceiptContext,
  epochs: readonly Genesis[],
  domains: Domains,
  checkpoint: BlockCheckpoint,
  proof: RecordProof,
): Result<ProvenRecord> {
  const { genesis, crypto } = context;
  const sequence = safeNumber(proof.ref?.sequence ?? 0n);
  const historyIndex = safeNumber(proof.historyIndex);
  if (proof.ref === undefined || proof.signed === undefined || sequence === undefined || historyIndex === undefined) {
    return refuse('RECEIPT_BAD_RECORD_PROOF');
  }
  const header = decodeHeader(domains, genesis, proof.signed, 'any');
  if (!header.ok) return refuseBecause('RECEIPT_BAD_RECORD_PROOF', header.error);
  const { lane, position } = proof.ref;
  const { recordCount, recordsRoot, digest, createdAtMs } = header.value;
  if (header.value.lane !== lane || header.value.sequence !== sequence || position >= recordCount) {
    return refuse('RECEIPT_BAD_RECORD_PROOF');
  }
  const then = epochs[header.value.epoch];
  if (then === undefined || !verifyHeaderSignature(crypto, domains, then, header.value))
    return refuse('RECEIPT_BAD_ENTRY_SIGNATURE'); // guard: R3 its city signed the entry
  const id = recordId(domains, proof.record);
  // guard: R3 the record is in the entry
  if (!verifyInclusion(crypto, id, position, recordCount, proof.recordPath, recordsRoot)) {
    return refuse('RECEIPT_BAD_RECORD_PROOF');
  }
  // guard: L3 the entry is in the history
  if (
    historyIndex >= checkpoint.historySize ||
    !verifyInclusion(crypto, digest, historyIndex, checkpoint.historySize, proof.historyPath, checkpoint.historyRoot)
  ) {
    return refuse('RECEIPT_NOT_IN_HISTORY');
  }
  const record = decodeRecord(proof.record);
  if (!record.ok) return refuseBecause('RECEIPT_BAD_RECORD_PROOF', record.error);
  const { family, type } = record.value;
  const location = { lane, sequence, position };
  return accept({ location, recordId: id, family, type, record: record.value, bytes: proof.record, createdAtMs });
}
