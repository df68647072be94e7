import { create } from '@bufbuild/protobuf';
import { safeNumber } from '../../codec/index.ts';
import { decodeSigners, encodeSigners } from '../../consensus/signers.ts';
import { rejection } from '../../error-codes.ts';
import type { Rejection } from '../../errors.ts';
import {
  ChangeFactSchema,
  type MembershipApprove,
  type MembershipPropose,
  type MembershipWithdraw,
  type ProposalFact,
  ProposalFactSchema,
  ProposalState,
} from '../../gen/hansa/v1/families_pb.ts';
import { RecordRefSchema } from '../../gen/hansa/v1/record_pb.ts';
import { epochOf, isVoter, quorumOf } from '../../genesis/authority-set.ts';
import type { AuthorityIndex } from '../../genesis/types.ts';
import { limits } from '../../limits.ts';
import { fromRecordRef, toRecordRef } from '../../records/index.ts';
import { checkApprovers } from '../checks.ts';
import type { ApplyContext, FactReader, FactState } from '../family.ts';
import { checkChange, fitChange } from './change.ts';
import { changeFactKey, encodeChangeFact, encodeProposalFact, proposalFactKey, readProposalFact } from './fact.ts';

export type ProposalBody = MembershipPropose | MembershipApprove | MembershipWithdraw;

/** The stateless rules of the three. */
export function checkProposal(body: ProposalBody): Rejection | undefined {
  const officers = checkApprovers(body.handler, body.approver);
  if (officers !== undefined) return officers;
  if (body.$typeName !== 'hansa.v1.MembershipPropose') {
    return fromRecordRef(body.proposal) === undefined ? rejection('MALFORMED') : undefined;
  }
  const wellFormed = safeNumber(body.epoch) !== undefined && safeNumber(body.expiresAtMs) !== undefined;
  return wellFormed && body.change !== undefined ? checkChange(body.change) : rejection('MALFORMED');
}

/** Whether whoever proposes a vote key holds its secret: the costly rest of the stateless rules. */
export function provesPossession({ change }: MembershipPropose, { crypto }: Pick<ApplyContext, 'crypto'>): boolean {
  const member = change?.member;
  return member === undefined || crypto.bls.verifyPossession(member.voteKeyProof, member.voteKey);
}

/**
 * C12: proposals and approvals. Each city has one proposal open at most, so that nobody's keeps out another's; of all
 * that are open in an epoch the first that q of its n voters approved is decided, and nothing else in that epoch.
 * q = n - f is the least number above two thirds of n. Whoever a change is about counts in n like everybody else.
 */
export function applyProposal(state: FactState, body: ProposalBody, context: ApplyContext): Rejection | undefined {
  const { genesis, domains, lane } = context;
  if (!isVoter(genesis, lane)) return rejection('MEMBERSHIP_CHANGE_WRONG'); // guard: C12 only the present set decides
  if (state.get(changeFactKey(domains, epochOf(genesis) + 1)) !== undefined) return rejection('MEMBERSHIP_DECIDED'); // guard: C12 one change an epoch
  switch (body.$typeName) {
    case 'hansa.v1.MembershipPropose':
      return propose(state, body, context);
    case 'hansa.v1.MembershipApprove':
      return approve(state, body, context);
    case 'hansa.v1.MembershipWithdraw':
      return withdraw(state, body, context);
  }
}

function propose(state: FactState, body: MembershipPropose, context: ApplyContext): Rejection | undefined {
  const { genesis, domains, lane, location, timestampMs } = context;
  const { epoch, change, expiresAtMs } = body;
  if (change === undefined) return rejection('MALFORMED');
  if (Number(epoch) !== epochOf(genesis)) return rejection('MEMBERSHIP_EPOCH_WRONG'); // guard: C12 a proposal is about the present set
  const before = proposalOf(state, context, lane);
  // guard: C10 one proof of possession a block
  if (before !== undefined && Number(before.proposedAtMs) === timestampMs) return rejection('MEMBERSHIP_PROPOSAL_OPEN');
  if (before !== undefined && isOpenProposal(before, context)) return rejection('MEMBERSHIP_PROPOSAL_OPEN'); // guard: C12 one open proposal a city
  const standsMs = Number(expiresAtMs) - timestampMs;
  if (standsMs <= 0 || standsMs > limits.membershipProposalMsMax) return rejection('MEMBERSHIP_EXPIRY_WRONG');
  const unfit = fitChange(genesis, state, domains, lane, change);
  if (unfit !== undefined) return unfit;
  if (!provesPossession(body, context)) return rejection('MEMBERSHIP_POSSESSION_UNPROVEN'); // guard: C12 no rogue key
  const fact = create(ProposalFactSchema, {
    ...{ epoch, change, expiresAtMs, ref: create(RecordRefSchema, toRecordRef(location)) },
    ...{ proposedAtMs: BigInt(timestampMs), state: ProposalState.OPEN },
    approvals: encodeSigners([lane], genesis.authorities.length),
  });
  settle(state, fact, context);
  return undefined;
}

function approve(state: FactState, body: MembershipApprove, context: ApplyContext): Rejection | undefined {
  const found = named(state, body, context);
  if (found === undefined) return rejection('MEMBERSHIP_PROPOSAL_UNKNOWN');
  if (!isOpenProposal(found, context)) return rejection('MEMBERSHIP_PROPOSAL_ENDED'); // guard: C12 what is withdrawn or out of date is not decided
  const approvals = approvalsOf(found);
  if (approvals.includes(context.lane)) return rejection('MEMBERSHIP_APPROVED_ALREADY'); // guard: C12 a city counts once
  const all = [...approvals, context.lane].sort((a, b) => a - b);
  settle(state, { ...found, approvals: encodeSigners(all, context.genesis.authorities.length) }, context);
  return undefined;
}

function withdraw(state: FactState, body: MembershipWithdraw, context: ApplyContext): Rejection | undefined {
  const found = named(state, body, context);
  if (found === undefined) return rejection('MEMBERSHIP_PROPOSAL_UNKNOWN');
  if (found.ref?.lane !== context.lane) return rejection('MEMBERSHIP_NOT_PROPOSER'); // guard: C12 nobody withdraws another's proposal
  if (!isOpenProposal(found, context)) return rejection('MEMBERSHIP_PROPOSAL_ENDED');
  write(state, { ...found, state: ProposalState.WITHDRAWN }, context);
  return undefined;
}

/** Writes a proposal; with q approvals of the present voters it is decided. */
function settle(state: FactState, proposal: ProposalFact, context: ApplyContext): void {
  const { genesis, domains, location, timestampMs } = context;
  const isDecided = approvalsMissing(genesis, proposal) === 0; // guard: C12 more than two thirds decide
  write(state, isDecided ? { ...proposal, state: ProposalState.DECIDED } : proposal, context);
  if (!isDecided || proposal.change === undefined || proposal.ref === undefined) return;
  const fact = create(ChangeFactSchema, {
    ...{ change: proposal.change, proposal: proposal.ref, approvals: proposal.approvals },
    decidedBy: create(RecordRefSchema, toRecordRef(location)),
    decidedAtMs: BigInt(timestampMs),
  });
  state.set(changeFactKey(domains, epochOf(genesis) + 1), encodeChangeFact(fact));
}

function write(state: FactState, proposal: ProposalFact, { domains }: ApplyContext): void {
  state.set(proposalFactKey(domains, proposal.ref?.lane ?? 0), encodeProposalFact(proposal));
}

function proposalOf(
  state: FactReader,
  { domains }: Pick<ApplyContext, 'domains'>,
  proposer: AuthorityIndex,
): ProposalFact | undefined {
  const value = state.get(proposalFactKey(domains, proposer));
  return value === undefined ? undefined : readProposalFact(value);
}

/** The proposal that a record names, if it is its proposer's newest. */
function named(
  state: FactReader,
  { proposal }: MembershipApprove | MembershipWithdraw,
  context: ApplyContext,
): ProposalFact | undefined {
  const wanted = fromRecordRef(proposal);
  const found = wanted === undefined ? undefined : proposalOf(state, context, wanted.lane);
  const at = fromRecordRef(found?.ref);
  const same = at?.sequence === wanted?.sequence && at?.position === wanted?.position;
  return same ? found : undefined;
}

/** Whether a proposal can still be approved at a block's time. */
export function isOpenProposal(
  proposal: ProposalFact,
  { genesis, timestampMs }: Pick<ApplyContext, 'genesis' | 'timestampMs'>,
): boolean {
  return (
    proposal.state === ProposalState.OPEN &&
    Number(proposal.epoch) === epochOf(genesis) &&
    Number(proposal.expiresAtMs) > timestampMs
  );
}

/** Who approved, ascending: indices of a bitmap that an earlier, shorter set may have written. */
export function approvalsOf({ approvals }: Pick<ProposalFact, 'approvals'>): AuthorityIndex[] {
  return decodeSigners(approvals, 8 * approvals.length) ?? [];
}

/** How many more cities must approve. */
export function approvalsMissing(genesis: ApplyContext['genesis'], proposal: ProposalFact): number {
  const approved = approvalsOf(proposal).filter((index) => isVoter(genesis, index)).length;
  return Math.max(0, quorumOf(genesis) - approved);
}
