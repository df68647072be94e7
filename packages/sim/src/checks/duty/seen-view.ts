import type { OwnView } from '../city.ts';
import { type SeenProposal, type SeenStatement, type SeenVote, VoteKind } from '../decode.ts';

/** What a city has heard, said and holds of one view in its present life. */
export class SeenView {
  readonly view: number;
  /** Signed by the leader, in the order in which they were heard; only the first may be voted for (C3). */
  readonly proposals: SeenProposal[] = [];
  /** Who said two things. */
  readonly conflicted = new Set<number>();
  /** Whom the first proposal was sent to (C10). */
  readonly shownTo = new Set<number>();
  /** When the own votes were said last, in virtual time. */
  saidUs = 0;
  nullifySaidUs = 0;
  notarize: string | undefined;
  nullify: true | undefined;
  finalize: string | undefined;
  notarization: string | undefined;
  nullification: true | undefined;
  finalization: string | undefined;
  /** First signed vote of each kind, by voter. */
  readonly #votes = new Map<number, SeenVote[]>();
  /** Honest voters by statement. */
  readonly #tallies = new Map<string, Set<number>>();

  constructor(view: number) {
    this.view = view;
  }

  get isCertified(): boolean {
    return (this.notarization ?? this.nullification ?? this.finalization) !== undefined;
  }

  restore({ notarize, nullify, finalize, notarization, nullification, finalization }: OwnView): void {
    Object.assign(this, { notarize, nullify, finalize, notarization, nullification, finalization });
  }

  votesOf(voter: number): readonly SeenVote[] {
    return this.#votes.get(voter) ?? [];
  }

  /** The first Notarize of each voter. */
  *notarizers(): Generator<SeenVote> {
    for (const votes of this.#votes.values()) {
      for (const vote of votes) if (vote.statement.kind === VoteKind.NOTARIZE) yield vote;
    }
  }

  note(vote: SeenVote, isHonest: boolean): void {
    const { statement, voter } = vote;
    const known = this.#votes.get(voter);
    if (known === undefined) this.#votes.set(voter, [vote]);
    else if (known.every((other) => other.statement.kind !== statement.kind)) known.push(vote);
    if (!isHonest) return;
    const key = `${statement.kind}:${statement.block}`;
    const tally = this.#tallies.get(key);
    if (tally === undefined) this.#tallies.set(key, new Set([voter]));
    else tally.add(voter);
  }

  /** Honest voters who were heard to say this. */
  heard(kind: VoteKind, block: string): number {
    return this.#tallies.get(`${kind}:${block}`)?.size ?? 0;
  }

  /** Block of the own vote of a kind; empty for Nullify. */
  own(kind: VoteKind): string | undefined {
    if (kind === VoteKind.NULLIFY) return this.nullify === true ? '' : undefined;
    return kind === VoteKind.NOTARIZE ? this.notarize : this.finalize;
  }

  /** An own vote leaves. True when it is new. */
  say({ kind, block }: SeenStatement, atUs: number): boolean {
    if (kind === VoteKind.NULLIFY) this.nullifySaidUs = atUs;
    else this.saidUs = atUs;
    if (this.own(kind) !== undefined) return false;
    if (kind === VoteKind.NULLIFY) this.nullify = true;
    else if (kind === VoteKind.NOTARIZE) this.notarize = block;
    else this.finalize = block;
    return true;
  }

  hold({ kind, block }: SeenStatement): void {
    if (kind === VoteKind.NULLIFY) this.nullification = true;
    else if (kind === VoteKind.NOTARIZE) this.notarization = block;
    else this.finalization = block;
  }

  holds(kind: VoteKind): boolean {
    if (kind === VoteKind.NULLIFY) return this.nullification === true;
    return (kind === VoteKind.NOTARIZE ? this.notarization : this.finalization) !== undefined;
  }
}
