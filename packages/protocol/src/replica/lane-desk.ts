import { equalBytes } from '../bytes.ts';
import type { LaneAdvance, Tip } from '../consensus/block.ts';
import type { BlockNode } from '../consensus/block-tree.ts';
import { rejection } from '../error-codes.ts';
import { invariant, type Rejection } from '../errors.ts';
import type { Entry } from '../gen/hansa/v1/lane_pb.ts';
import { epochOf, isVoter } from '../genesis/authority-set.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import {
  addShare,
  type CarriedHeader,
  chainFrom,
  type DecodedEntry,
  decodeEntry,
  encodeEntry,
  fitsCut,
  fitsEntry,
  LaneBook,
  NO_SHARE,
  sealEntry,
  type VerifiedEntry,
} from '../lanes/index.ts';
import { limits } from '../limits.ts';
import { countActors } from '../records/index.ts';
import type { Misbehaviour, RecordLocation, Write } from './effects.ts';
import type { EntryRange } from './entry-range.ts';
import type { EvidenceDesk } from './evidence-desk.ts';
import { laneWantKey } from './execution-queue.ts';
import { type Fetcher, wantEntries } from './fetcher.ts';
import type { FrameReader } from './frame.ts';
import { keys } from './keys.ts';
import { encodeEntryMessage, forkEvidence } from './messages.ts';
import type { Outbox } from './outbox.ts';
import type { ProtocolContext, Verifier } from './verifier.ts';

/** An announced entry that has not arrived. */
interface Announced {
  readonly header: CarriedHeader;
  readonly from: AuthorityIndex;
  readonly atMs: number;
}

/** Lane bytes that the current proposal needs and that are not held. */
interface ProposalNeed {
  readonly key: string;
  readonly range: EntryRange;
  readonly leader: AuthorityIndex;
}

/** What a proposal's advances came to while the lanes were as they are. */
interface ExaminedProposal {
  readonly advances: readonly LaneAdvance[];
  readonly parent: BlockNode;
  /** Of the lane book. */
  readonly version: number;
  /** Since when it is looked at: its bytes are being pushed around then. */
  readonly sinceMs: number;
  readonly needs: readonly ProposalNeed[];
  readonly verdict: 'held' | 'missing' | 'invalid';
}

export interface LaneOwner {
  readonly index: AuthorityIndex;
  readonly laneSecret: Uint8Array;
}

export interface LaneDeskOptions {
  readonly context: ProtocolContext;
  readonly reader: FrameReader;
  readonly outbox: Outbox;
  readonly verifier: Verifier;
  readonly evidence: EvidenceDesk;
  readonly self: LaneOwner | undefined;
  /** The own lane, also while the city does not sign (C12). */
  readonly ownLane: AuthorityIndex | undefined;
  /** Sequence up to which a lane is executed; entries up to there are only looked at for forks. */
  readonly executedSequence: (lane: AuthorityIndex) => number;
  readonly isQuarantined: (authority: AuthorityIndex) => boolean;
}

/** Why an entry is looked at. */
interface Asked {
  /** R4: its digest was named, by a block, an announcement or the entry above it. */
  readonly isNamed: boolean;
  /** R5: see `EntryRange`. */
  readonly isNeeded: boolean;
}

const UNASKED: Asked = { isNamed: false, isNeeded: false };

/** Where entries come in, from other cities and from the own API, and where the own ones go out (R1-R5, G1). */
export class LaneDesk {
  readonly book: LaneBook;
  readonly #options: LaneDeskOptions;
  #reader: FrameReader;
  #self: LaneOwner | undefined;
  /** C12: own entries that an epoch ended without: they are sealed again. */
  #toSealAgain: readonly VerifiedEntry[] = [];
  readonly #announced = new Map<AuthorityIndex, Announced>();
  #proposalNeeds: readonly ProposalNeed[] = [];
  #examined: ExaminedProposal | undefined;
  #ownTip: { sequence: number; digest: Uint8Array } | undefined;
  #grew = false;

  constructor(options: LaneDeskOptions) {
    this.#options = options;
    this.#reader = options.reader;
    this.#self = options.self;
    this.book = new LaneBook(options.context.genesis.authorities.length);
  }

  /** Whether lanes grew since this was asked last. */
  takeGrowth(): boolean {
    const grew = this.#grew;
    this.#grew = false;
    return grew;
  }

  // --- entries of others -------------------------------------------------------------------------------------------

  /** Why the sender misbehaved, if so. */
  onEntry(nowMs: number, from: AuthorityIndex, entry: DecodedEntry): Misbehaviour | undefined {
    const { lane, sequence } = entry.header;
    if (!this.book.withinWindow(lane, sequence)) return undefined; // guard: R5 a lane runs ahead by a window at most
    const taken = this.#take(nowMs, entry, from, UNASKED);
    return typeof taken === 'string' ? taken : undefined;
  }

  /**
   * G1: what gossip passes on: a signed header that tells something new, with the records that it names while they are small,
   * or without. Of no use are entries beyond the window, executed or held ones, further branches of a fork that is
   * proven, and whatever a quarantined owner says.
   */
  judgeGossip(entry: DecodedEntry): 'accept' | 'ignore' | 'reject' {
    const { verifier, evidence, executedSequence, isQuarantined, context } = this.#options;
    const { header, records } = entry;
    const { lane, sequence } = header;
    if (records.length > 0 && header.byteLength > limits.inlineBytesMax) return 'reject'; // guard: G1 bulk is announced, not gossiped
    if (!isVoter(context.genesis, lane)) return 'ignore'; // guard: C12 who does not vote has no lane
    if (isQuarantined(lane)) return 'ignore'; // guard: G1 nobody waits for a quarantined owner
    if (!this.book.withinWindow(lane, sequence) || !this.book.hasRoom(lane, header)) return 'ignore'; // guard: G1 nor for what is beyond the window
    const known = this.book.headerAt(lane, sequence);
    const isFork = known !== undefined && !equalBytes(known.digest, header.digest);
    if (isFork && evidence.has(lane, 'lane-fork')) return 'ignore'; // guard: G1 one proof of a fork is enough
    if (!isFork && sequence <= executedSequence(lane)) return 'ignore'; // guard: G1 what is executed is known
    if (this.book.holds(lane, header.digest) || (known !== undefined && !isFork && records.length === 0))
      return 'ignore'; // guard: G1 what is held is known
    if (records.length > 0 && !this.#reader.verifyRecords(entry).ok) return 'reject'; // guard: G1 nothing unverified is forwarded
    return verifier.header(header) ? 'accept' : 'reject'; // guard: G1 only members' entries are forwarded
  }

  /**
   * Entries that were asked for; the window does not apply to them. Only what the request names is held: entries of
   * that range, and of a second branch only the one whose digest a block, or the entry above it, names (R4). So no
   * answer fills this city's memory. True when something is held that was not before; else why the sender misbehaved,
   * if so.
   */
  onReply(nowMs: number, from: AuthorityIndex, range: EntryRange, entries: readonly Entry[]): boolean | Misbehaviour {
    const { domains, genesis } = this.#options.context;
    let named = range.digest;
    const verdicts: (boolean | Misbehaviour)[] = [];
    const others: DecodedEntry[] = [];
    for (const message of [...entries].reverse()) {
      const entry = decodeEntry(domains, genesis, encodeEntryMessage(message));
      if (!entry.ok && entry.error.code === 'WRONG_EPOCH') continue; // guard: C12 what an epoch ended without is of no use
      if (!entry.ok) return 'malformed';
      const { lane, sequence, digest, previous } = entry.value.header;
      const wasAsked = lane === range.lane && sequence >= range.from && sequence <= range.to;
      if (!wasAsked) verdicts.push('wrong-reply');
      if (!wasAsked) continue; // guard: G2 a reply is held against what was asked
      if (!equalBytes(digest, named)) {
        others.push(entry.value);
        continue;
      }
      verdicts.push(this.#take(nowMs, entry.value, from, { isNamed: true, isNeeded: range.isNeeded }));
      if (this.book.holds(lane, digest)) named = previous;
    }
    // Ascending: where there is not room for all, no gap is left.
    for (const entry of others.reverse()) verdicts.push(this.#take(nowMs, entry, from, UNASKED));
    return verdicts.find((verdict) => typeof verdict === 'string') ?? verdicts.includes(true);
  }

  /** Verifies and holds an entry, or notes an announcement. True when it is held from now on; else why the sender misbehaved, if so. */
  #take(nowMs: number, entry: DecodedEntry, from: AuthorityIndex, asked: Asked): boolean | Misbehaviour {
    const { header } = entry;
    const { lane, sequence, digest } = header;
    if (this.book.holds(lane, digest)) return false;
    if (!isVoter(this.#options.context.genesis, lane)) return false; // guard: C12 who does not vote has no lane
    const executed = sequence <= this.#options.executedSequence(lane);
    const known = this.book.headerAt(lane, sequence);
    if (executed && known === undefined) return false;
    const isFork = known !== undefined && !equalBytes(known.digest, digest);
    if (isFork && !asked.isNamed && this.#options.evidence.has(lane, 'lane-fork')) return false; // guard: R4 one proof of a fork is enough
    if (!this.#options.verifier.header(header)) return 'wrong-signature'; // guard: R3 only the owner signs a lane
    const other = this.book.noteHeader(header);
    if (other !== undefined) this.#options.evidence.consider(forkEvidence(other, header)); // guard: R4 a fork is evidence
    if (executed) return false;
    if (other !== undefined && !asked.isNamed) return false; // guard: R4 a second branch is held only when a block names it
    if (this.#options.isQuarantined(lane) && !asked.isNamed) return false; // guard: R4 of a quarantined lane only what a block names is held
    const hasRoom = asked.isNeeded || this.book.hasRoom(lane, header);
    if (entry.records.length === 0 || !hasRoom) {
      this.#noteAnnouncement(nowMs, header, from);
      return false;
    }
    const verified = this.#reader.verifyRecords(entry);
    if (!verified.ok) return 'wrong-records'; // guard: R3 the records hash to the root
    this.#hold(verified.value, false);
    return true;
  }

  #hold(entry: VerifiedEntry, flush: boolean): void {
    const { lane, sequence, digest } = entry.header;
    // Others' entries need no flush of their own: the vote that relies on them is flushed later, and all before it.
    this.#options.outbox.persist([{ key: keys.entry(lane, sequence, digest), value: entry.bytes }], flush);
    this.book.hold(entry);
    this.#grew = true;
  }

  /**
   * R4: no honest leader advances a quarantined lane, so what is ahead there is kept only as long as a block names it. The own
   * lane stays: nobody else may have it.
   */
  releaseQuarantined(lane: AuthorityIndex, named: readonly Tip[]): void {
    if (lane === this.#options.ownLane) return; // guard: R6 the own lane is never forgotten
    const writes = this.book
      .releaseAhead(lane, named)
      .map(({ header }) => ({ key: keys.entry(lane, header.sequence, header.digest), value: undefined }));
    this.#options.outbox.persist(writes, false);
    this.#announced.delete(lane);
  }

  #noteAnnouncement(nowMs: number, header: CarriedHeader, from: AuthorityIndex): void {
    const known = this.#announced.get(header.lane);
    if (known === undefined || header.sequence > known.header.sequence) {
      this.#announced.set(header.lane, { header, from, atMs: nowMs });
    }
  }

  // --- own entries -------------------------------------------------------------------------------------------------

  /** R6: signing starts from here. */
  startSigning(nowMs: number): void {
    const self = this.#self;
    if (self === undefined) return;
    this.#ownTip = this.book.newestTip(self.index);
    this.#sealAgain(nowMs, self);
  }

  /**
   * C12: a new epoch goes on from the sealed tips. Entries above them are dropped, everybody's; the own ones are sealed
   * again, by whoever this city is now, in the same order: so each record stands where it was said to stand, and its
   * requestId has one effect (R2).
   */
  beginEpoch(reader: FrameReader, self: LaneOwner | undefined): void {
    const { context, outbox, ownLane } = this.#options;
    this.#reader = reader;
    this.#self = self;
    this.#ownTip = undefined;
    this.#announced.clear();
    this.#proposalNeeds = [];
    this.#examined = undefined;
    for (const { lane, branch, all } of this.book.beginEpoch(context.genesis.authorities.length)) {
      if (lane === ownLane)
        this.#toSealAgain = branch; // guard: C12 nothing that was acknowledged is lost
      else outbox.persist(all.map(deletion), false);
    }
  }

  /** The same after a restart: entries above the sealed tips that are of the epoch before. */
  restoreDropped(entries: readonly VerifiedEntry[]): void {
    const { ownLane, outbox } = this.#options;
    const own = entries.filter(({ header }) => header.lane === ownLane);
    this.#toSealAgain = own[0] === undefined ? [] : chainFrom(this.book.finalizedTip(own[0].header.lane), own);
    outbox.persist(entries.filter(({ header }) => header.lane !== ownLane).map(deletion), false);
  }

  #sealAgain(nowMs: number, self: LaneOwner): void {
    const again = this.#toSealAgain;
    this.#toSealAgain = [];
    const digests: Uint8Array[] = [];
    for (const dropped of again) {
      // One batch with the entry that replaces it: after a crash there is one of the two.
      this.#options.outbox.persist([deletion(dropped)], true);
      digests.push(this.#sealNext(nowMs, self, dropped.records).digest);
    }
    for (const digest of digests) this.spread(self.index, digest);
  }

  /** Seals records into the next own entry, makes it durable and sends it out. */
  seal(
    nowMs: number,
    records: readonly Uint8Array[],
  ): { readonly first: RecordLocation; readonly digest: Uint8Array } | Rejection {
    const { context } = this.#options;
    const self = this.#self;
    const retryAfterMs = context.genesis.parameters.deltaMs;
    if (self === undefined) {
      return rejection(this.#options.ownLane === undefined ? 'OBSERVER_READ_ONLY' : 'NO_LONGER_VOTING');
    }
    if (this.#ownTip === undefined) {
      const message = 'The city is still asking the others for its newest signatures; try again.';
      return { code: 'NOT_JOINED', message, retryAfterMs }; // guard: R6 nothing is signed before the others were asked
    }
    if (this.#options.isQuarantined(self.index)) return rejection('AUTHORITY_QUARANTINED'); // guard: C10 a quarantined city seals nothing
    const byteLength = records.reduce((sum, record) => sum + record.length, 0);
    if (!fitsEntry(records, byteLength)) {
      const message = `A batch has 1 to ${limits.entryRecordsMax} records of 1 to ${limits.recordBytesMax} bytes and at most ${limits.entryBytesMax} bytes in all; split it.`;
      return { code: 'BATCH_SIZE', message };
    }
    if (countActors(records) > limits.entrySignaturesMax) {
      const message = `The records of a batch have at most ${limits.entrySignaturesMax} actor signatures in all; split it.`;
      return { code: 'BATCH_SIZE', message }; // guard: C3 an own entry fits a cut
    }
    const ahead = this.book.ahead(self.index);
    if (ahead.entries >= limits.laneWindowEntries || ahead.bytes + byteLength > limits.laneWindowBytes) {
      const message = 'The lane is too far ahead of what is final; try again later.';
      return { code: 'LANE_WINDOW_FULL', message, retryAfterMs }; // guard: R5 back-pressure
    }
    return this.#sealNext(nowMs, self, records);
  }

  #sealNext(
    nowMs: number,
    self: LaneOwner,
    records: readonly Uint8Array[],
  ): { readonly first: RecordLocation; readonly digest: Uint8Array } {
    const { context } = this.#options;
    invariant(this.#ownTip !== undefined, 'nothing is sealed before the city joined');
    const position = {
      lane: self.index,
      sequence: this.#ownTip.sequence + 1,
      previous: this.#ownTip.digest,
      createdAtMs: nowMs,
      epoch: epochOf(context.genesis),
    };
    const entry = sealEntry(context.crypto, context.domains, self.laneSecret, position, records);
    const { digest } = entry.header;
    this.#ownTip = { sequence: position.sequence, digest };
    this.book.noteHeader(entry.header);
    this.#hold(entry, true); // C9: durable before anybody sees it
    return { first: { lane: self.index, sequence: position.sequence, position: 0 }, digest };
  }

  /** C7: what is not final may never have reached those who should propose it: the newest own header is said again. */
  announceAgain(): void {
    const { outbox } = this.#options;
    const self = this.#self;
    if (self === undefined || this.#ownTip === undefined) return;
    if (this.#ownTip.sequence <= this.book.finalizedTip(self.index).sequence) return;
    const header = this.book.headerAt(self.index, this.#ownTip.sequence);
    if (header !== undefined) outbox.broadcast('entry', encodeEntry(header, [])); // guard: C7 own entries are announced again
  }

  /** G1: small entries ride inside the gossip; bulk is announced there and pushed on the direct streams. */
  spread(lane: AuthorityIndex, digest: Uint8Array): void {
    const entry = this.book.get(lane, digest);
    if (entry === undefined) return;
    const { outbox } = this.#options;
    if (entry.header.byteLength <= limits.inlineBytesMax) {
      outbox.publish('lanes', 'entry', entry.bytes);
    } else {
      outbox.broadcast('entry', entry.bytes, 'entries');
      outbox.publish('lanes', 'entry', encodeEntry(entry.header, []));
    }
  }

  // --- what a proposal needs ---------------------------------------------------------------------------------------

  /**
   * C3: whether all bytes that a block adds to its parent's cut are held, extend it, and are within the cap. Asked again
   * and again while a proposal waits: the answer is found anew only when some lane has changed, so that a block of many
   * lanes, of which one never comes, costs no more than any other.
   */
  checkAdvances(
    nowMs: number,
    advances: readonly LaneAdvance[],
    parent: BlockNode,
    leader: AuthorityIndex,
  ): 'held' | 'missing' | 'invalid' {
    const { version } = this.book;
    let examined = this.#examined;
    if (examined?.advances !== advances || examined.parent !== parent || examined.version !== version) {
      const needs: ProposalNeed[] = [];
      const sinceMs = examined?.advances === advances ? examined.sinceMs : nowMs;
      const verdict = this.#examine(advances, parent, leader, needs);
      examined = { advances, parent, version, sinceMs, needs: verdict === 'missing' ? needs : [], verdict };
      this.#examined = examined;
    }
    this.#proposalNeeds = examined.needs;
    return examined.verdict;
  }

  #examine(
    advances: readonly LaneAdvance[],
    parent: BlockNode,
    leader: AuthorityIndex,
    needs: ProposalNeed[],
  ): 'held' | 'missing' | 'invalid' {
    let share = NO_SHARE;
    for (const advance of advances) {
      if (!isVoter(this.#options.context.genesis, advance.lane)) return 'invalid'; // guard: C12 who does not vote has no lane
      const from = parent.cut[advance.lane];
      if (from === undefined) return 'invalid';
      if (advance.sequence > from.sequence + limits.laneWindowEntries) return 'invalid'; // guard: R5 a block advances a lane by a window at most
      const check = this.book.checkAdvance(from, advance);
      if (check.kind === 'invalid') return 'invalid'; // guard: C3 every advanced tip extends the parent's
      share = addShare(share, check.share);
      if (check.kind !== 'missing') continue;
      const range = this.#needed(advance.lane, check);
      needs.push({ key: laneWantKey(range.lane, range.digest), range, leader });
    }
    // Judged by what is held of it already: no more is fetched of a cut that is too large.
    if (!fitsCut(share)) return 'invalid'; // guard: C3 bytes, records and signatures of a cut are capped
    return needs.length > 0 ? 'missing' : 'held';
  }

  /** What to ask for: downwards one by one where there is no room for entries that nothing names yet. */
  #needed(lane: AuthorityIndex, { from, to, digest }: Pick<EntryRange, 'from' | 'to' | 'digest'>): EntryRange {
    const hasRoom = this.book.hasRoom(lane, { sequence: to, byteLength: limits.entryBytesMax });
    return { lane, from: hasRoom ? this.book.firstUnknown(lane, from, to) : to, to, digest, isNeeded: true };
  }

  forgetProposalNeeds(): void {
    this.#proposalNeeds = [];
  }

  /** States the lane bytes that a proposal or an announcement names and nobody has pushed yet. */
  state(fetcher: Fetcher, nowMs: number): void {
    // What was announced is usually being pushed at this moment: ask only when it does not come.
    const graceMs = Math.ceil(this.#options.context.genesis.parameters.deltaMs / 8);
    for (const { key, range, leader } of this.#proposalNeeds) {
      const sinceMs = this.#examined?.sinceMs ?? nowMs;
      fetcher.want(wantEntries(key, range, [leader, range.lane], sinceMs + graceMs));
    }
    for (const [lane, { header, from, atMs }] of this.#announced) {
      const newest = this.book.newestTip(lane).sequence;
      if (newest >= header.sequence) {
        this.#announced.delete(lane);
        continue;
      }
      if (!this.book.hasRoom(lane, header)) continue; // R5: when finality has made room
      const range = { lane, from: newest + 1, to: header.sequence, digest: header.digest, isNeeded: false };
      fetcher.want(wantEntries(`lane:${lane}:announced`, range, [from, lane], atMs + graceMs));
    }
  }
}

function deletion({ header }: VerifiedEntry): Write {
  return { key: keys.entry(header.lane, header.sequence, header.digest), value: undefined };
}
