import { create } from '@bufbuild/protobuf';
import { decodeStrict, encodeMessage } from '../../codec/index.ts';
import type { Domains } from '../../crypto/index.ts';
import { refuse, rejection } from '../../error-codes.ts';
import type { Rejection, Result } from '../../errors.ts';
import { type EvidenceClaim, readEvidence } from '../../evidence/index.ts';
import type { Evidence } from '../../gen/hansa/v1/consensus_pb.ts';
import { MembershipEvidenceSchema } from '../../gen/hansa/v1/families_pb.ts';
import { policyDigest } from '../../genesis/policy.ts';
import type { AuthorityIndex } from '../../genesis/types.ts';
import type { Record } from '../../records/index.ts';
import type { ApplyContext, CheckContext, Fact, FactReader, FactState, Family } from '../family.ts';
import { encodeMemberFact, encodePolicyFact, memberFactKey, policyFactKey, readMemberFact } from './fact.ts';

export * from './fact.ts';

export const MEMBERSHIP_FAMILY = 5;

export const membershipTypes = { evidence: 1 } as const;

/** Body of `evidence`. */
export function encodeMembershipEvidence(evidence: Evidence): Uint8Array {
  return encodeMessage(MembershipEvidenceSchema, create(MembershipEvidenceSchema, { evidence }));
}

/** Family 5: the authorities, from the genesis file, and what became of them. */
export const membership: Family<EvidenceClaim> = {
  number: MEMBERSHIP_FAMILY,
  name: 'membership',
  types: { 1: 'evidence' },
  query: { key: (domains, name) => domains.digest('fact/membership', name), read: readMemberFact },
  genesisFacts,
  admit,
  check,
  apply,
  concerns: ({ accused }, { domains }) => [memberFactKey(domains, accused)],
  vouch: (claim) => (claim.isSigned() ? undefined : rejection('EVIDENCE_SIGNATURE_INVALID')),
  costly: { code: 'EVIDENCE_SIGNATURE_INVALID', after: 'EVIDENCE_NOT_CHECKED' },
};

function genesisFacts({ genesis, domains, crypto }: CheckContext): Fact[] {
  const members = genesis.authorities.map(({ index, name, laneKey, voteKey }) => ({
    key: memberFactKey(domains, index),
    value: encodeMemberFact({ name, laneKey, voteKey, quarantinedBy: undefined, quarantinedAtMs: 0 }),
  }));
  return [...members, { key: policyFactKey(domains), value: encodePolicyFact(policyDigest(crypto, genesis.policy)) }];
}

/** C10: nothing that a quarantined authority says has an effect until governance decides. */
function admit(state: FactReader, lane: AuthorityIndex, domains: Domains): Rejection | undefined {
  const value = state.get(memberFactKey(domains, lane));
  const quarantined = value !== undefined && readMemberFact(value).quarantinedBy !== undefined;
  return quarantined ? rejection('AUTHORITY_QUARANTINED') : undefined;
}

/** The statements are compared here; their signatures, which cost a thousand times more, only when it matters. */
function check(record: Record, context: CheckContext): Result<EvidenceClaim> {
  if (record.type !== membershipTypes.evidence) return refuse('TYPE_UNKNOWN');
  const decoded = decodeStrict(MembershipEvidenceSchema, record.body);
  if (!decoded.ok) return decoded;
  const { evidence } = decoded.value;
  return evidence === undefined ? refuse('MALFORMED') : readEvidence(context, evidence);
}

function apply(state: FactState, claim: EvidenceClaim, context: ApplyContext): Rejection | undefined {
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
