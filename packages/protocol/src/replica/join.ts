import type { AuthorityIndex } from '../genesis/types.ts';
import type { CarriedHeader } from '../lanes/index.ts';
import type { VerifiedVote } from './status.ts';

/** What another authority says that it holds of this city's own signatures. */
export interface OwnTraces {
  readonly from: AuthorityIndex;
  readonly newestHeader: CarriedHeader | undefined;
  readonly votes: readonly VerifiedVote[];
}

/**
 * R6: a city restored from an old backup must not fork its lane or vote twice. Before it signs anything after a start
 * it hears q authorities, itself among them. Why q is enough: a vote or header of ours that matters is held by q
 * authorities; two quorums share f+1 members, we are one of them and (restored) one of the f faulty ones, so among the
 * other f at most f-1 lie.
 */
export class Join {
  readonly #quorum: number;
  readonly #heard = new Map<AuthorityIndex, OwnTraces>();
  #done = false;

  constructor(quorum: number) {
    this.#quorum = quorum;
  }

  get done(): boolean {
    return this.#done;
  }

  /** Enough have answered, the own one included. */
  get quorumHeard(): boolean {
    return this.#heard.size + 1 >= this.#quorum;
  }

  hasHeard(authority: AuthorityIndex): boolean {
    return this.#heard.has(authority);
  }

  hear(traces: OwnTraces): void {
    this.#heard.set(traces.from, traces);
  }

  /** The newest own header that anybody holds. */
  newestHeader(): { header: CarriedHeader; from: AuthorityIndex } | undefined {
    let newest: { header: CarriedHeader; from: AuthorityIndex } | undefined;
    for (const { newestHeader, from } of this.#heard.values()) {
      if (newestHeader !== undefined && newestHeader.sequence > (newest?.header.sequence ?? 0)) {
        newest = { header: newestHeader, from };
      }
    }
    return newest;
  }

  /** Highest view of an own vote that others hold and the own journal does not know; 0 when there is none. */
  voteFloor(known: (vote: VerifiedVote) => boolean): number {
    let floor = 0;
    for (const { votes } of this.#heard.values()) {
      for (const vote of votes) if (!known(vote)) floor = Math.max(floor, vote.statement.view);
    }
    return floor;
  }

  finish(): void {
    this.#done = true;
  }
}
