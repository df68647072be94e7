import { toHex } from '@hansa/protocol';
import {
  approvalsMissing,
  approvalsOf,
  changeFactKey,
  isOpenProposal,
  type MembershipChange,
  MembershipChangeKind,
  memberFactKey,
  type ProposalFact,
  ProposalState,
  proposalFactKey,
  readChangeFact,
  readMemberFact,
  readProposalFact,
} from '@hansa/protocol/families';
import {
  type Authority,
  type AuthorityIndex,
  epochOf,
  type Genesis,
  quorumOf,
  votersOf,
} from '@hansa/protocol/genesis';
import { formatLocation, fromRecordRef, type RecordLocation } from '@hansa/protocol/records';
import type { AsOf, LedgerPort } from '../api/ports.ts';
import { cityName } from '../city-names.ts';
import { asOfView, timeView } from './views.ts';

/** The authority set, and what is proposed to be changed of it (C12), in the words of the API. */

export const changeKinds = {
  rotate: MembershipChangeKind.ROTATE,
  recover: MembershipChangeKind.RECOVER,
  add: MembershipChangeKind.ADD,
  suspend: MembershipChangeKind.SUSPEND,
  remove: MembershipChangeKind.REMOVE,
} as const;
export type ChangeName = keyof typeof changeKinds;

export const proposalStates = ['open', 'decided', 'withdrawn', 'ended'] as const;
export const seatStandings = ['votes', 'suspended', 'removed'] as const;

/** Public keys in lower-case hexadecimal, peer id and addresses. */
export interface MemberView {
  readonly displayName: string;
  readonly laneKey: string;
  readonly voteKey: string;
  readonly exchangeKey: string;
  readonly credentialKey: string;
  readonly peerId: string;
  readonly addresses: string[];
}

export interface SeatView extends MemberView {
  /** The lane; it never changes. */
  readonly index: AuthorityIndex;
  readonly city: string;
  readonly self: boolean;
  readonly standing: (typeof seatStandings)[number];
  /** There is evidence against it: nothing that it says has an effect until it is recovered. */
  readonly quarantined: boolean;
}

export interface ChangeView {
  readonly kind: ChangeName;
  readonly city: string;
  /** As it is to be; null of a city that is to be suspended or removed. */
  readonly member: MemberView | null;
}

export interface ProposalView {
  /** The record that made it: what approvals and withdrawals name. */
  readonly location: string;
  readonly proposer: string;
  readonly epoch: number;
  readonly change: ChangeView;
  /** `ended`: out of date, or another change was decided before it. */
  readonly state: (typeof proposalStates)[number];
  readonly proposedAt: string;
  readonly expiresAt: string;
  readonly approvedBy: string[];
  /** How many more cities must approve; 0 once it is decided. */
  readonly approvalsMissing: number;
}

export interface DecisionView {
  /** The epoch that the change makes. */
  readonly epoch: number;
  readonly change: ChangeView;
  readonly proposal: string;
  /** The record with which enough cities had approved. */
  readonly decidedBy: string;
  readonly decidedAt: string;
  readonly approvedBy: string[];
}

export interface MembershipView {
  readonly epoch: number;
  /** Cities that vote, and how many of them decide. */
  readonly voters: number;
  readonly quorum: number;
  readonly seats: SeatView[];
  /** Those that can still be approved, by the index of their city. */
  readonly proposals: ProposalView[];
  /** The change that the next block seals; null while nothing is decided. */
  readonly decided: DecisionView | null;
  /** Changes that made the present epoch and those before it, the newest first. */
  readonly history: DecisionView[];
  readonly asOf: AsOf;
}

/** Changes that one answer shows. */
const historyMax = 100;

export function membershipView(city: LedgerPort): MembershipView {
  const { genesis } = city;
  const epoch = epochOf(genesis);
  const { asOf } = city.fact(changeFactKey(city.domains, epoch));
  const past = Array.from({ length: Math.min(epoch, historyMax) }, (_, back) => decisionOf(city, epoch - back));
  return {
    epoch,
    voters: votersOf(genesis).length,
    quorum: quorumOf(genesis),
    seats: genesis.authorities.map((authority) => seatView(city, authority)),
    proposals: openProposals(city),
    decided: decisionOf(city, epoch + 1) ?? null,
    history: past.filter((decision) => decision !== undefined),
    asOf: asOfView(genesis, asOf),
  };
}

/** Proposals that can still be approved, one a city at most. */
export function openProposals(city: LedgerPort): ProposalView[] {
  return city.genesis.authorities.flatMap(({ index }) => {
    const proposal = newestProposal(city, index);
    return proposal?.state === 'open' ? [proposal] : [];
  });
}

/** The proposal that a record made; undefined while it is not executed, or when its city made a newer one. */
export function proposalAt(city: LedgerPort, location: RecordLocation): ProposalView | undefined {
  const newest = newestProposal(city, location.lane);
  return newest?.location === formatLocation(city.genesis, location) ? newest : undefined;
}

function newestProposal(city: LedgerPort, proposer: AuthorityIndex): ProposalView | undefined {
  const { value, asOf } = city.fact(proposalFactKey(city.domains, proposer));
  if (value === undefined) return undefined;
  return proposalView(city.genesis, readProposalFact(value), asOf.timestampMs, isDecided(city));
}

/** C12: once a change is decided all other proposals of its epoch have ended. */
function isDecided(city: LedgerPort): boolean {
  return city.fact(changeFactKey(city.domains, epochOf(city.genesis) + 1)).value !== undefined;
}

function proposalView(
  genesis: Genesis,
  fact: ProposalFact,
  timestampMs: number,
  otherDecided: boolean,
): ProposalView | undefined {
  const location = fromRecordRef(fact.ref);
  const change = changeView(genesis, fact.change);
  if (location === undefined || change === undefined) return undefined;
  const isOpen = !otherDecided && isOpenProposal(fact, { genesis, timestampMs });
  const decided = fact.state === ProposalState.DECIDED;
  return {
    location: formatLocation(genesis, location),
    proposer: cityName(genesis, location.lane),
    epoch: Number(fact.epoch),
    change,
    state: isOpen ? 'open' : decided ? 'decided' : fact.state === ProposalState.WITHDRAWN ? 'withdrawn' : 'ended',
    proposedAt: timeView(Number(fact.proposedAtMs)),
    expiresAt: timeView(Number(fact.expiresAtMs)),
    approvedBy: approvalsOf(fact).map((index) => cityName(genesis, index)),
    approvalsMissing: decided ? 0 : approvalsMissing(genesis, fact),
  };
}

function decisionOf(city: LedgerPort, epoch: number): DecisionView | undefined {
  const { genesis } = city;
  const { value } = city.fact(changeFactKey(city.domains, epoch));
  if (value === undefined) return undefined;
  const fact = readChangeFact(value);
  const [proposal, decidedBy] = [fromRecordRef(fact.proposal), fromRecordRef(fact.decidedBy)];
  const change = changeView(genesis, fact.change);
  if (proposal === undefined || decidedBy === undefined || change === undefined) return undefined;
  return {
    epoch,
    change,
    proposal: formatLocation(genesis, proposal),
    decidedBy: formatLocation(genesis, decidedBy),
    decidedAt: timeView(Number(fact.decidedAtMs)),
    approvedBy: approvalsOf(fact).map((index) => cityName(genesis, index)),
  };
}

function changeView(genesis: Genesis, change: MembershipChange | undefined): ChangeView | undefined {
  const kinds = Object.keys(changeKinds) as ChangeName[];
  const kind = kinds.find((name) => changeKinds[name] === change?.kind);
  if (change === undefined || kind === undefined) return undefined;
  const { member, subject } = change;
  return {
    kind,
    city: member?.name ?? cityName(genesis, subject),
    member: member === undefined ? null : memberView(member),
  };
}

function seatView(city: LedgerPort, authority: Authority): SeatView {
  const { index, name, standing } = authority;
  const { value } = city.fact(memberFactKey(city.domains, index));
  return {
    ...{ index, city: name, self: index === city.self.index, standing: standing ?? 'votes' },
    quarantined: value !== undefined && readMemberFact(value).quarantinedBy !== undefined,
    ...memberView(authority),
  };
}

function memberView(
  member: Pick<
    Authority,
    'displayName' | 'laneKey' | 'voteKey' | 'exchangeKey' | 'credentialKey' | 'peerId' | 'addresses'
  >,
): MemberView {
  const { displayName, laneKey, voteKey, exchangeKey, credentialKey, peerId, addresses } = member;
  return {
    displayName,
    laneKey: toHex(laneKey),
    voteKey: toHex(voteKey),
    exchangeKey: toHex(exchangeKey),
    credentialKey: toHex(credentialKey),
    peerId,
    addresses: [...addresses],
  };
}
