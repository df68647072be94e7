import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { decodeStrict, encodeMessage } from '../../codec/index.ts';
import type { Domains } from '../../crypto/index.ts';
import { refuse, rejection } from '../../error-codes.ts';
import type { Rejection, Result } from '../../errors.ts';
import { type EvidenceClaim, readEvidence } from '../../evidence/index.ts';
import type { Evidence } from '../../gen/hansa/v1/consensus_pb.ts';
import {
  MembershipApproveSchema,
  MembershipEvidenceSchema,
  MembershipProposeSchema,
  MembershipWithdrawSchema,
} from '../../gen/hansa/v1/families_pb.ts';
import { epochOf, isPardoned } from '../../genesis/authority-set.ts';
import { policyDigest } from '../../genesis/policy.ts';
import type { Authority, AuthorityIndex } from '../../genesis/types.ts';
import type { Record } from '../../records/index.ts';
import type { ApplyContext, CheckContext, Fact, FactReader, FactState, Family } from '../family.ts';
import { retiredKeys } from './change.ts';
import {
  changeFactKey,
  encodeMemberFact,
  encodePolicyFact,
  memberFactKey,
  policyFactKey,
  proposalFactKey,
  readChangeFact,
  readMemberFact,
  retiredKeyFactKey,
} from './fact.ts';
import { applyProposal, checkProposal, type ProposalBody, provesPossession } from './proposals.ts';

export {
  type ChangeFact,
  type MembershipChange,
  MembershipChangeKind,
  type ProposalFact,
  ProposalState,
} from '../../gen/hansa/v1/families_pb.ts';
export * from './fact.ts';
export { approvalsMissing, approvalsOf, isOpenProposal } from './proposals.ts';

export const MEMBERSHIP_FAMILY = 5;

export const membershipTypes = { evidence: 1, propose: 2, approve: 3, withdraw: 4 } as const;

/** What the check makes of a record of the family. */
export type MembershipBody = EvidenceClaim | ProposalBody;

/** Body of `evidence`. */
export function encodeMembershipEvidence(evidence: Evidence): Uint8Array {
  return encodeMessage(MembershipEvidenceSchema, create(MembershipEvidenceSchema, { evidence }));
}

/** Body of `propose`. */
export function encodeMembershipPropose(body: MessageInitShape<typeof MembershipProposeSchema>): Uint8Array {
  return encodeMessage(MembershipProposeSchema, create(MembershipProposeSchema, body));
}

/** Body of `approve`. */
export function encodeMembershipApprove(body: MessageInitShape<typeof MembershipApproveSchema>): Uint8Array {
  return encodeMessage(MembershipApproveSchema, create(MembershipApproveSchema, body));
}

/** Body of `withdraw`. */
export function encodeMembershipWithdraw(body: MessageInitShape<typeof MembershipWithdrawSchema>): Uint8Array {
  return encodeMessage(MembershipWithdrawSchema, create(MembershipWithdrawSchema, body));
}

/** Family 5: the authorities, from the genesis file, what became of them, and what they decide of their set (C12). */
export const membership: Family<MembershipBody> = {
  number: MEMBERSHIP_FAMILY,
  name: 'membership',
  types: { 1: 'evidence', 2: 'propose', 3: 'approve', 4: 'withdraw' },
  query: { key: (domains, name) => domains.digest('fact/membership', name), read: readMemberFact },
  genesisFacts,
  beginEpoch,
  admit,
  check,
  apply,
  concerns,
  vouch,
  costly: {
    codes: ['EVIDENCE_SIGNATURE_INVALID', 'MEMBERSHIP_POSSESSION_UNPROVEN'],
    after: 'EVIDENCE_NOT_CHECKED',
  },
};

function genesisFacts({ genesis, domains, crypto }: CheckContext): Fact[] {
  const members = genesis.authorities.map(({ index, name, laneKey, voteKey }) => ({
    key: memberFactKey(domains, index),
    value: encodeMemberFact({ name, laneKey, voteKey, quarantinedBy: undefined, quarantinedAtMs: 0 }),
  }));
  return [...members, { key: policyFactKey(domains), value: encodePolicyFact(policyDigest(crypto, genesis.policy)) }];
}

/** C12: the change that made this epoch takes effect before its first record. */
function beginEpoch(state: FactState, { genesis, domains }: CheckContext, before: readonly Authority[]): void {
  const decided = state.get(changeFactKey(domains, epochOf(genesis)));
  const change = decided === undefined ? undefined : readChangeFact(decided).change;
  const after = change === undefined ? undefined : genesis.authorities[change.subject];
  if (change === undefined || after === undefined) return;
  const key = memberFactKey(domains, change.subject);
  const value = state.get(key);
  const { name, laneKey, voteKey, standing } = after;
  const present = value === undefined ? undefined : readMemberFact(value);
  const kept = isPardoned(before[change.subject], after) ? undefined : present;
  const quarantine = { quarantinedBy: kept?.quarantinedBy, quarantinedAtMs: kept?.quarantinedAtMs ?? 0 };
  state.set(key, encodeMemberFact({ name, laneKey, voteKey, standing, ...quarantine }));
  for (const retired of retiredKeys(before[change.subject], after)) {
    state.set(retiredKeyFactKey(domains, retired), new Uint8Array([1]));
  }
}

/** C10: nothing that a quarantined authority says has an effect until governance decides. */
function admit(state: FactReader, lane: AuthorityIndex, domains: Domains): Rejection | undefined {
  const value = state.get(memberFactKey(domains, lane));
  const quarantined = value !== undefined && readMemberFact(value).quarantinedBy !== undefined;
  return quarantined ? rejection('AUTHORITY_QUARANTINED') : undefined;
}

function isProposalBody(body: MembershipBody): body is ProposalBody {
  return '$typeName' in body;
}

function check(record: Record, context: CheckContext): Result<MembershipBody> {
  switch (record.type) {
    case membershipTypes.evidence:
      return checkEvidenceBody(record, context);
    case membershipTypes.propose:
      return checkedProposal(decodeStrict(MembershipProposeSchema, record.body));
    case membershipTypes.approve:
      return checkedProposal(decodeStrict(MembershipApproveSchema, record.body));
    case membershipTypes.withdraw:
      return checkedProposal(decodeStrict(MembershipWithdrawSchema, record.body));
    default:
      return refuse('TYPE_UNKNOWN');
  }
}

/** The statements are compared here; their signatures, which cost a thousand times more, only when it matters. */
function checkEvidenceBody(record: Record, context: CheckContext): Result<EvidenceClaim> {
  const decoded = decodeStrict(MembershipEvidenceSchema, record.body);
  if (!decoded.ok) return decoded;
  const { evidence } = decoded.value;
  return evidence === undefined ? refuse('MALFORMED') : readEvidence(context, evidence);
}

function checkedProposal<B extends ProposalBody>(decoded: Result<B>): Result<MembershipBody> {
  if (!decoded.ok) return decoded;
  const error = checkProposal(decoded.value);
  return error === undefined ? decoded : { ok: false, error };
}

function vouch(body: MembershipBody, context: CheckContext): Rejection | undefined {
  if (!isProposalBody(body)) return body.isSigned() ? undefined : rejection('EVIDENCE_SIGNATURE_INVALID');
  if (body.$typeName !== 'hansa.v1.MembershipPropose' || provesPossession(body, context)) return undefined;
  return rejection('MEMBERSHIP_POSSESSION_UNPROVEN');
}

function concerns(
  body: MembershipBody,
  { domains, lane }: { readonly domains: Domains; readonly lane: AuthorityIndex },
) {
  if (!isProposalBody(body)) return [memberFactKey(domains, body.accused)];
  const proposer = body.$typeName === 'hansa.v1.MembershipPropose' ? lane : (body.proposal?.lane ?? lane);
  return [proposalFactKey(domains, proposer)];
}

function apply(state: FactState, body: MembershipBody, context: ApplyContext): Rejection | undefined {
  return isProposalBody(body) ? applyProposal(state, body, context) : applyEvidence(state, body, context);
}

function applyEvidence(state: FactState, claim: EvidenceClaim, context: ApplyContext): Rejection | undefined {
  const key = memberFactKey(context.domains, claim.accused);
  const value = state.get(key);
  if (value === undefined) return rejection('MALFORMED');
  const member = readMemberFact(value);
  if (member.quarantinedBy !== undefined) return rejection('EVIDENCE_KNOWN'); // guard: C10 the first evidence counts
  if (!claim.isSigned()) return rejection('EVIDENCE_SIGNATURE_INVALID'); // guard: C10 the accused signed both
  const quarantined = { quarantinedBy: context.location, quarantinedAtMs: context.timestampMs };
  state.set(key, encodeMemberFact({ ...member, ...quarantined }));
  return undefined;
}
