import type { Digest } from '../crypto/index.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import type { CarriedBlock } from './block.ts';
import { type CarriedCertificate, type CarriedStatement, type CarriedVote, statementKey, VoteTally } from './votes.ts';

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
  /** First vote of each kind and voter, for evidence (C10): key `kind:voter`. */
  readonly firstVotes = new Map<string, CarriedVote>();
  readonly #tallies = new Map<string, VoteTally>();

  constructor(view: number, leader: AuthorityIndex) {
    this.view = view;
    this.leader = leader;
  }

  get leaderEquivocated(): boolean {
    return this.equivocation !== undefined;
  }

  tally(statement: CarriedStatement): VoteTally {
    const key = statementKey(statement);
    let tally = this.#tallies.get(key);
    if (tally === undefined) {
      tally = new VoteTally(statement);
      this.#tallies.set(key, tally);
    }
    return tally;
  }

  /** Digest of the notarized block. */
  get notarizedDigest(): Digest | undefined {
    return this.notarization?.statement.block;
  }
}
