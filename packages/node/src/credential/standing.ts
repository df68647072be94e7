import { accept, equalBytes, type Result } from '@hansa/protocol';
import { type CertificateStatus, certificateConflicts } from '@hansa/protocol/families';
import type { Authority } from '@hansa/protocol/genesis';
import { explainCertificate, type ReceiptContext, verifyReceipt } from '@hansa/protocol/receipt';
import { refuse } from './refusal.ts';
import type { VerifiedCredential } from './verify.ts';

/** What the ledger says of the certificate of a credential. */
export interface CredentialStanding {
  /** `conflict`: it is active, and so is one of another city for the same person. */
  readonly status: CertificateStatus | 'conflict';
  /** Height of the block that the federation agreed on, and its legal time (L4): later changes are not in the receipt. */
  readonly height: number;
  readonly timestampMs: number;
  /** The receipt is older than the policy lets an answer be: it may have been used or revoked since. */
  readonly stale: boolean;
  /** The only city that may use it; undefined: any. */
  readonly addressedTo: Authority | undefined;
}

/**
 * Status by receipt: a credential cannot say of itself that it was used or revoked. Receipt and credential must agree on
 * issuer, last day and holder. Errors: the RECEIPT_* codes, CREDENTIAL_NOT_OF_RECEIPT.
 */
export function credentialStanding(
  context: ReceiptContext,
  credential: VerifiedCredential,
  receipt: Uint8Array,
  atMs: number,
): Result<CredentialStanding> {
  const verified = verifyReceipt(context, receipt);
  if (!verified.ok) return verified;
  const standing = explainCertificate(context, verified.value, credential.certificateId, atMs);
  if (!standing.ok) return standing;
  const { fact, status } = standing.value;
  if (fact === undefined || status === 'unknown') return refuse('CREDENTIAL_NOT_OF_RECEIPT');
  // guard: P4 the copy is the certificate on the ledger
  if (
    fact.location.lane !== credential.issuer.index ||
    fact.validUntil !== credential.validUntil ||
    !equalBytes(fact.holderKey, credential.holderKey)
  ) {
    return refuse('CREDENTIAL_NOT_OF_RECEIPT');
  }
  const { height, timestampMs } = verified.value;
  const conflict = status === 'active' && certificateConflicts(fact, standing.value.day).length > 0;
  // guard: P4 the holder chooses the receipt: an old one may hide what came after it
  const stale = atMs - timestampMs > context.genesis.policy.lookup.staleAfterMs;
  const addressedTo = fact.addressedTo === undefined ? undefined : context.genesis.authorities[fact.addressedTo];
  return accept({ status: conflict ? 'conflict' : status, height, timestampMs, stale, addressedTo });
}
