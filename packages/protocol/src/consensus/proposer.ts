import type { Parameters } from '../genesis/types.ts';
import type { Ballot } from './ballot.ts';
import type { BlockNode, BlockTree } from './block-tree.ts';
import type { SimplexPorts } from './ports.ts';
import type { Round } from './round.ts';
import type { RoundBook } from './round-book.ts';

/** Fraction of Δ that an empty block, which only carries a proof, waits for records to carry too. */
const PROOF_SHARE = 20;
/** Fraction of Δ that it waits for the state that it is to prove; with relays after Δ/10, most of 2Δ is left to the proposal. */
const EXECUTION_SHARE = 4;

/** C2: on what, when and what a leader proposes. */
export class Proposer {
  readonly #tree: BlockTree;
  readonly #rounds: RoundBook;
  readonly #ports: SimplexPorts;
  readonly #parameters: Parameters;
  readonly #ballot: Ballot | undefined;
  readonly #epoch: number;

  constructor(options: {
    tree: BlockTree;
    rounds: RoundBook;
    ports: SimplexPorts;
    parameters: Parameters;
    ballot: Ballot | undefined;
    epoch: number;
  }) {
    this.#tree = options.tree;
    this.#rounds = options.rounds;
    this.#ports = options.ports;
    this.#parameters = options.parameters;
    this.#ballot = options.ballot;
    this.#epoch = options.epoch;
  }

  /** The highest notarized block below a view, with nullifications for all views between; undefined while one is missing. */
  highestNotarized(view: number): BlockNode | undefined {
    for (let below = view - 1; below > this.#tree.root.view; below--) {
      const round = this.#rounds.peek(below);
      const digest = round?.notarizedDigest;
      const node = digest === undefined ? undefined : this.#tree.node(digest);
      if (node !== undefined) return node;
      if (round?.nullification === undefined) return undefined; // guard: C2 all views in between are nullified
    }
    return this.#tree.root;
  }

  /** C8: something of ours or others is not final and proven yet. */
  hasWork(view: number): boolean {
    const tip = this.highestNotarized(view) ?? this.#tree.root;
    if (tip.sealed) return true; // C12: the seal is not final yet
    return tip.lastNonEmptyHeight > tip.checkpointHeight || this.#ports.isAheadOf(tip.cut);
  }

  /** Proposes in the own round, or sets the timer for it. True when it proposed. */
  propose(round: Round, nowMs: number, enteredAtMs: number): boolean {
    const parent = this.highestNotarized(round.view);
    if (parent === undefined || this.#ballot === undefined) return false;
    const dueMs = this.#dueMs(parent, nowMs, enteredAtMs);
    if (nowMs < dueMs) {
      this.#ports.setTimer('propose', dueMs);
      return false;
    }
    // C11: the newest own executed state, not beyond the parent, never behind the parent's checkpoint.
    const checkpoint = this.#ports.checkpointAt(Math.min(this.#ports.executedHeight(), parent.height));
    if (checkpoint === undefined || checkpoint.height < parent.checkpointHeight) return false;
    this.#ports.setTimer('propose', undefined);
    const proposal = this.#ballot.propose(round, {
      epoch: this.#epoch,
      view: round.view,
      height: parent.height + 1,
      parent: parent.digest,
      parentView: parent.view,
      timestampMs: Math.max(parent.timestampMs + 1, nowMs),
      advances: parent.sealed ? [] : this.#ports.collectAdvances(parent.cut),
      checkpoint,
    });
    this.#tree.add(proposal.block);
    return true;
  }

  /** At once when there is something to agree on, else after the idle interval. */
  #dueMs(parent: BlockNode, nowMs: number, enteredAtMs: number): number {
    const { deltaMs, idleIntervalMs } = this.#parameters;
    if (parent.sealed) return enteredAtMs + Math.ceil(deltaMs / PROOF_SHARE);
    if (this.#ports.isAheadOf(parent.cut)) return nowMs;
    if (parent.lastNonEmptyHeight <= parent.checkpointHeight) return enteredAtMs + idleIntervalMs;
    // The proof of what was agreed is still owed. A moment's patience lets it ride on the next records instead of a block
    // of its own (ADR 0009). It can be given once the parent's chain is final and executed: allow for that, then go on
    // anyway, because a block on top makes it final too.
    const provable = Math.min(this.#ports.executedHeight(), parent.height);
    const share = provable > parent.checkpointHeight ? PROOF_SHARE : EXECUTION_SHARE;
    return enteredAtMs + Math.ceil(deltaMs / share);
  }
}
