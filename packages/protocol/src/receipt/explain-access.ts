import { type AccessContext, ledgerReceiptOf, type VerifiedAccessProof, verifyAccessProof } from '../access/index.ts';
import { equalBytes } from '../bytes.ts';
import { decodeStrict, safeNumber } from '../codec/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { ACCESS_FAMILY, accessBatchFactKey, accessTypes, readAccessBatchFact } from '../families/access/index.ts';
import { AccessBatchSchema } from '../gen/hansa/v1/families_pb.ts';
import { sameLocation } from '../records/index.ts';
import { type VerifiedReceipt, verifyReceipt } from './verify.ts';

/** What an `AccessProof` shows with the genesis file alone. */
export interface ProvenAccess extends VerifiedAccessProof {
  /** Of the receipt of the batch record. */
  readonly ledger: VerifiedReceipt;
  /**
   * `current`: the ledger took the batch, and it was the city's newest. `final`: the city's own signed batch, in the agreed
   * order; that it took effect only a proof shows that was made while it was the newest.
   */
  readonly batchStanding: 'current' | 'final';
}

/**
 * Verifies a proof that a city's batch has a receipt, or lacks it, down to the federation's quorum: no ledger and no
 * network are needed (P3). Errors: those of `verifyAccessProof` and `verifyReceipt`; ACCESS_PROOF_WRONG when the ledger's
 * receipt is not that of this batch.
 */
export function explainAccessProof(context: AccessContext, bytes: Uint8Array): Result<ProvenAccess> {
  const ledgerReceipt = ledgerReceiptOf(bytes);
  if (!ledgerReceipt.ok) return ledgerReceipt;
  const receipt = verifyReceipt(context, ledgerReceipt.value);
  if (!receipt.ok) return receipt;
  // C12: the ledger's receipt proves which keys the cities had when.
  const proof = verifyAccessProof({ ...context, genesis: receipt.value.federation }, bytes);
  if (!proof.ok) return proof;
  const { batch } = proof.value;
  const { record, facts } = receipt.value;
  // guard: P3 the batch is the one that stands on the city's lane
  if (record === undefined || !sameLocation(record.location, batch.location) || !isBatch(record, batch)) {
    return refuse('ACCESS_PROOF_WRONG');
  }
  const key = accessBatchFactKey(context.domains, batch.location.lane);
  const newest = facts.find((fact) => equalBytes(fact.key, key))?.value;
  const isNewest = newest !== undefined && sameLocation(readAccessBatchFact(newest).location, batch.location);
  return accept({ ...proof.value, ledger: receipt.value, batchStanding: isNewest ? 'current' : 'final' });
}

function isBatch(
  { family, type, record }: NonNullable<VerifiedReceipt['record']>,
  { fromMs, toMs, root, count }: VerifiedAccessProof['batch'],
): boolean {
  if (family !== ACCESS_FAMILY || type !== accessTypes.batch) return false;
  const body = decodeStrict(AccessBatchSchema, record.body);
  if (!body.ok) return false;
  const { value } = body;
  return (
    equalBytes(value.root, root) &&
    value.count === count &&
    safeNumber(value.fromMs) === fromMs &&
    safeNumber(value.toMs) === toMs
  );
}
