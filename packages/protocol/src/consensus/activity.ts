import { quorumOf, votersOf } from '../genesis/authority-set.ts';
import type { AuthorityIndex, Genesis } from '../genesis/types.ts';

/** Who was heard when: so that a leader who is away is not waited for again and again (C5). */
export class Activity {
  readonly #heardInView: number[];
  readonly #self: AuthorityIndex | undefined;
  /** Who votes: n and q of the epoch. */
  readonly #voters: number;
  readonly #quorum: number;
  /** Nobody can have been heard before this view. */
  #sinceView = 0;

  constructor(genesis: Genesis, self: AuthorityIndex | undefined) {
    this.#heardInView = new Array<number>(genesis.authorities.length).fill(0);
    this.#voters = votersOf(genesis).length;
    this.#quorum = quorumOf(genesis);
    this.#self = self;
  }

  /** R6: a city that has just joined has heard nobody yet, and that is nobody's silence. */
  begin(view: number): void {
    this.#sinceView = view;
  }

  heard(authority: AuthorityIndex, view: number): void {
    if (view > this.heardInView(authority)) this.#heardInView[authority] = view;
  }

  /** Newest view in which something of an authority was seen; 0 before the first. */
  heardInView(authority: AuthorityIndex): number {
    return this.#heardInView[authority] ?? 0;
  }

  /** C5: silent for two rounds of leaders while a quorum was active in the last one. */
  leaderIsSilent(leader: AuthorityIndex, view: number): boolean {
    const n = this.#voters;
    const sinceView = Math.max(this.heardInView(leader), this.#sinceView); // silence counts from the join
    if (leader === this.#self || sinceView + 2 * n >= view) return false;
    const active = this.#heardInView.filter((heard, index) => index === this.#self || heard + n >= view);
    return active.length >= this.#quorum;
  }
}
