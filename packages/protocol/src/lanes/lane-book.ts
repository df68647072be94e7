import { equalBytes, toHex } from '../bytes.ts';
import type { Cut, LaneAdvance, Tip } from '../consensus/block.ts';
import { ZERO_DIGEST } from '../crypto/index.ts';
import { invariant } from '../errors.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import { limits } from '../limits.ts';
import { chainFrom } from './chain.ts';
import { addShare, type CutShare, fitsCut, NO_SHARE, shareOf } from './cut-share.ts';
import type { CarriedHeader, VerifiedEntry } from './header.ts';

export const EMPTY_TIP: Tip = { sequence: 0, digest: ZERO_DIGEST };

/**
 * R5: bytes of a lane above its finalized tip that are held unasked. An honest owner runs ahead of what it knows to be final by
 * `laneWindowBytes` at most, and may know of one final block more than this city does.
 */
const UNASKED_BYTES_MAX = limits.laneWindowBytes + limits.cutBytesMax;

/** How many headers below the finalized tip are remembered, so that a late fork is still noticed (R4). */
const REMEMBERED_HEADERS = 64;

interface LaneState {
  finalized: Tip;
  /** Of held entries above the finalized tip, all branches. */
  bytesAhead: number;
  /** Entries above the executed tip by digest. */
  readonly held: Map<string, VerifiedEntry>;
  /** Held entries by sequence, first seen first. */
  readonly bySequence: Map<number, VerifiedEntry[]>;
  /** Verified headers (held, announced or recently final) by sequence, first seen: what a fork is noticed against. */
  readonly headers: Map<number, CarriedHeader>;
  /** Newest entry without a gap above the finalized tip, on the branch seen first. */
  newest: Tip;
  /** Raised by every entry that is held or let go. */
  version: number;
}

/** What was found out about an advance while its lane was as it is. */
interface CheckedAdvance {
  readonly from: Tip;
  readonly advance: LaneAdvance;
  readonly version: number;
  readonly check: AdvanceCheck;
}

function emptyLane(): LaneState {
  return {
    finalized: EMPTY_TIP,
    bytesAhead: 0,
    held: new Map(),
    bySequence: new Map(),
    headers: new Map(),
    newest: EMPTY_TIP,
    version: 0,
  };
}

/** Never written to. */
const UNTOUCHED: LaneState = emptyLane();

/** What a block's advance of a lane needs. `share`: of what is held of it, from its tip downwards. */
export type AdvanceCheck =
  | { readonly kind: 'held'; readonly share: CutShare }
  | {
      readonly kind: 'missing';
      readonly share: CutShare;
      readonly from: number;
      readonly to: number;
      readonly digest: Uint8Array;
    }
  | { readonly kind: 'invalid' };

/**
 * All lanes as this city holds them above what it has executed: a small tree of verified entries per lane, because a
 * lane may fork (R4) and the cut decides which branch counts.
 */
export class LaneBook {
  readonly #lanes: LaneState[];
  /** By the digest of the tip that an advance names. */
  readonly #checked = new WeakMap<Uint8Array, CheckedAdvance>();
  #version = 0;

  constructor(laneCount: number) {
    this.#lanes = new Array<LaneState>(laneCount).fill(UNTOUCHED);
  }

  /** Raised by every entry and header that becomes known or is let go: what was asked before may be answered anew. */
  get version(): number {
    return this.#version;
  }

  #lane(lane: AuthorityIndex): LaneState {
    const state = this.#lanes[lane];
    invariant(state !== undefined, `lane ${lane} exists`);
    return state;
  }

  /** The state of a lane that is about to change: most lanes of hundreds are quiet, and share one until then. */
  #touch(lane: AuthorityIndex): LaneState {
    const state = this.#lane(lane);
    if (state !== UNTOUCHED) return state;
    const touched = emptyLane();
    this.#lanes[lane] = touched;
    return touched;
  }

  finalizedTip(lane: AuthorityIndex): Tip {
    return this.#lane(lane).finalized;
  }

  /** Newest entry held without a gap above the finalized tip, on the branch seen first. */
  newestTip(lane: AuthorityIndex): Tip {
    return this.#lane(lane).newest;
  }

  /** The newest tips of all lanes that have one. */
  newestTips(): LaneAdvance[] {
    const tips: LaneAdvance[] = [];
    for (let lane = 0; lane < this.#lanes.length; lane++) {
      const { newest } = this.#lane(lane);
      if (newest.sequence > 0) tips.push({ lane, ...newest });
    }
    return tips;
  }

  holds(lane: AuthorityIndex, digest: Uint8Array): boolean {
    return this.#lane(lane).held.has(toHex(digest));
  }

  get(lane: AuthorityIndex, digest: Uint8Array): VerifiedEntry | undefined {
    return this.#lane(lane).held.get(toHex(digest));
  }

  /** The verified header seen first at a sequence, if it is remembered. */
  headerAt(lane: AuthorityIndex, sequence: number): CarriedHeader | undefined {
    return this.#lane(lane).headers.get(sequence);
  }

  /** R5: whether a sequence is within the window above the finalized tip. */
  withinWindow(lane: AuthorityIndex, sequence: number): boolean {
    return sequence <= this.#lane(lane).finalized.sequence + limits.laneWindowEntries;
  }

  /** R5: whether an entry that no block names may be held: lanes that a liar runs ahead fill no memory. */
  hasRoom(lane: AuthorityIndex, { sequence, byteLength }: Pick<CarriedHeader, 'sequence' | 'byteLength'>): boolean {
    const { finalized, bytesAhead } = this.#lane(lane);
    return sequence <= finalized.sequence || bytesAhead + byteLength <= UNASKED_BYTES_MAX;
  }

  /** Remembers a verified header. Returns the other header when this one forks the lane (R4). */
  noteHeader(header: CarriedHeader): CarriedHeader | undefined {
    const { headers } = this.#touch(header.lane);
    const known = headers.get(header.sequence);
    if (known === undefined) {
      headers.set(header.sequence, header);
      this.#version += 1;
      return undefined;
    }
    return equalBytes(known.digest, header.digest) ? undefined : known;
  }

  /** Holds a verified entry. */
  hold(entry: VerifiedEntry): void {
    const { lane, sequence, digest } = entry.header;
    const state = this.#touch(lane);
    const hex = toHex(digest);
    if (state.held.has(hex)) return;
    state.held.set(hex, entry);
    this.#changed(state);
    if (sequence > state.finalized.sequence) state.bytesAhead += entry.header.byteLength;
    const siblings = state.bySequence.get(sequence);
    if (siblings === undefined) state.bySequence.set(sequence, [entry]);
    else siblings.push(entry);
    state.newest = this.#extend(state, state.newest);
  }

  /** R5: entries and bytes that the lane is ahead of its finalized tip, on the branch seen first. */
  ahead(lane: AuthorityIndex): { entries: number; bytes: number } {
    const state = this.#lane(lane);
    let bytes = 0;
    let tip = state.finalized;
    for (let next = this.#child(state, tip); next !== undefined; next = this.#child(state, tip)) {
      bytes += next.header.byteLength;
      tip = next.header;
    }
    return { entries: tip.sequence - state.finalized.sequence, bytes };
  }

  /** Whether some lane can be advanced beyond a cut with what is held. */
  isAheadOf(cut: Cut, skip: (lane: AuthorityIndex) => boolean): boolean {
    return this.#lanes.some((state, lane) => !skip(lane) && this.#child(state, cut[lane] ?? EMPTY_TIP) !== undefined);
  }

  /**
   * C2: the advances a leader proposes on a parent's cut: every lane up to the newest entry held, within the caps of a
   * cut. Lanes take turns, one entry each: the leader's own first, so that every lane gets on in its owner's views at
   * the latest, then those with the smallest entries, so that a few busy lanes cannot keep the quiet ones out.
   */
  collectAdvances(cut: Cut, skip: (lane: AuthorityIndex) => boolean, leader: AuthorityIndex): LaneAdvance[] {
    const tips = cut.map((tip) => tip);
    const moved = new Set<AuthorityIndex>();
    let share = NO_SHARE;
    let open = this.#inTurn(cut, skip, leader);
    while (open.length > 0) {
      const stillOpen: AuthorityIndex[] = [];
      for (const lane of open) {
        const tip = tips[lane] as Tip;
        const next = this.#child(this.#lane(lane), tip);
        if (next === undefined || !fitsCut(addShare(share, shareOf(next)))) continue;
        if (tip.sequence >= (cut[lane] as Tip).sequence + limits.laneWindowEntries) continue; // R5
        share = addShare(share, shareOf(next));
        tips[lane] = { sequence: next.header.sequence, digest: next.header.digest };
        moved.add(lane);
        stillOpen.push(lane);
      }
      open = stillOpen;
    }
    return [...moved].sort((a, b) => a - b).map((lane) => ({ lane, ...(tips[lane] as Tip) }));
  }

  /** Lanes that can be advanced, in the order of their turns. */
  #inTurn(cut: Cut, skip: (lane: AuthorityIndex) => boolean, leader: AuthorityIndex): AuthorityIndex[] {
    const lanes = this.#lanes.flatMap((state, lane) => {
      const next = skip(lane) ? undefined : this.#child(state, cut[lane] as Tip);
      return next === undefined ? [] : [{ lane, bytes: lane === leader ? 0 : next.header.byteLength }];
    });
    return lanes.sort((a, b) => a.bytes - b.bytes).map(({ lane }) => lane);
  }

  /**
   * C3: whether an advance extends the parent's tip by entries that are all held and verified. Asked after every entry
   * that arrives while something is missing: as long as the lane does not change, its entries are not walked again.
   */
  checkAdvance(from: Tip, advance: LaneAdvance): AdvanceCheck {
    const state = this.#lane(advance.lane);
    const known = this.#checked.get(advance.digest);
    if (known?.version === state.version && isSameStep(known, from, advance)) return known.check;
    const check = this.#walk(state, from, advance);
    this.#checked.set(advance.digest, { from, advance, version: state.version, check });
    return check;
  }

  #walk(state: LaneState, from: Tip, advance: LaneAdvance): AdvanceCheck {
    if (advance.sequence <= from.sequence) return { kind: 'invalid' };
    let share = NO_SHARE;
    let digest: Uint8Array = advance.digest;
    for (let sequence = advance.sequence; sequence > from.sequence; sequence--) {
      const entry = state.held.get(toHex(digest));
      if (entry === undefined) return { kind: 'missing', share, from: from.sequence + 1, to: sequence, digest };
      if (entry.header.sequence !== sequence) return { kind: 'invalid' };
      share = addShare(share, shareOf(entry));
      digest = entry.header.previous;
    }
    return equalBytes(digest, from.digest) ? { kind: 'held', share } : { kind: 'invalid' };
  }

  /**
   * From where on to ask for the entries up to `to`, which is missing: the lowest sequence from `from` on above which
   * nothing is known, so that whatever is answered there is the first of its sequence. Where another branch is known,
   * entries are asked for one by one, each named by the one above it (R4).
   */
  firstUnknown(lane: AuthorityIndex, from: number, to: number): number {
    const { headers, bySequence } = this.#lane(lane);
    for (let sequence = to - 1; sequence >= from; sequence--) {
      if (headers.has(sequence) || bySequence.has(sequence)) return sequence + 1;
    }
    return from;
  }

  /** Whether an entry of some branch is held at a sequence. */
  holdsAt(lane: AuthorityIndex, sequence: number): boolean {
    return this.#lane(lane).bySequence.has(sequence);
  }

  /** Newest verified header of a lane, held or only announced (R6). */
  newestHeader(lane: AuthorityIndex): CarriedHeader | undefined {
    let newest: CarriedHeader | undefined;
    for (const header of this.#lanes[lane]?.headers.values() ?? []) {
      if (newest === undefined || header.sequence > newest.sequence) newest = header;
    }
    return newest;
  }

  /** The entries of an advance in ascending sequence; all must be held. */
  entriesOf(from: Tip, advance: LaneAdvance): VerifiedEntry[] {
    const state = this.#lane(advance.lane);
    const entries: VerifiedEntry[] = [];
    let digest: Uint8Array = advance.digest;
    for (let sequence = advance.sequence; sequence > from.sequence; sequence--) {
      const entry = state.held.get(toHex(digest));
      invariant(entry !== undefined, 'an executed advance is held');
      entries.push(entry);
      digest = entry.header.previous;
    }
    return entries.reverse();
  }

  /** A cut became final: moves the window. Entries stay held until they are executed. */
  finalize(advances: readonly LaneAdvance[]): void {
    for (const { lane, sequence, digest } of advances) {
      const state = this.#touch(lane);
      for (let passed = state.finalized.sequence + 1; passed <= sequence; passed++) {
        for (const { header } of state.bySequence.get(passed) ?? []) state.bytesAhead -= header.byteLength;
      }
      state.finalized = { sequence, digest };
      this.#version += 1; // there may be room again
      if (!this.#isOnBranch(state, state.newest, state.finalized)) state.newest = state.finalized;
      state.newest = this.#extend(state, state.newest);
      for (const remembered of state.headers.keys()) {
        if (remembered + REMEMBERED_HEADERS < sequence) state.headers.delete(remembered);
      }
    }
  }

  /** Forgets executed entries of a lane, and branches that lost (R4). Returns the losers, to be deleted. */
  release(lane: AuthorityIndex, executed: readonly VerifiedEntry[]): VerifiedEntry[] {
    const state = this.#touch(lane);
    const losers: VerifiedEntry[] = [];
    for (const entry of executed) {
      for (const sibling of state.bySequence.get(entry.header.sequence) ?? []) {
        state.held.delete(toHex(sibling.header.digest));
        if (sibling !== entry) losers.push(sibling);
      }
      state.bySequence.delete(entry.header.sequence);
    }
    this.#changed(state);
    return losers;
  }

  /**
   * Forgets what is held of a lane above its finalized tip, on whatever branch, but the entries that lead to the given tips.
   * Returns what was forgotten, to be deleted.
   */
  releaseAhead(lane: AuthorityIndex, kept: readonly Tip[]): VerifiedEntry[] {
    const state = this.#lane(lane);
    if (state.held.size === 0) return [];
    const leading = new Set<VerifiedEntry>();
    for (const tip of kept) {
      let entry = state.held.get(toHex(tip.digest));
      while (entry !== undefined && !leading.has(entry)) {
        leading.add(entry);
        entry = state.held.get(toHex(entry.header.previous));
      }
    }
    const released: VerifiedEntry[] = [];
    for (const [hex, entry] of state.held) {
      const { sequence, byteLength } = entry.header;
      if (sequence <= state.finalized.sequence || leading.has(entry)) continue;
      state.held.delete(hex);
      const siblings = (state.bySequence.get(sequence) ?? []).filter((sibling) => sibling !== entry);
      if (siblings.length === 0) state.bySequence.delete(sequence);
      else state.bySequence.set(sequence, siblings);
      state.bytesAhead -= byteLength;
      released.push(entry);
    }
    if (released.length === 0) return released;
    state.newest = this.#extend(state, state.finalized);
    this.#changed(state);
    return released;
  }

  /**
   * C12: a new epoch goes on from the sealed tips: all that is held and known above them is forgotten. `laneCount`: lanes
   * of the new set. Returns the entries that were held on the branch seen first, oldest first, and all others, by lane.
   */
  beginEpoch(
    laneCount: number,
  ): { readonly lane: AuthorityIndex; readonly branch: VerifiedEntry[]; readonly all: VerifiedEntry[] }[] {
    while (this.#lanes.length < laneCount) this.#lanes.push(UNTOUCHED);
    const forgotten: { lane: AuthorityIndex; branch: VerifiedEntry[]; all: VerifiedEntry[] }[] = [];
    this.#lanes.forEach((state, lane) => {
      if (state === UNTOUCHED) return;
      const all = [...state.held.values()].filter(({ header }) => header.sequence > state.finalized.sequence);
      const branch = chainFrom(state.finalized, all);
      for (const { header } of all) {
        state.held.delete(toHex(header.digest));
        state.bySequence.delete(header.sequence);
      }
      // A header of the new epoch at the same place is no fork of one that was dropped.
      for (const sequence of [...state.headers.keys()]) {
        if (sequence > state.finalized.sequence) state.headers.delete(sequence);
      }
      state.bytesAhead = 0;
      state.newest = state.finalized;
      this.#changed(state);
      if (all.length > 0) forgotten.push({ lane, branch, all });
    });
    return forgotten;
  }

  /** Sets the finalized tip after a restart. */
  restoreFinalized(lane: AuthorityIndex, tip: Tip): void {
    if (tip.sequence === 0) return;
    const state = this.#touch(lane);
    state.finalized = tip;
    state.newest = this.#extend(state, tip);
  }

  #changed(state: LaneState): void {
    state.version += 1;
    this.#version += 1;
  }

  #child(state: LaneState, tip: Tip): VerifiedEntry | undefined {
    return state.bySequence
      .get(tip.sequence + 1)
      ?.find((candidate) => equalBytes(candidate.header.previous, tip.digest));
  }

  #extend(state: LaneState, tip: Tip): Tip {
    let newest = tip;
    for (let next = this.#child(state, newest); next !== undefined; next = this.#child(state, newest)) {
      newest = { sequence: next.header.sequence, digest: next.header.digest };
    }
    return newest;
  }

  /** Whether `tip` is `ancestor` or descends from it through held entries. */
  #isOnBranch(state: LaneState, tip: Tip, ancestor: Tip): boolean {
    let { sequence, digest }: Tip = tip;
    while (sequence > ancestor.sequence) {
      const entry = state.held.get(toHex(digest));
      if (entry === undefined) return false;
      sequence -= 1;
      digest = entry.header.previous;
    }
    return sequence === ancestor.sequence && equalBytes(digest, ancestor.digest);
  }
}

function isSameStep({ from, advance }: CheckedAdvance, otherFrom: Tip, other: LaneAdvance): boolean {
  return (
    advance.lane === other.lane &&
    advance.sequence === other.sequence &&
    from.sequence === otherFrom.sequence &&
    equalBytes(from.digest, otherFrom.digest)
  );
}
