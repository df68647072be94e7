import { equalBytes } from '../bytes.ts';
import type { Domains } from '../crypto/index.ts';
import type { Authority, AuthorityIndex, Genesis } from '../genesis/types.ts';
import type { VoteScheme } from '../genesis/vote-scheme.ts';
import type { SimplexPorts } from './ports.ts';
import { type Round, voteKey } from './round.ts';
import { type CarriedCertificate, type CarriedStatement, type CarriedVote, VoteKind } from './votes.ts';

export interface VoteDeskOptions {
  readonly scheme: VoteScheme;
  readonly domains: Domains;
  readonly genesis: Genesis;
  readonly quorum: number;
  readonly ports: Pick<SimplexPorts, 'send' | 'conflictingVotes' | 'misbehaved'>;
}

/**
 * Where the votes of others come in. Signatures are verified late, when they could matter: for a certificate (C6), against a
 * voter who says two things (C10), for a leader who gives up (C5). A wrong one is forgotten, so that it stands in
 * nobody's way, and its voter is named: votes are heard from their voters alone.
 */
export class VoteDesk {
  readonly #options: VoteDeskOptions;

  constructor(options: VoteDeskOptions) {
    this.#options = options;
  }

  /** Notes a vote, which counts from now on. False when it does not count. */
  hear(round: Round, vote: CarriedVote): boolean {
    const conflict = this.#noticeConflict(round, vote);
    this.#showProposalTo(round, vote.voter);
    // A voter who says two things is counted for the second only where others said it too: no memory for a liar.
    if (conflict === 'unsigned' || (conflict === 'twice' && !round.hasTally(vote.statement))) return false;
    round.tally(vote.statement).addPending(vote.voter, vote.signature);
    return true;
  }

  /**
   * C10: a leader who shows each half of the cities another block is found out by those who vote: whoever notarizes
   * another block than the one seen here is shown this one, once, and then holds both. Here: all who voted before the
   * proposal came.
   */
  showProposal(round: Round): void {
    for (const { statement, voter } of round.firstVotes.values()) {
      if (statement.kind === VoteKind.NOTARIZE) this.#showProposalTo(round, voter);
    }
  }

  /** The same for one voter, at each of its votes. */
  #showProposalTo(round: Round, voter: AuthorityIndex): void {
    const vote = round.firstVotes.get(voteKey(VoteKind.NOTARIZE, voter));
    if (round.proposal === undefined || vote === undefined || round.shownTo.has(voter)) return;
    const { block, bytes } = round.proposal;
    if (equalBytes(vote.statement.block, block.digest)) return;
    round.shownTo.add(voter);
    this.#options.ports.send(voter, 'proposal', bytes); // guard: C10 whoever voted for another block sees both
  }

  /** C5: the leader nullified its own view: nobody need wait for it. */
  leaderGaveUp(round: Round): boolean {
    const vote = round.firstVotes.get(voteKey(VoteKind.NULLIFY, round.leader));
    if (vote === undefined || round.own.nullify !== undefined) return false;
    return this.#isSigned(round, vote); // guard: C5 only the leader’s own signature says so
  }

  /** The certificate when a quorum of right signatures is there. */
  certify(round: Round, statement: CarriedStatement): CarriedCertificate | undefined {
    const { scheme, domains, genesis, quorum, ports } = this.#options;
    const tally = round.tally(statement);
    const { certificate, unsigned } = tally.certify(scheme, domains, genesis.authorities, quorum);
    for (const vote of unsigned) {
      round.forget(vote);
      ports.misbehaved(vote.voter, 'wrong-signature');
    }
    return certificate;
  }

  /** Newest votes of an authority that it signed, at most one a kind (R6). */
  newestVotesOf(rounds: readonly Round[], authority: AuthorityIndex): CarriedVote[] {
    const newestFirst = [...rounds].sort((a, b) => b.view - a.view);
    return [VoteKind.NOTARIZE, VoteKind.NULLIFY, VoteKind.FINALIZE].flatMap((kind) => {
      for (const round of newestFirst) {
        const vote = round.firstVotes.get(voteKey(kind, authority));
        if (vote !== undefined && this.#isSigned(round, vote)) return [vote];
      }
      return [];
    });
  }

  /**
   * C10: conflicting votes of one voter in one view: two Notarize, two Finalize, or Finalize and Nullify. Statements are
   * compared, not signature bytes. Both must be signed: a wrong signature in the first place hides nothing.
   */
  #noticeConflict(round: Round, vote: CarriedVote): 'none' | 'twice' | 'unsigned' {
    const { kind, block } = vote.statement;
    const key = voteKey(kind, vote.voter);
    const first = round.firstVotes.get(key);
    const opposite = kind === VoteKind.FINALIZE ? VoteKind.NULLIFY : VoteKind.FINALIZE;
    const other = kind === VoteKind.NOTARIZE ? undefined : round.firstVotes.get(voteKey(opposite, vote.voter));
    const differs = first !== undefined && !equalBytes(first.statement.block, block);
    // Whatever else a liar says of the view is something new, too: it is not the first of its kind that is remembered.
    if (round.conflicted.has(vote.voter)) return differs || first === undefined ? 'twice' : 'none'; // guard: C10 no memory for a liar
    if ((differs || other !== undefined) && !this.#isSigned(round, vote)) return 'unsigned';
    const twice = differs && this.#isSigned(round, first);
    if (twice) this.#conflict(round, first, vote); // guard: C10 two votes of a kind
    if (first === undefined || (differs && !twice)) round.firstVotes.set(key, vote);
    if (other !== undefined && this.#isSigned(round, other)) this.#conflict(round, other, vote); // guard: C10 Finalize and Nullify in one view
    return twice ? 'twice' : 'none';
  }

  #conflict(round: Round, first: CarriedVote, second: CarriedVote): void {
    round.conflicted.add(first.voter);
    this.#options.ports.conflictingVotes(first, second);
  }

  /** Verifies a vote once; a wrong one is forgotten, and its voter named. */
  #isSigned(round: Round, vote: CarriedVote): boolean {
    if (round.signedVotes.has(vote)) return true;
    const { scheme, domains, genesis, ports } = this.#options;
    const voter = genesis.authorities[vote.voter] as Authority;
    if (scheme.verify(vote.signature, domains.message('vote', vote.statement.bytes), voter)) {
      round.signedVotes.add(vote);
      return true;
    }
    round.forget(vote);
    ports.misbehaved(vote.voter, 'wrong-signature');
    return false;
  }
}
