import type { Rejection } from '../errors.ts';
import type { Status } from '../gen/hansa/v1/sync_pb.ts';
import { epochOf } from '../genesis/authority-set.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import type { CarriedHeader, LaneBook } from '../lanes/index.ts';
import type { EntryRange } from './entry-range.ts';
import { type Fetcher, wantEntries } from './fetcher.ts';
import type { Outbox } from './outbox.ts';
import { ownTraces, statusRequest, type VerifiedVote } from './status.ts';
import type { ProtocolContext } from './verifier.ts';

/** What another authority says that it holds of this city's own signatures. */
interface OwnTraces {
  readonly newestHeader: CarriedHeader | undefined;
  readonly votes: readonly VerifiedVote[];
}

/** Rounds of asking, and cities asked in vain, after which an operator hears that entries of the own lane are missing. */
const PATIENCE = { rounds: 10, cities: 24 } as const;

export const restoredFromBackup: Rejection = {
  code: 'RESTORED_FROM_BACKUP',
  message:
    'Other cities hold signatures of this city that its store did not know: it was restored from an old backup. It fetched what was missing and goes on; make sure that no second daemon runs with the same keys.',
};

/** What `Join` needs. */
export interface JoinOptions {
  readonly context: ProtocolContext;
  /** Undefined for an observer: it has signed nothing, and only asks what is new. */
  readonly self: AuthorityIndex | undefined;
  readonly others: readonly AuthorityIndex[];
  readonly quorum: number;
  readonly lanes: LaneBook;
  readonly fetcher: Fetcher;
  readonly outbox: Outbox;
  /** The one of the epoch before; undefined at the start, when the lanes are as the store had them. */
  readonly before: Join | undefined;
  /** C12: a city that came through a seal alive knows all that it signed. */
  readonly done?: boolean;
}

function wantKey({ lane }: EntryRange): string {
  return `lane:${lane}:own`;
}

/** What is known once enough others were heard. */
export interface Joined {
  /** Highest view of an own vote that others hold and the own journal does not know; 0 when there is none. */
  readonly voteFloor: number;
  /** Others held own signatures that the store did not know. */
  readonly restored: boolean;
}

/**
 * R6: a city restored from an old backup must not fork its lane or vote twice. Before it signs anything after a start
 * it hears q authorities, itself among them, and fetches what it lacks of its own lane. Why q is enough: a vote or
 * header of ours that matters is held by q authorities; two quorums share f+1 members, we are one of them and
 * (restored) one of the f faulty ones, so among the other f at most f-1 lie.
 */
export class Join {
  readonly #options: JoinOptions;
  readonly #heard = new Map<AuthorityIndex, OwnTraces>();
  /** The newest own header that anybody holds. */
  #newest: { readonly header: CarriedHeader; readonly holder: AuthorityIndex } | undefined;
  #done: boolean;
  /** Sequence of the newest own entry that the city knew when it last knew all, or that its store had. */
  readonly #knownSequence: number;
  /** Rounds in which nobody gave anything of the own entries that are missing. */
  #missing = { from: 0, to: 0, rounds: 0, isTold: false };

  constructor(options: JoinOptions) {
    this.#options = options;
    this.#done = options.done === true;
    const { self, lanes, before } = options;
    this.#knownSequence = self === undefined ? 0 : lanes.newestTip(self).sequence;
    const isUnfinished = before !== undefined && before.#options.self !== undefined && !before.#done;
    if (isUnfinished) this.#knownSequence = before.#knownSequence; // guard: R6 the end of an epoch does not hide that the store was old
  }

  get done(): boolean {
    return this.#done;
  }

  /** Asks those who have not answered yet, now and again. */
  ask(nowMs: number): void {
    const { others, fetcher, outbox, context } = this.#options;
    if (this.#done || others.length === 0) return;
    for (const other of others) {
      if (!this.#heard.has(other)) fetcher.askOnce(`status:${other}`, other, statusRequest());
    }
    this.#countMissing();
    outbox.timer('join', nowMs + context.genesis.parameters.resendMs);
  }

  hear(from: AuthorityIndex, status: Status): void {
    const { context, self } = this.#options;
    if (status.epoch !== BigInt(epochOf(context.genesis))) return; // guard: C12 what another epoch knows of us is not all there is
    const traces = self === undefined ? { newestHeader: undefined, votes: [] } : ownTraces(context, self, status);
    if (traces === undefined) return;
    this.#heard.set(from, traces);
    const header = traces.newestHeader;
    if (header !== undefined && header.sequence > (this.#newest?.header.sequence ?? 0)) {
      this.#newest = { header, holder: from };
    }
  }

  /** States the own entries that others hold and this city does not. */
  state(nowMs: number): void {
    const gap = this.#done ? undefined : this.#gap();
    if (gap === undefined) return;
    this.#options.fetcher.want(wantEntries(wantKey(gap.range), gap.range, [gap.holder], nowMs));
  }

  /**
   * The signature of an own entry is around, its bytes may be with nobody: then this city can never sign again without
   * forking its lane. It goes on asking, and an operator must know.
   */
  #countMissing(): void {
    const { others, fetcher, outbox, quorum } = this.#options;
    const gap = this.#gap();
    if (gap === undefined || this.#heard.size + 1 < quorum) return;
    const { from, to } = gap.range;
    if (this.#missing.from !== from || this.#missing.to !== to) this.#missing = { from, to, rounds: 0, isTold: false };
    const missing = this.#missing;
    missing.rounds += 1;
    const askedInVain = fetcher.triesOf(wantKey(gap.range));
    if (missing.isTold || missing.rounds < PATIENCE.rounds) return;
    if (askedInVain < Math.min(others.length, PATIENCE.cities)) return;
    missing.isTold = true;
    const what = from === to ? `entry ${from}` : `entries ${from} to ${to}`;
    const message = `This city signed ${what} of its lane before it was restored, and no city that was asked has the bytes. It signs nothing before somebody gives them; it goes on asking. Bring back a newer backup of its store, or the cities that are away.`;
    outbox.emit({ kind: 'alarm', error: { code: 'OWN_LANE_MISSING', message } });
  }

  /** Finishes when a quorum was heard and the own lane is as long as anybody knows it; undefined until then. */
  finish(voteKnown: (vote: VerifiedVote) => boolean): Joined | undefined {
    if (this.#done) return undefined;
    if (this.#heard.size + 1 < this.#options.quorum) return undefined; // guard: R6 a quorum is heard before anything is signed
    if (this.#gap() !== undefined) return undefined; // guard: R6 the own lane is fetched first
    let voteFloor = 0;
    for (const { votes } of this.#heard.values()) {
      for (const vote of votes) if (!voteKnown(vote)) voteFloor = Math.max(voteFloor, vote.statement.view);
    }
    this.#done = true;
    this.#options.outbox.timer('join', undefined);
    // Agreement may have brought the missing entries before anybody said that they are missing: this city signed none since.
    const { self, lanes } = this.#options;
    const laneWasShort = self !== undefined && lanes.newestTip(self).sequence > this.#knownSequence;
    return { voteFloor, restored: voteFloor > 0 || laneWasShort };
  }

  /** From the end of what is held to the newest own header that anybody holds. */
  #gap(): { range: EntryRange; holder: AuthorityIndex } | undefined {
    const { self, lanes } = this.#options;
    if (self === undefined) return undefined;
    const held = lanes.newestTip(self).sequence;
    const newest = this.#newest;
    if (newest === undefined || newest.header.sequence <= held) return undefined;
    const { sequence, digest } = newest.header;
    return { range: { lane: self, from: held + 1, to: sequence, digest, isNeeded: true }, holder: newest.holder };
  }
}
