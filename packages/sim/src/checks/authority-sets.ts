import { equalBytes, toHex } from '@hansa/protocol';
import type { Crypto, Domains } from '@hansa/protocol/crypto';
import type { Authority, Genesis } from '@hansa/protocol/genesis';
import {
  AuthoritySetSchema,
  AuthorityStanding,
  create,
  type ExecutionLog,
  encodeMessage,
  MembershipChangeKind,
  MembershipChangeSchema,
} from '@hansa/protocol/wire';
import { quorumOf, type SeenBlock } from './decode.ts';
import type { KnownEntry, MembershipRecord } from './entry-book.ts';
import { type AuthoritySet, seatKeys, wrongProposal } from './membership-rules.ts';

/** What ends an epoch, as the accepted records say it. */
interface Decision {
  readonly next: AuthoritySet;
  /** `next_authority_set`: what checkpoints from `height` on name. */
  readonly digest: string;
  readonly height: number;
  /** Bytes of the `MembershipChange`. */
  readonly change: Uint8Array;
  readonly subject: number;
  /** Both keys that evidence is held against are new. */
  readonly givesKeys: boolean;
}

interface Proposal {
  readonly place: string;
  readonly record: Extract<MembershipRecord, { act: 'propose' }>;
  readonly approvals: Set<number>;
}

interface Seal {
  readonly height: number;
  readonly digest: string;
}

/** What the sets are read with. */
export interface FederationGround {
  readonly domains: Domains;
  readonly crypto: Crypto;
  readonly genesis: Genesis;
}

/**
 * The authority sets of all epochs, read from the final chain without the code under test: the proposals and approvals
 * that had an effect, each judged whether it might, and counted; and the first final block of each epoch that names a
 * next set, its seal.
 */
export class AuthoritySets {
  readonly #federation: FederationGround;
  readonly #usedKeys = new Set<string>();
  readonly #sets: AuthoritySet[];
  /** By the epoch that they end. */
  readonly #decisions: Decision[] = [];
  readonly #seals: Seal[] = [];
  /** Newest accepted proposal of each city. */
  readonly #proposals = new Map<number, Proposal>();

  constructor(federation: FederationGround) {
    this.#federation = federation;
    this.#sets = [];
    this.#begin(setOf(0, federation.genesis.authorities));
  }

  #begin(set: AuthoritySet): void {
    this.#sets[set.epoch] = set;
    for (const seat of set.seats) for (const key of seatKeys) this.#usedKeys.add(toHex(seat[key]));
  }

  /** Undefined: no such epoch was decided. */
  at(epoch: number): AuthoritySet | undefined {
    return this.#sets[epoch];
  }

  /** Of the epoch of the next final block. */
  get current(): AuthoritySet {
    return this.#sets[Math.min(this.#seals.length, this.#sets.length - 1)] as AuthoritySet;
  }

  /** Epoch of the final block at a height, or of the next one. */
  epochOfHeight(height: number): number {
    let epoch = this.#seals.length;
    while (epoch > 0 && (this.#seals[epoch - 1] as Seal).height >= height) epoch -= 1;
    return epoch;
  }

  decisionOf(epoch: number): Decision | undefined {
    return this.#decisions[epoch];
  }

  /** What a checkpoint of a height names in a block of an epoch: digest of the next set, empty before it is decided. */
  nextSetAt(epoch: number, height: number): string {
    const decision = this.#decisions[epoch];
    return decision !== undefined && height >= decision.height ? decision.digest : '';
  }

  /** The block that ended an epoch; undefined: none has. */
  sealOf(epoch: number): Seal | undefined {
    return this.#seals[epoch];
  }

  /** The next block of the final chain. */
  noteFinal({ height, digest, checkpoint }: SeenBlock): void {
    if (checkpoint.nextAuthoritySet === '') return;
    if (this.epochOfHeight(height) === this.#seals.length) this.#seals.push({ height, digest });
  }

  /**
   * The entries of the next height, with what became of their records. Gives what had an effect that it must not have, in
   * words that begin with the record's place.
   */
  execute(
    { height, timestampMs }: Pick<SeenBlock, 'height' | 'timestampMs'>,
    entries: readonly KnownEntry[],
    log: ExecutionLog,
  ): string[] {
    const wrong: string[] = [];
    const rejected = new Set(log.rejectedEntries.map((entry, place) => `${entry}/${log.rejectedPositions[place]}`));
    entries.forEach((entry, at) => {
      for (const record of entry.notable) {
        if (record.kind !== 'membership' || rejected.has(`${at}/${record.position}`)) continue;
        const place = `${entry.lane}/${entry.sequence}/${record.position}`;
        const why = this.#whyNot(height, timestampMs, entry.lane, record);
        if (why !== undefined) wrong.push(`${place}: ${why}`);
        this.#apply(height, place, entry.lane, record);
      }
    });
    return wrong;
  }

  /** Why the record must have no effect; undefined: it may have one. */
  #whyNot(height: number, timestampMs: number, lane: number, record: MembershipRecord): string | undefined {
    const epoch = this.epochOfHeight(height);
    const present = this.#sets[epoch];
    if (present === undefined) return 'there is no set of its epoch';
    if (!present.voters.includes(lane)) return 'its city does not vote';
    if (this.#decisions[epoch] !== undefined) return 'the epoch was decided before it';
    const isOpen = (proposal: Proposal) => proposal.record.expiresAtMs > timestampMs;
    if (record.act === 'propose') {
      const before = this.#proposals.get(lane);
      if (before !== undefined && isOpen(before)) return 'its city has a proposal that is open';
      const { crypto, genesis } = this.#federation;
      return wrongProposal({ crypto, genesis, present, usedKeys: this.#usedKeys, timestampMs }, lane, record);
    }
    const proposer = Number(record.proposal.split('/')[0]);
    const proposal = this.#proposals.get(proposer);
    if (proposal?.place !== record.proposal || !isOpen(proposal)) return 'the proposal that it names is not open';
    if (record.act === 'withdraw') return proposer === lane ? undefined : 'it withdraws what another city proposed';
    return proposal.approvals.has(lane) ? 'its city had approved before' : undefined;
  }

  #apply(height: number, place: string, lane: number, record: MembershipRecord): void {
    const epoch = this.epochOfHeight(height);
    if (record.act === 'propose') {
      this.#proposals.set(lane, { place, record, approvals: new Set([lane]) });
      this.#count(height, epoch, lane);
      return;
    }
    const proposer = Number(record.proposal.split('/')[0]);
    const proposal = this.#proposals.get(proposer);
    if (proposal?.place !== record.proposal) return;
    if (record.act === 'withdraw') {
      this.#proposals.delete(proposer);
      return;
    }
    proposal.approvals.add(lane);
    this.#count(height, epoch, proposer);
  }

  #count(height: number, epoch: number, proposer: number): void {
    const proposal = this.#proposals.get(proposer);
    const present = this.#sets[epoch];
    if (proposal === undefined || present === undefined || this.#decisions[epoch] !== undefined) return;
    const approved = present.voters.filter((voter) => proposal.approvals.has(voter)).length;
    if (approved < present.quorum) return;
    const { change } = proposal.record;
    const next = changed(present, change);
    const [before, after] = [present.seats[change.subject], next.seats[change.subject]];
    const givesKeys = (['laneKey', 'voteKey'] as const).every((key) => {
      return before !== undefined && after !== undefined && !equalBytes(before[key], after[key]);
    });
    const bytes = encodeMessage(MembershipChangeSchema, change);
    this.#decisions[epoch] = {
      ...{ next, digest: this.#digest(next), height, change: bytes, subject: change.subject, givesKeys },
    };
    this.#begin(next);
    // What was open is about the set that is no more.
    this.#proposals.clear();
  }

  #digest({ epoch, seats }: AuthoritySet): string {
    const message = create(AuthoritySetSchema, {
      epoch: BigInt(epoch),
      seats: seats.map(({ index: _, standing, ...member }) => ({
        member: { ...member, addresses: [...member.addresses] },
        standing: standingNumber(standing),
      })),
    });
    return toHex(this.#federation.domains.digest('authority-set', encodeMessage(AuthoritySetSchema, message)));
  }
}

function standingNumber(standing: Authority['standing']): AuthorityStanding {
  if (standing === undefined) return AuthorityStanding.UNSPECIFIED;
  return standing === 'suspended' ? AuthorityStanding.SUSPENDED : AuthorityStanding.REMOVED;
}

function setOf(epoch: number, seats: readonly Authority[]): AuthoritySet {
  const voters = seats.flatMap(({ index, standing }) => (standing === undefined ? [index] : []));
  return { epoch, seats, voters, quorum: quorumOf(voters.length) };
}

type Change = Extract<MembershipRecord, { act: 'propose' }>['change'];

/** The set after one seat was changed, as the specification has it. */
function changed({ epoch, seats }: AuthoritySet, { kind, subject, member }: Change): AuthoritySet {
  const all = [...seats];
  const before = seats[subject];
  if (member !== undefined) {
    const { $typeName: _, $unknown: __, ...fields } = member;
    all[subject] = { index: subject, ...fields };
  } else if (before !== undefined) {
    all[subject] = { ...before, standing: kind === MembershipChangeKind.REMOVE ? 'removed' : 'suspended' };
  }
  return setOf(epoch + 1, all);
}
