import { equalBytes, limits, toHex } from '@hansa/protocol';
import type { Crypto } from '@hansa/protocol/crypto';
import type { Authority, Genesis } from '@hansa/protocol/genesis';
import { type AuthorityMember, MembershipChangeKind } from '@hansa/protocol/wire';
import type { MembershipRecord } from './entry-book.ts';

type Propose = Extract<MembershipRecord, { act: 'propose' }>;

/** Who has a seat in one epoch, and who votes (C12). */
export interface AuthoritySet {
  readonly epoch: number;
  /** By index, which is a lane for good. */
  readonly seats: readonly Authority[];
  readonly voters: readonly number[];
  /** n - f of the voters. */
  readonly quorum: number;
}

/** What the rules of C12 hold a proposal against. */
export interface ProposalGround {
  readonly crypto: Crypto;
  readonly genesis: Genesis;
  readonly present: AuthoritySet;
  /** Keys, in hexadecimal, that any seat has or had in any epoch so far. */
  readonly usedKeys: ReadonlySet<string>;
  /** Time of the block. */
  readonly timestampMs: number;
}

export const seatKeys = ['laneKey', 'voteKey', 'exchangeKey', 'credentialKey'] as const;

/**
 * Why a proposal must have no effect (C12), told from the record, the sets so far and the block's time alone; undefined:
 * it may have one. Written from the specification, and not from the ledger that is judged by it.
 */
export function wrongProposal(ground: ProposalGround, proposer: number, proposal: Propose): string | undefined {
  const { present, timestampMs } = ground;
  const standsMs = proposal.expiresAtMs - timestampMs;
  if (proposal.epoch !== present.epoch) return `it is about epoch ${proposal.epoch}`;
  if (standsMs <= 0) return 'it was out of date';
  if (standsMs > limits.membershipProposalMsMax) return 'it stands longer than a proposal may';
  return wrongKind(ground, proposer, proposal) ?? wrongMember(ground, proposal);
}

function wrongKind({ present, genesis }: ProposalGround, proposer: number, { change }: Propose): string | undefined {
  const { kind, subject } = change;
  const seat = present.seats[subject];
  const isThere = seat !== undefined && seat.standing !== 'removed';
  const votes = present.voters.includes(subject);
  switch (kind) {
    case MembershipChangeKind.ROTATE:
      return subject === proposer && votes ? undefined : 'a city rotates its own keys only';
    case MembershipChangeKind.RECOVER:
      return subject !== proposer && isThere ? undefined : 'a city is recovered by others, while it has its seat';
    case MembershipChangeKind.ADD: {
      const most = genesis.voteScheme === 'ed25519' ? limits.ed25519VotersMax : limits.authoritiesMax;
      return subject === present.seats.length && subject < most ? undefined : 'a new city takes the next seat';
    }
    case MembershipChangeKind.SUSPEND:
      return votes && present.voters.length > 1 ? undefined : 'who votes is suspended, while another one does';
    case MembershipChangeKind.REMOVE:
      return isThere && (!votes || present.voters.length > 1)
        ? undefined
        : 'who has a seat is removed, while another one votes';
    default:
      return 'there is no such change';
  }
}

function wrongMember(ground: ProposalGround, { change: { subject, member } }: Propose): string | undefined {
  if (member === undefined) return undefined;
  const { crypto, genesis, present, usedKeys } = ground;
  const seat = present.seats[subject];
  const others = [...present.seats.filter(({ index }) => index !== subject), ...genesis.observers];
  if (seat !== undefined && seat.name !== member.name) return 'a city keeps its name';
  if (others.some(({ name }) => name === member.name)) return 'another member has the name';
  if (others.some(({ peerId }) => peerId === member.peerId)) return 'another member has the network key';
  const fresh = seatKeys.filter((key) => seat === undefined || !equalBytes(seat[key], member[key]));
  if (fresh.some((key) => usedKeys.has(toHex(member[key])))) return 'a key of it is, or was, a city\u2019s';
  if (new Set(seatKeys.map((key) => toHex(member[key]))).size < seatKeys.length) return 'two of its keys are one';
  if (seat !== undefined && seat.standing === undefined && isSame(seat, member)) return 'it changes nothing';
  if (!crypto.bls.verifyPossession(member.voteKeyProof, member.voteKey)) return 'nobody proved to hold the vote key';
  return undefined;
}

function isSame(seat: Authority, member: AuthorityMember): boolean {
  const hasKeys = seatKeys.every((key) => equalBytes(seat[key], member[key])) && seat.peerId === member.peerId;
  const isReached = seat.addresses.join(' ') === member.addresses.join(' ');
  return hasKeys && isReached && seat.displayName === member.displayName;
}
