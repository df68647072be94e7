import { create } from '@bufbuild/protobuf';
import { equalBytes } from '../bytes.ts';
import { decodeStrict, encodeMessage } from '../codec/index.ts';
import type { Digest, Domains } from '../crypto/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import {
  ProposalSchema,
  type ProposalStatement,
  ProposalStatementSchema,
  type SignedProposal,
} from '../gen/hansa/v1/consensus_pb.ts';
import { limits } from '../limits.ts';
import { type CarriedBlock, decodeBlock } from './block.ts';

/** A leader's block with what the leader signed about it, as carried. */
export interface DecodedProposal {
  readonly block: CarriedBlock;
  readonly signed: SignedProposal;
}

/** Two digests, two numbers, a signature and their framing. */
const SIGNED_BYTES_MAX = 256;

/** What a leader signs: that this is its block of the view. It names the block, so that evidence need not carry it (C10). */
export function encodeProposalStatement(
  federationId: Digest,
  block: Pick<CarriedBlock, 'epoch' | 'view' | 'digest'>,
): Uint8Array {
  const { epoch, view, digest } = block;
  const fields = { federationId, epoch: BigInt(epoch), view: BigInt(view), block: digest };
  return encodeMessage(ProposalStatementSchema, create(ProposalStatementSchema, fields));
}

/** Bytes of the `Proposal`. */
export function encodeProposal(
  block: Uint8Array,
  signed: { statement: Uint8Array; signature: Uint8Array },
): Uint8Array {
  return encodeMessage(ProposalSchema, create(ProposalSchema, { block, signed }));
}

/** Decodes a proposal whose statement is about its block; the signature is not checked here. */
export function decodeProposal(domains: Domains, authorityCount: number, bytes: Uint8Array): Result<DecodedProposal> {
  const decoded = decodeStrict(ProposalSchema, bytes, limits.blockBytesMax + SIGNED_BYTES_MAX);
  if (!decoded.ok) return decoded;
  const { signed } = decoded.value;
  const block = decodeBlock(domains, authorityCount, decoded.value.block);
  if (!block.ok) return block;
  const statement = decodeStrict(ProposalStatementSchema, signed?.statement ?? new Uint8Array(0), SIGNED_BYTES_MAX);
  if (signed === undefined || !statement.ok || !isAbout(domains, statement.value, block.value))
    return refuse('MALFORMED');
  return accept({ block: block.value, signed });
}

function isAbout(domains: Domains, statement: ProposalStatement, block: CarriedBlock): boolean {
  return (
    equalBytes(statement.federationId, domains.federationId) &&
    statement.epoch === BigInt(block.epoch) &&
    statement.view === BigInt(block.view) &&
    equalBytes(statement.block, block.digest)
  );
}
