import { accept, equalBytes, type Result } from '@hansa/protocol';
import { type CertificateStatus, certificateConflicts } from '@hansa/protocol/families';
import type { Authority } from '@hansa/protocol/genesis';
import { explainCertificate, federationOf, type ReceiptContext, verifyReceipt } from '@hansa/protocol/receipt';
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
 * C12: the context in which a copy is verified that comes with a receipt: the receipt's seals prove the keys that the cities have
 * had since the genesis file. Without a receipt, or with one that proves nothing, it stays as it is.
 */
export function withReceipt<Context extends ReceiptContext>(
  context: Context,
  receipt: Uint8Array | undefined,
): Context {
  const federation = receipt === undefined ? undefined : federationOf(context, receipt);
  return federation?.ok === true ? { ...context, genesis: federation.value } : context;
}

/**
 * Status by receipt: a credential cannot say of itself that it was used or revoked. Receipt and credential must agree on
 * issuer, last day and holder, and a copy is not older than its certificate. Errors: the RECEIPT_* codes, CREDENTIAL_NOT_OF_RECEIPT.
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
    credential.issuedAtMs < Math.floor(fact.issuedAtMs / 1000) * 1000 || // guard: C12 no key of before makes copies of what came after
    !equalBytes(fact.holderKey, credential.holderKey)
  ) {
    return refuse('CREDENTIAL_NOT_OF_RECEIPT');
  }
  const { height, timestampMs } = verified.value;
  const conflict = status === 'active' && certificateConflicts(fact, standing.value.day).length > 0;
  // guard: P4 the holder chooses the receipt: an old one may hide what came after it
  const stale = atMs - timestampMs > context.genesis.policy.lookup.staleAfterMs;
  const { authorities } = verified.value.federation;
  const addressedTo = fact.addressedTo === undefined ? undefined : authorities[fact.addressedTo];
  return accept({ status: conflict ? 'conflict' : status, height, timestampMs, stale, addressedTo });
}
