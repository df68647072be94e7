import { equalBytes } from '../bytes.ts';
import type { Digest } from '../crypto/index.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import type { Write } from '../replica/effects.ts';
import { keys } from '../replica/keys.ts';
import type { CarriedBlock } from './block.ts';
import { type CarriedCertificate, type CarriedStatement, type CarriedVote, VoteKind, VoteTally } from './votes.ts';

/** A leader's signed block. */
export interface CarriedProposal {
  readonly block: CarriedBlock;
  /** Bytes of `Proposal`. */
  readonly bytes: Uint8Array;
}

/** What this city has said in a view. Never taken back (C3, C4, C5, C9). */
export interface OwnVotes {
  notarize?: CarriedVote;
  nullify?: CarriedVote;
  finalize?: CarriedVote;
}

/** Key of a voter's vote of one kind. */
export function voteKey(kind: VoteKind, voter: AuthorityIndex): number {
  return voter * KINDS + kind;
}

/** More than there are kinds of votes. */
const KINDS = 8;

/** Everything known of one view. */
export class Round {
  readonly view: number;
  readonly leader: AuthorityIndex;
  /** The first valid-looking proposal of the leader: the only one that may be notarized here (C3). */
  proposal: CarriedProposal | undefined;
  /** Second, different proposal of the same view: the leader equivocated (C4, C10). */
  equivocation: CarriedProposal | undefined;
  /** The proposal was checked and is wrong; it is not looked at again. */
  proposalInvalid = false;
  /** This city, as the leader, has proposed. */
  proposed = false;
  readonly own: OwnVotes = {};
  notarization: CarriedCertificate | undefined;
  nullification: CarriedCertificate | undefined;
  finalization: CarriedCertificate | undefined;
  /** First vote of each kind and voter, for evidence (C10), by `voteKey`. Not verified. */
  readonly firstVotes = new Map<number, CarriedVote>();
  /** Votes that were verified on their own. */
  readonly signedVotes = new Set<CarriedVote>();
  /** Who was found out to have said two things (C10); more of it tells nothing new. */
  readonly conflicted = new Set<AuthorityIndex>();
  /** Who voted for another block and was shown this city's (C10). */
  readonly shownTo = new Set<AuthorityIndex>();
  /** One a statement; almost always one of each kind. */
  readonly #tallies: VoteTally[] = [];

  constructor(view: number, leader: AuthorityIndex) {
    this.view = view;
    this.leader = leader;
  }

  get leaderEquivocated(): boolean {
    return this.equivocation !== undefined;
  }

  tally(statement: CarriedStatement): VoteTally {
    let tally = this.#find(statement);
    if (tally === undefined) {
      tally = new VoteTally(statement);
      this.#tallies.push(tally);
    }
    return tally;
  }

  hasTally(statement: CarriedStatement): boolean {
    return this.#find(statement) !== undefined;
  }

  #find({ kind, block }: CarriedStatement): VoteTally | undefined {
    for (const tally of this.#tallies) {
      if (tally.statement.kind === kind && equalBytes(tally.statement.block, block)) return tally;
    }
    return undefined;
  }

  /** A vote turned out not to be signed by its voter: it is as if it had never been said. */
  forget(vote: CarriedVote): void {
    const key = voteKey(vote.statement.kind, vote.voter);
    if (this.firstVotes.get(key)?.signature === vote.signature) this.firstVotes.delete(key);
    this.#find(vote.statement)?.forget(vote.voter, vote.signature);
  }

  /** Digest of the notarized block. */
  get notarizedDigest(): Digest | undefined {
    return this.notarization?.statement.block;
  }

  /** Puts back an own vote from the journal; it counts in the local tally again (C9). */
  restoreVote(vote: CarriedVote): void {
    if (vote.statement.kind === VoteKind.NOTARIZE) this.own.notarize = vote;
    else if (vote.statement.kind === VoteKind.NULLIFY) this.own.nullify = vote;
    else this.own.finalize = vote;
    this.tally(vote.statement).addVerified(vote.voter, vote.signature); // guard: C9 own votes re-enter the local tally
  }

  /** The certificate of a kind. */
  certificate(kind: VoteKind): CarriedCertificate | undefined {
    if (kind === VoteKind.NOTARIZE) return this.notarization;
    return kind === VoteKind.NULLIFY ? this.nullification : this.finalization;
  }

  setCertificate(certificate: CarriedCertificate): void {
    const { kind } = certificate.statement;
    if (kind === VoteKind.NOTARIZE) this.notarization = certificate;
    else if (kind === VoteKind.NULLIFY) this.nullification = certificate;
    else this.finalization = certificate;
  }

  /** Deletes what the journal holds of this view. */
  forgetJournal(epoch: number): Write[] {
    const writes: Write[] = [];
    const forget = (key: Uint8Array) => writes.push({ key, value: undefined });
    for (const vote of [this.own.notarize, this.own.nullify, this.own.finalize]) {
      if (vote !== undefined) forget(keys.vote(epoch, this.view, vote.statement.kind));
    }
    for (const certificate of [this.notarization, this.nullification, this.finalization]) {
      if (certificate !== undefined) forget(keys.certificate(epoch, this.view, certificate.statement.kind));
    }
    if (this.proposed) forget(keys.proposal(epoch, this.view));
    const notarized = this.own.notarize?.statement.block;
    if (notarized !== undefined) forget(keys.candidate(epoch, this.view, notarized));
    return writes;
  }
}
