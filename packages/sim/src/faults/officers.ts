import { equalBytes } from '@hansa/protocol';
import {
  approvalsOf,
  encodeMembershipApprove,
  encodeMembershipPropose,
  isOpenProposal,
  MEMBERSHIP_FAMILY,
  membershipTypes,
  proposalFactKey,
  readProposalFact,
} from '@hansa/protocol/families';
import { type Authority, type AuthorityIndex, votersOf } from '@hansa/protocol/genesis';
import { encodeRecord, fromRecordRef, toRecordRef } from '@hansa/protocol/records';
import type { RecordLocation, Replica } from '@hansa/protocol/replica';
import {
  create,
  encodeMessage,
  type MembershipChange,
  MembershipChangeKind,
  MembershipChangeSchema,
} from '@hansa/protocol/wire';
import type { World } from '../world/contract.ts';

const PROPOSAL_STANDS_MS = 7 * 86_400_000;
const PSEUDONYM_BYTES = 16;
const REQUEST_BYTES = 16;

const kinds = {
  newKeys: MembershipChangeKind.ROTATE,
  recover: MembershipChangeKind.RECOVER,
  suspend: MembershipChangeKind.SUSPEND,
  remove: MembershipChangeKind.REMOVE,
} as const;

/** A change of the set as a record has it (C12). */
export function wantedChange(
  change: keyof typeof kinds,
  subject: AuthorityIndex,
  member: Omit<Authority, 'index' | 'standing'> | undefined,
): MembershipChange {
  return create(MembershipChangeSchema, {
    kind: kinds[change],
    subject,
    ...(member === undefined ? {} : { member: { ...member, addresses: [...member.addresses] } }),
  });
}

/** The proposal of exactly this change that can be approved, as a city's own ledger has it. */
export function openProposal(
  { genesis, ledger, domains }: Replica,
  change: MembershipChange,
  timestampMs: number,
): { readonly location: RecordLocation; readonly approvals: readonly AuthorityIndex[] } | undefined {
  const wanted = encodeMessage(MembershipChangeSchema, change);
  for (const { index } of votersOf(genesis)) {
    const value = ledger.fact(proposalFactKey(domains, index));
    const fact = value === undefined ? undefined : readProposalFact(value);
    const location = fromRecordRef(fact?.ref);
    if (fact?.change === undefined || location === undefined) continue;
    if (!isOpenProposal(fact, { genesis, timestampMs })) continue;
    if (!equalBytes(encodeMessage(MembershipChangeSchema, fact.change), wanted)) continue;
    return { location, approvals: approvalsOf(fact) };
  }
  return undefined;
}

/** Records of the family `membership`, each a request of its own. */
export interface Officers {
  propose(epoch: number, change: MembershipChange): Uint8Array;
  approve(proposal: RecordLocation): Uint8Array;
}

export function officersOf(world: World): Officers {
  const random = world.random('officers');
  const record = (type: number, body: Uint8Array) =>
    encodeRecord({ family: MEMBERSHIP_FAMILY, type, requestId: random.bytes(REQUEST_BYTES), body });
  const officers = () => ({ handler: random.bytes(PSEUDONYM_BYTES), approver: random.bytes(PSEUDONYM_BYTES) });
  return {
    propose(epoch, change) {
      const nowMs = Math.floor(world.startMs + world.nowUs / 1000);
      const body = { epoch: BigInt(epoch), change, expiresAtMs: BigInt(nowMs + PROPOSAL_STANDS_MS), ...officers() };
      return record(membershipTypes.propose, encodeMembershipPropose(body));
    },
    approve(proposal) {
      return record(
        membershipTypes.approve,
        encodeMembershipApprove({ proposal: toRecordRef(proposal), ...officers() }),
      );
    },
  };
}
