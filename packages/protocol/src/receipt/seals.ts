import { equalBytes } from '../bytes.ts';
import { decodeStrict } from '../codec/index.ts';
import { type CarriedBlock, decodeBlock } from '../consensus/block.ts';
import { verifyQuorumCertificate } from '../consensus/quorum-certificate.ts';
import type { Domains } from '../crypto/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { VoteKind } from '../gen/hansa/v1/consensus_pb.ts';
import { MembershipChangeSchema } from '../gen/hansa/v1/families_pb.ts';
import type { SealProof } from '../gen/hansa/v1/receipt_pb.ts';
import { authoritySetDigest, epochOf, epochsUntil, nextEpoch } from '../genesis/authority-set.ts';
import type { Genesis } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import type { ReceiptContext } from './context.ts';

/**
 * C12: the federation in each epoch, from the genesis file on: each seal proves the next set to whoever knows the one
 * before. What the verifier knows already is not proven again. `from`: the epoch that the first seal ends.
 * Errors: RECEIPT_HISTORY_NEEDED, RECEIPT_BAD_SEAL.
 */
export function verifySeals(
  context: ReceiptContext,
  domains: Domains,
  seals: readonly SealProof[],
  from = 0,
): Result<readonly Genesis[]> {
  const epochs = epochsUntil(context.genesis);
  if (from >= epochs.length) return refuse('RECEIPT_HISTORY_NEEDED');
  for (const seal of seals.slice(epochs.length - 1 - from)) {
    const next = verifySeal({ ...context, genesis: epochs.at(-1) as Genesis }, domains, seal);
    if (next === undefined) return refuse('RECEIPT_BAD_SEAL');
    epochs.push(next);
  }
  return accept(epochs);
}

/** A quorum of this epoch made a block final that names the next set, and the change gives that set. */
function verifySeal(context: ReceiptContext, domains: Domains, seal: SealProof): Genesis | undefined {
  const { genesis } = context;
  if (seal.finalization === undefined) return undefined;
  const certified = verifyQuorumCertificate({ ...context, domains }, seal.finalization);
  const blocks = readChain(context, domains, seal.blocks);
  const change = decodeStrict(MembershipChangeSchema, seal.change);
  const [first, last] = [blocks?.[0], blocks?.at(-1)];
  if (!certified.ok || !change.ok || first === undefined || last === undefined) return undefined; // guard: C12 a quorum of the epoch ended it
  if (certified.value.kind !== VoteKind.FINALIZE || !equalBytes(certified.value.block, last.digest)) return undefined; // guard: C12 the seal is final
  const next = nextEpoch(genesis, change.value, first.timestampMs);
  // guard: C12 the next set is the one that the seal names
  return equalBytes(authoritySetDigest(domains, next), first.checkpoint.nextAuthoritySet) ? next : undefined;
}

/** Blocks of one epoch, each on the one before. */
function readChain(
  { genesis }: ReceiptContext,
  domains: Domains,
  encoded: readonly Uint8Array[],
): CarriedBlock[] | undefined {
  const blocks: CarriedBlock[] = [];
  for (const bytes of encoded.slice(0, limits.sealBlocksMax)) {
    const block = decodeBlock(domains, genesis.authorities.length, bytes);
    if (!block.ok || block.value.epoch !== epochOf(genesis)) return undefined;
    const parent = blocks.at(-1);
    if (parent !== undefined && !equalBytes(block.value.parent, parent.digest)) return undefined; // guard: C12 what was made final stands on the seal
    blocks.push(block.value);
  }
  return encoded.length > limits.sealBlocksMax ? undefined : blocks;
}
