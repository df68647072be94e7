import { compareBytes, concatBytes, equalBytes } from '../bytes.ts';
import { decodeStrict, safeNumber } from '../codec/index.ts';
import { type BlockFields, decodeBlock } from '../consensus/block.ts';
import { type CertifiedStatement, verifyQuorumCertificate } from '../consensus/quorum-certificate.ts';
import { DIGEST_BYTES, Domains, type ReceiptCrypto } from '../crypto/index.ts';
import { refuse, refuseBecause } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { VoteKind } from '../gen/hansa/v1/consensus_pb.ts';
import { type FactProof, type Receipt, ReceiptSchema } from '../gen/hansa/v1/receipt_pb.ts';
import type { Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import { type MapProof, verifyMapProof } from '../merkle/index.ts';
import { hasChecksum } from './checksum.ts';
import type { ReceiptContext } from './context.ts';
import { type ProvenRecord, verifyRecordProof } from './record-proof.ts';
import { verifySeals } from './seals.ts';

/** One fact that was proven: its value, or that there is none. */
export interface ProvenFact {
  readonly key: Uint8Array;
  readonly value: Uint8Array | undefined;
}

/** What a receipt proves. The facts and the history are those right after the block of `checkpointHeight`. */
export interface VerifiedReceipt {
  /** Height of the finalized block that vouches for the checkpoint. */
  readonly height: number;
  readonly checkpointHeight: number;
  /** Legal time of the finalized block: the state was agreed on at this time, and is not younger than it. */
  readonly timestampMs: number;
  readonly record: ProvenRecord | undefined;
  /** Ascending by key. */
  readonly facts: readonly ProvenFact[];
  /** C12: the federation in the epoch of the finalization. */
  readonly federation: Genesis;
}

/**
 * Verifies a receipt with the genesis file alone. Every byte matters: a receipt that differs in one bit is refused, as
 * is one of another federation. Errors: the `RECEIPT_*` codes of `docs/errors.md`.
 */
export function verifyReceipt(context: ReceiptContext, bytes: Uint8Array): Result<VerifiedReceipt> {
  const { genesis, crypto } = context;
  if (bytes.length > limits.receiptBytesMax) return refuse('RECEIPT_TOO_LARGE');
  const decoded = decodeStrict(ReceiptSchema, bytes, limits.receiptBytesMax);
  if (!decoded.ok) return refuseBecause('RECEIPT_MALFORMED', decoded.error);
  const receipt = decoded.value;
  if (!hasChecksum(crypto, bytes)) return refuse('RECEIPT_DAMAGED'); // guard: L3 no bit changes unnoticed
  if (receipt.record === undefined && receipt.facts.length === 0) return refuse('RECEIPT_EMPTY');
  const domains = new Domains(crypto, genesis.federationId);
  const from = firstSealed(receipt);
  if (from === undefined) return refuse('RECEIPT_BAD_SEAL');
  const epochs = verifySeals(context, domains, receipt.seals, from);
  if (!epochs.ok) return epochs;
  const present = { crypto, genesis: epochs.value[from + receipt.seals.length] as Genesis };
  const finalization = verifyFinalization(present, domains, receipt);
  if (!finalization.ok) return finalization;
  const block = verifyBlock(present, domains, receipt, finalization.value);
  if (!block.ok) return block;
  const { checkpoint } = block.value;

  const state = domains.digest('state', concatBytes(receipt.factsRoot, receipt.requestsDigest));
  if (
    receipt.factsRoot.length !== DIGEST_BYTES ||
    receipt.requestsDigest.length !== DIGEST_BYTES ||
    !equalBytes(state, checkpoint.stateRoot) // guard: C11 the state is the checkpoint's
  ) {
    return refuse('RECEIPT_STATE_MISMATCH');
  }
  let record: ProvenRecord | undefined;
  if (receipt.record !== undefined) {
    const proven = verifyRecordProof(present, epochs.value, domains, checkpoint, receipt.record);
    if (!proven.ok) return proven;
    record = proven.value;
  }
  const facts = verifyFacts(crypto, receipt.factsRoot, receipt.facts);
  if (!facts.ok) return facts;
  const { height, timestampMs } = block.value;
  return accept({
    height,
    checkpointHeight: checkpoint.height,
    timestampMs,
    record,
    facts: facts.value,
    federation: present.genesis,
  });
}

/** The epoch that the first seal of a receipt ends; undefined when it has more seals than a receipt may. */
function firstSealed({ seals, sealsFrom }: Receipt): number | undefined {
  return seals.length > limits.receiptSealsMax ? undefined : safeNumber(sealsFrom);
}

/**
 * C12: the federation as the verifier and the seals of a receipt know it, in the latest epoch of either; nothing else of the
 * receipt is looked at. Errors: RECEIPT_TOO_LARGE, RECEIPT_MALFORMED, RECEIPT_HISTORY_NEEDED, RECEIPT_BAD_SEAL.
 */
export function federationOf(context: ReceiptContext, bytes: Uint8Array): Result<Genesis> {
  if (bytes.length > limits.receiptBytesMax) return refuse('RECEIPT_TOO_LARGE');
  const decoded = decodeStrict(ReceiptSchema, bytes, limits.receiptBytesMax);
  if (!decoded.ok) return refuseBecause('RECEIPT_MALFORMED', decoded.error);
  const domains = new Domains(context.crypto, context.genesis.federationId);
  const from = firstSealed(decoded.value);
  if (from === undefined) return refuse('RECEIPT_BAD_SEAL');
  const epochs = verifySeals(context, domains, decoded.value.seals, from);
  return epochs.ok ? accept(epochs.value.at(-1) ?? context.genesis) : epochs;
}

/** C6: a quorum of this federation voted Finalize. */
function verifyFinalization(context: ReceiptContext, domains: Domains, receipt: Receipt): Result<CertifiedStatement> {
  if (receipt.finalization === undefined) return refuse('RECEIPT_NOT_FINAL');
  const certified = verifyQuorumCertificate({ ...context, domains }, receipt.finalization);
  if (!certified.ok) {
    if (certified.error.code === 'QUORUM_CERTIFICATE_WRONG_FEDERATION') {
      return refuse('RECEIPT_WRONG_FEDERATION');
    }
    if (certified.error.code === 'QUORUM_CERTIFICATE_WRONG_EPOCH') {
      return refuse('RECEIPT_WRONG_EPOCH');
    }
    return refuseBecause('RECEIPT_BAD_FINALIZATION', certified.error);
  }
  if (certified.value.kind !== VoteKind.FINALIZE) return refuse('RECEIPT_NOT_FINAL'); // guard: C6 only Finalize makes final
  return certified;
}

function verifyBlock(
  context: ReceiptContext,
  domains: Domains,
  receipt: Receipt,
  finalization: CertifiedStatement,
): Result<BlockFields> {
  // guard: C6 the block is the finalized one
  if (!equalBytes(domains.digest('block', receipt.block), finalization.block)) {
    return refuse('RECEIPT_BLOCK_MISMATCH');
  }
  const block = decodeBlock(domains, context.genesis.authorities.length, receipt.block);
  if (!block.ok) return refuseBecause('RECEIPT_BLOCK_MALFORMED', block.error);
  // Honest authorities never sign this; checked, so that nothing rests on their having checked it.
  if (block.value.epoch !== finalization.epoch || block.value.view !== finalization.view) {
    return refuse('RECEIPT_BLOCK_MISMATCH');
  }
  return block;
}

/** L3: presence or absence of each key, keys strictly ascending, so that one set of facts has one encoding. */
function verifyFacts(crypto: ReceiptCrypto, factsRoot: Uint8Array, proofs: readonly FactProof[]): Result<ProvenFact[]> {
  const facts: ProvenFact[] = [];
  for (const message of proofs) {
    const previous = facts.at(-1);
    if (previous !== undefined && compareBytes(previous.key, message.key) >= 0) {
      return refuse('RECEIPT_FACTS_UNORDERED');
    }
    const proof = mapProof(message);
    // guard: L3 each fact leads to the state
    if (proof === undefined || !verifyMapProof(crypto, proof, factsRoot)) {
      return refuse('RECEIPT_BAD_FACT_PROOF');
    }
    facts.push({ key: proof.key, value: proof.value });
  }
  return accept(facts);
}

function mapProof(message: FactProof): MapProof | undefined {
  const { key, value, siblingBits, siblings, otherKey, otherValueHash } = message;
  if (key.length !== DIGEST_BYTES || otherKey.length !== otherValueHash.length) return undefined;
  return {
    key,
    value: value.length === 0 ? undefined : value,
    siblingBits,
    siblings,
    other: otherKey.length === 0 ? undefined : { key: otherKey, valueHash: otherValueHash },
  };
}
