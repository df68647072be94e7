import { equalBytes } from '../bytes.ts';
import { decodeStrict, safeNumber } from '../codec/index.ts';
import type { Digest, Domains, ReceiptCrypto } from '../crypto/index.ts';
import { DIGEST_BYTES } from '../crypto/types.ts';
import { refuse, refuseBecause } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import {
  type QuorumCertificate,
  QuorumCertificateSchema,
  VoteKind,
  VoteStatementSchema,
} from '../gen/hansa/v1/consensus_pb.ts';
import { epochOf, isVoter, quorumOf } from '../genesis/authority-set.ts';
import type { Authority, AuthorityIndex, Genesis } from '../genesis/types.ts';
import { voteScheme } from '../genesis/vote-scheme.ts';
import { limits } from '../limits.ts';
import { decodeSigners } from './signers.ts';

/** What a verified quorum certificate says. */
export interface CertifiedStatement {
  readonly kind: VoteKind;
  readonly epoch: number;
  readonly view: number;
  /** blockDigest; empty for Nullify. */
  readonly block: Digest;
  readonly signers: readonly AuthorityIndex[];
}

const STATEMENT_BYTES_MAX = 256;

/**
 * Verifies that at least q = n - f authorities of the genesis signed one statement of this federation and epoch: strict
 * encodings, canonical bitmap, one aggregate signature over domain("vote") || statement. Needs no state.
 *
 * Errors: QUORUM_CERTIFICATE_MALFORMED, _WRONG_FEDERATION, _WRONG_EPOCH, _BAD_SIGNERS, _NO_QUORUM, _BAD_SIGNATURE.
 */
export function verifyQuorumCertificate(
  context: { readonly genesis: Genesis; readonly crypto: ReceiptCrypto; readonly domains: Domains },
  certificate: Uint8Array | QuorumCertificate,
): Result<CertifiedStatement> {
  const { genesis, crypto, domains } = context;
  let message: QuorumCertificate;
  if (certificate instanceof Uint8Array) {
    const decoded = decodeStrict(QuorumCertificateSchema, certificate, limits.certificateBytesMax);
    if (!decoded.ok) return refuseBecause('QUORUM_CERTIFICATE_MALFORMED', decoded.error);
    message = decoded.value;
  } else {
    message = certificate;
  }

  const statement = decodeStrict(VoteStatementSchema, message.statement, STATEMENT_BYTES_MAX);
  if (!statement.ok) return refuseBecause('QUORUM_CERTIFICATE_MALFORMED', statement.error);
  const { federationId, kind, block } = statement.value;
  if (!equalBytes(federationId, domains.federationId)) return refuse('QUORUM_CERTIFICATE_WRONG_FEDERATION'); // guard: R1 statements name the federation
  // `genesis` is that of one epoch: others' authorities are others.
  if (statement.value.epoch !== BigInt(epochOf(genesis))) return refuse('QUORUM_CERTIFICATE_WRONG_EPOCH'); // guard: C12 certificates of other epochs are refused
  const view = safeNumber(statement.value.view);
  const known = kind === VoteKind.NOTARIZE || kind === VoteKind.NULLIFY || kind === VoteKind.FINALIZE;
  if (!known || view === undefined || block.length !== (kind === VoteKind.NULLIFY ? 0 : DIGEST_BYTES)) {
    return refuse('QUORUM_CERTIFICATE_MALFORMED');
  }

  const n = genesis.authorities.length;
  const signers = decodeSigners(message.signers, n);
  if (signers === undefined) return refuse('QUORUM_CERTIFICATE_BAD_SIGNERS');
  if (!signers.every((signer) => isVoter(genesis, signer))) return refuse('QUORUM_CERTIFICATE_BAD_SIGNERS'); // guard: C12 only those who vote are counted
  if (signers.length < quorumOf(genesis)) return refuse('QUORUM_CERTIFICATE_NO_QUORUM'); // guard: C6 n - f signers
  const voters = signers.map((signer) => genesis.authorities[signer] as Authority);
  const scheme = voteScheme(crypto, genesis.voteScheme);
  // guard: C6 the named signers signed the statement
  if (!scheme.verifyAggregate(message.signature, domains.message('vote', message.statement), voters)) {
    return refuse('QUORUM_CERTIFICATE_BAD_SIGNATURE');
  }
  return accept({ kind, epoch: epochOf(genesis), view, block, signers });
}
