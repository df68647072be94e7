import { equalBytes } from '../bytes.ts';
import { decodeStrict, safeNumber } from '../codec/index.ts';
import type { Domains } from '../crypto/index.ts';
import { refuse } from '../error-codes.ts';
import { accept, type Result } from '../errors.ts';
import { ProposalStatementSchema, VoteKind, VoteStatementSchema } from '../gen/hansa/v1/consensus_pb.ts';
import { EntryHeaderSchema } from '../gen/hansa/v1/lane_pb.ts';
import type { AuthorityIndex } from '../genesis/types.ts';

/**
 * What a signed statement says about its place. Only that is read: whoever signs two things for one place misbehaves,
 * however wrong each of them may be besides.
 */

/** An entry header's place in its lane. */
export interface LanePlace {
  readonly authority: AuthorityIndex;
  readonly sequence: number;
}

/** A proposal's place in the agreement. */
export interface ProposalPlace {
  readonly view: number;
  readonly block: Uint8Array;
}

/** A vote's; `block` is empty for Nullify. */
export interface VotePlace extends ProposalPlace {
  readonly kind: VoteKind;
}

/** Longest header and statement: some 200 and 100 bytes. */
const STATEMENT_BYTES_MAX = 512;

export function readHeaderPlace(domains: Domains, epoch: number, bytes: Uint8Array): Result<LanePlace> {
  const decoded = decodeStrict(EntryHeaderSchema, bytes, STATEMENT_BYTES_MAX);
  if (!decoded.ok) return decoded;
  const common = checkOrigin(domains, epoch, decoded.value);
  if (common !== undefined) return common;
  const sequence = safeNumber(decoded.value.sequence);
  return sequence === undefined ? refuse('MALFORMED') : accept({ authority: decoded.value.authority, sequence });
}

export function readVotePlace(domains: Domains, epoch: number, bytes: Uint8Array): Result<VotePlace> {
  const decoded = decodeStrict(VoteStatementSchema, bytes, STATEMENT_BYTES_MAX);
  if (!decoded.ok) return decoded;
  const { kind, block } = decoded.value;
  const common = checkOrigin(domains, epoch, decoded.value);
  if (common !== undefined) return common;
  const view = safeNumber(decoded.value.view);
  if (view === undefined || kind === VoteKind.UNSPECIFIED) return refuse('MALFORMED');
  return accept({ kind, view, block });
}

export function readProposalPlace(domains: Domains, epoch: number, bytes: Uint8Array): Result<ProposalPlace> {
  const decoded = decodeStrict(ProposalStatementSchema, bytes, STATEMENT_BYTES_MAX);
  if (!decoded.ok) return decoded;
  const { block } = decoded.value;
  const common = checkOrigin(domains, epoch, decoded.value);
  if (common !== undefined) return common;
  const view = safeNumber(decoded.value.view);
  return view === undefined ? refuse('MALFORMED') : accept({ view, block });
}

/** R1: another federation's statements prove nothing here. C12: nor do those of another epoch: its keys are others. */
function checkOrigin(
  domains: Domains,
  epoch: number,
  statement: { readonly federationId: Uint8Array; readonly epoch: bigint },
): ReturnType<typeof refuse> | undefined {
  if (!equalBytes(statement.federationId, domains.federationId)) return refuse('WRONG_FEDERATION'); // guard: R1 this federation
  if (statement.epoch !== BigInt(epoch)) return refuse('WRONG_EPOCH'); // guard: C12 this epoch
  return undefined;
}
