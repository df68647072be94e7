import { equalBytes } from '../bytes.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import type { EnvelopeKind } from '../replica/envelope.ts';
import { Round } from './round.ts';
import { type CarriedCertificate, encodeVote, type Statement } from './votes.ts';

/** The rounds above the final view. */
export class RoundBook {
  readonly #rounds = new Map<number, Round>();
  readonly #leaderOf: (view: number) => AuthorityIndex;
  #finalizedView: number;

  constructor(finalizedView: number, leaderOf: (view: number) => AuthorityIndex) {
    this.#finalizedView = finalizedView;
    this.#leaderOf = leaderOf;
  }

  /** The round if something is known of it. */
  peek(view: number): Round | undefined {
    return this.#rounds.get(view);
  }

  /** The round of a view; undefined at or below the final view, where nothing is said any more. */
  open(view: number): Round | undefined {
    if (view <= this.#finalizedView) return undefined;
    let round = this.#rounds.get(view);
    if (round === undefined) {
      round = new Round(view, this.#leaderOf(view));
      this.#rounds.set(view, round);
    }
    return round;
  }

  all(): Round[] {
    return [...this.#rounds.values()];
  }

  /** Closes the rounds up to a final view and returns them. */
  close(finalizedView: number): Round[] {
    this.#finalizedView = finalizedView;
    const closed = this.all().filter((round) => round.view <= finalizedView);
    for (const round of closed) this.#rounds.delete(round.view);
    return closed;
  }

  /** Something above the final view was voted on or notarized: others may need to hear it again (C7). */
  get unsettled(): boolean {
    return this.all().some(({ own, notarization }) => own.notarize ?? own.nullify ?? own.finalize ?? notarization);
  }

  /** C7: own votes and the certificates above the finalization, newest view first, capped in bytes. */
  resyncMessages(
    finalization: CarriedCertificate | undefined,
    mayVote: boolean,
  ): { kind: EnvelopeKind; bytes: Uint8Array }[] {
    const messages: { kind: EnvelopeKind; bytes: Uint8Array }[] = [];
    let budget: number = limits.resyncBytesMax;
    const add = (kind: EnvelopeKind, bytes: Uint8Array | undefined) => {
      if (bytes === undefined || bytes.length > budget) return;
      budget -= bytes.length;
      messages.push({ kind, bytes });
    };
    add('certificate', finalization?.bytes);
    for (const round of this.all().sort((a, b) => b.view - a.view)) {
      for (const certificate of [round.finalization, round.notarization, round.nullification]) {
        add('certificate', certificate?.bytes);
      }
      if (!mayVote) continue;
      if (round.proposed) add('proposal', round.proposal?.bytes);
      for (const vote of [round.own.notarize, round.own.nullify, round.own.finalize]) {
        if (vote !== undefined) add('vote', encodeVote(vote));
      }
    }
    return messages;
  }

  /** Whether the journal holds this own vote, or finality made it meaningless (R6). */
  ownVoteKnown(statement: Statement): boolean {
    if (statement.view <= this.#finalizedView) return true;
    const own = this.#rounds.get(statement.view)?.own;
    const votes = [own?.notarize, own?.nullify, own?.finalize];
    return votes.some(
      (vote) => vote?.statement.kind === statement.kind && equalBytes(vote.statement.block, statement.block),
    );
  }
}
