import { toHex } from '../bytes.ts';
import type { Cut, LaneAdvance, Tip } from '../consensus/block.ts';
import type { BlockNode } from '../consensus/block-tree.ts';
import { invariant } from '../errors.ts';
import { MEMBERSHIP_FAMILY } from '../families/index.ts';
import { EMPTY_TIP, type LaneBook, type VerifiedEntry } from '../lanes/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Write } from './effects.ts';
import type { EntryRange } from './entry-range.ts';
import { encodePlace, encodeTip, keys } from './keys.ts';
import type { Outbox } from './outbox.ts';

/** Entries of one piece: with full entries about what one reply may carry. */
const PIECE_ENTRIES = 12;
const PIECES_MAX = 3;
/** No digest: whichever branches the other city holds. */
const ANY_BRANCH = new Uint8Array(0);

/** Number of the piece that an entry belongs to: pieces do not move while a lane is fetched. */
export function pieceOf(sequence: number): number {
  return Math.floor(sequence / PIECE_ENTRIES);
}

/** A final block waiting for its lane bytes or its turn. */
interface QueuedBlock {
  readonly height: number;
  readonly timestampMs: number;
  readonly epoch: number;
  readonly advances: readonly LaneAdvance[];
}

/**
 * L1: executes final blocks in order, each as soon as all its entries are held. Voting never waits for it, and nothing
 * that is not final is executed.
 */
export class ExecutionQueue {
  readonly #ledger: Ledger;
  readonly #lanes: LaneBook;
  readonly #outbox: Outbox;
  #blocks: QueuedBlock[] = [];
  #executedCut: Tip[];
  #membershipChanged = false;
  /** Raised by every block that comes or goes. */
  #version = 0;
  /** Version of the lanes with which the oldest block could not be executed; undefined: none waits. */
  #stuckAt: number | undefined;
  /** What was missing when it was asked last: it is asked after every message, while many blocks wait. */
  #lacking: { readonly queue: number; readonly lanes: number; readonly ranges: readonly EntryRange[] } | undefined;

  constructor(ledger: Ledger, lanes: LaneBook, outbox: Outbox, executedCut: Cut) {
    this.#ledger = ledger;
    this.#lanes = lanes;
    this.#outbox = outbox;
    this.#executedCut = [...executedCut];
  }

  get length(): number {
    return this.#blocks.length;
  }

  executedTip(lane: number): Tip {
    return this.#executedCut[lane] ?? EMPTY_TIP;
  }

  push(node: BlockNode): void {
    invariant(node.block !== undefined, 'only the genesis block has no bytes, and it is never executed');
    const { epoch, advances } = node.block;
    this.#blocks.push({ height: node.height, timestampMs: node.timestampMs, epoch, advances });
    this.#version += 1;
  }

  /** Executes what can be executed. Returns the number of blocks. */
  run(): number {
    if (this.#stuckAt === this.#lanes.version) return 0;
    let count = 0;
    for (const block of this.#blocks) {
      const entries = this.#entriesOf(block);
      if (entries === undefined) break;
      this.#execute(block, entries);
      count += 1;
    }
    this.#stuckAt = this.#blocks.length === count ? undefined : this.#lanes.version;
    if (count === 0) return 0;
    this.#blocks = this.#blocks.slice(count);
    this.#version += 1;
    return count;
  }

  /** Whether a membership record was accepted since this was asked last: who is quarantined may have changed. */
  takeMembershipChange(): boolean {
    const changed = this.#membershipChanged;
    this.#membershipChanged = false;
    return changed;
  }

  /** What the next blocks lack, a few ranges per lane, looking at most `blocksMax` blocks ahead. */
  missing(blocksMax: number): readonly EntryRange[] {
    if (this.#blocks.length === 0) return [];
    const [queue, lanes] = [this.#version, this.#lanes.version];
    if (this.#lacking?.queue !== queue || this.#lacking.lanes !== lanes) {
      this.#lacking = { queue, lanes, ranges: this.#findMissing(blocksMax) };
    }
    return this.#lacking.ranges;
  }

  #findMissing(blocksMax: number): EntryRange[] {
    const targets = new Map<number, Tip>();
    for (const block of this.#blocks.slice(0, blocksMax)) {
      for (const advance of block.advances) targets.set(advance.lane, advance);
    }
    const ranges: EntryRange[] = [];
    for (const [lane, target] of targets) {
      const check = this.#lanes.checkAdvance(this.executedTip(lane), { lane, ...target });
      if (check.kind !== 'missing') continue;
      ranges.push(...this.#pieces(lane, check));
    }
    return ranges;
  }

  /**
   * A long range in pieces, a few at a time: the next ones are on their way while one is executed. The last piece is
   * always among them: it alone names its branch, so it gets on where another branch is known at every place (R4).
   */
  #pieces(lane: number, { from, to, digest }: Pick<EntryRange, 'from' | 'to' | 'digest'>): EntryRange[] {
    const pieces: EntryRange[] = [];
    const lastStart = Math.max(from, pieceOf(to) * PIECE_ENTRIES);
    for (let start = from; start < lastStart && pieces.length < PIECES_MAX - 1; ) {
      const end = pieceOf(start) * PIECE_ENTRIES + PIECE_ENTRIES - 1;
      const first = this.#lanes.firstUnknown(lane, start, end);
      if (first !== end || !this.#lanes.holdsAt(lane, end))
        pieces.push({ lane, from: first, to: end, digest: ANY_BRANCH, isNeeded: true });
      start = end + 1;
    }
    pieces.push({ lane, from: this.#lanes.firstUnknown(lane, lastStart, to), to, digest, isNeeded: true });
    return pieces;
  }

  #entriesOf(block: QueuedBlock): VerifiedEntry[][] | undefined {
    for (const advance of block.advances) {
      if (this.#lanes.checkAdvance(this.executedTip(advance.lane), advance).kind !== 'held') return undefined;
    }
    return block.advances.map((advance) => this.#lanes.entriesOf(this.executedTip(advance.lane), advance));
  }

  #execute(block: QueuedBlock, entries: readonly VerifiedEntry[][]): void {
    const flat = entries.flat();
    const executed = this.#ledger.execute({
      height: block.height,
      timestampMs: block.timestampMs,
      epoch: block.epoch,
      entries: flat.map((entry) => ({
        lane: entry.header.lane,
        sequence: entry.header.sequence,
        digest: entry.header.digest,
        // One entry's at a time, when their turn comes.
        get records() {
          return entry.records;
        },
      })),
    });
    const writes: Write[] = [{ key: keys.execution(block.height), value: executed.log }];
    flat.forEach(({ header }, index) => {
      const place = { height: block.height, historyIndex: executed.firstHistoryIndex + index };
      writes.push({ key: keys.place(header.lane, header.sequence), value: encodePlace(place) });
    });
    block.advances.forEach((advance, index) => {
      this.#executedCut[advance.lane] = { sequence: advance.sequence, digest: advance.digest };
      writes.push({ key: keys.executedTip(advance.lane), value: encodeTip(advance) });
      for (const loser of this.#lanes.release(advance.lane, entries[index] ?? [])) {
        writes.push({ key: keys.entry(advance.lane, loser.header.sequence, loser.header.digest), value: undefined });
      }
    });
    this.#membershipChanged ||= executed.outcomes.some(
      ({ family, rejected }) => family === MEMBERSHIP_FAMILY && rejected === undefined,
    );
    // The state after a block and its height commit together: both are in the execution log. A crash before the next
    // flush loses nothing, because executing again gives the same.
    this.#outbox.persist(writes, false);
    this.#outbox.emit({
      kind: 'executed',
      height: block.height,
      timestampMs: block.timestampMs,
      outcomes: executed.outcomes,
    });
  }
}

/** Key of a need for a lane's entries. */
export function laneWantKey(lane: number, digest: Uint8Array): string {
  return `lane:${lane}:${toHex(digest)}`;
}
