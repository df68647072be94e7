import { create } from '@bufbuild/protobuf';
import { decodeStrict, encodeMessage, safeNumber } from '../codec/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { AccessProofSchema } from '../gen/hansa/v1/exchange_pb.ts';
import { limits } from '../limits.ts';
import { fromRecordRef, toRecordRef } from '../records/index.ts';
import { type AccessBatch, batchOf } from './batch.ts';
import { type AccessContext, isPartyOf, type VerifiedAccess, verifyAccessReceipt } from './receipt.ts';
import { type AccessLeafProof, verifyAbsent, verifyPresent } from './tree.ts';

/** Whether one batch of one city has one receipt, to be shown to anybody. */
export interface AccessProofParts {
  /** `AccessReceipt` bytes. */
  readonly receipt: Uint8Array;
  readonly batch: AccessBatch;
  readonly present: boolean;
  readonly leaves: readonly AccessLeafProof[];
  /** Receipt of the batch record from the ledger; empty when it is to be looked up. */
  readonly ledgerReceipt: Uint8Array;
}

export interface VerifiedAccessProof {
  readonly access: VerifiedAccess;
  readonly batch: AccessBatch;
  /** False: the city of the batch's lane left the receipt out. */
  readonly present: boolean;
  readonly ledgerReceipt: Uint8Array;
}

/** Bytes of an `AccessProof`. */
export function encodeAccessProof({ receipt, batch, present, leaves, ledgerReceipt }: AccessProofParts): Uint8Array {
  const { location, fromMs, toMs, root, count } = batch;
  return encodeMessage(
    AccessProofSchema,
    create(AccessProofSchema, {
      ...{ receipt, present, ledgerReceipt, root, count },
      batch: toRecordRef(location),
      fromMs: BigInt(fromMs),
      toMs: BigInt(toMs),
      leaves: leaves.map(({ index, receiptId, path }) => ({ index, receiptId, path: [...path] })),
    }),
  );
}

/** The ledger's receipt of a proof; nothing is verified. Errors: MALFORMED. */
export function ledgerReceiptOf(bytes: Uint8Array): Result<Uint8Array> {
  const decoded = decodeStrict(AccessProofSchema, bytes, limits.accessProofBytesMax);
  return decoded.ok ? accept(decoded.value.ledgerReceipt) : decoded;
}

/**
 * Verifies the receipt, that its time falls into the batch, and the paths. That the ledger accepted this batch is proven by
 * `ledgerReceipt`, or looked up at any city: the caller compares.
 *
 * Errors: MALFORMED, ACCESS_PROOF_WRONG, and those of receipts.
 */
export function verifyAccessProof(context: AccessContext, bytes: Uint8Array): Result<VerifiedAccessProof> {
  const decoded = decodeStrict(AccessProofSchema, bytes, limits.accessProofBytesMax);
  if (!decoded.ok) return decoded;
  const { receipt, root, count, present, ledgerReceipt } = decoded.value;
  const location = fromRecordRef(decoded.value.batch);
  const [fromMs, toMs] = [safeNumber(decoded.value.fromMs), safeNumber(decoded.value.toMs)];
  if (location === undefined || fromMs === undefined || toMs === undefined) return refuse('MALFORMED');
  const verified = verifyAccessReceipt(context, receipt);
  if (!verified.ok) return verified;
  const access = verified.value;
  const batch: AccessBatch = { location, fromMs, toMs, root, count };
  // guard: P3 the batch ought to have the receipt
  if (!isPartyOf(access, location.lane) || batchOf([batch], access) === undefined) return refuse('ACCESS_PROOF_WRONG');
  const leaves: readonly AccessLeafProof[] = decoded.value.leaves;
  const [leaf] = leaves;
  const holds = present
    ? leaf !== undefined && leaves.length === 1 && verifyPresent(context.crypto, batch, access.id, leaf)
    : verifyAbsent(context.crypto, batch, access.id, leaves);
  // guard: P3 the paths lead to the batch's root
  if (!holds) return refuse('ACCESS_PROOF_WRONG');
  return accept({ access, batch, present, ledgerReceipt });
}
