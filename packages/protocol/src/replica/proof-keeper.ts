import { equalBytes } from '../bytes.ts';
import type { BlockCheckpoint } from '../consensus/block.ts';
import type { BlockNode } from '../consensus/block-tree.ts';
import type { Digest, Domains } from '../crypto/index.ts';
import { authoritySetDigest } from '../genesis/authority-set.ts';
import type { Ledger } from '../ledger/index.ts';

/** Where receipts start: a finalization, its block, and the height that the block's checkpoint is about. */
export interface ProofBase {
  readonly finalization: Uint8Array;
  readonly block: Uint8Array;
  readonly checkpointHeight: number;
  /** C12: of the block; a receipt needs the seals of all before it. */
  readonly epoch: number;
}

const NOT_DECIDED = new Uint8Array(0);

export type CheckpointVerdict = 'proven' | 'diverged' | 'waiting';

/** C11: follows final checkpoints, compares them with the own state, and keeps the state that receipts prove. */
export class ProofKeeper {
  readonly #ledger: Ledger;
  readonly #domains: Domains;
  #epoch: number;
  /** C12: from which height on the state has the next set decided. */
  #decided: { readonly from: number; readonly digest: Digest } | undefined;
  #base: ProofBase | undefined;
  #candidate: (ProofBase & { readonly checkpoint: BlockCheckpoint }) | undefined;

  constructor(ledger: Ledger, domains: Domains, base: ProofBase | undefined, epoch: number) {
    this.#ledger = ledger;
    this.#domains = domains;
    this.#epoch = epoch;
    this.#base = base;
  }

  get base(): ProofBase | undefined {
    return this.#base;
  }

  /** C12: a new epoch, in which nothing is decided yet. */
  beginEpoch(epoch: number): void {
    this.#epoch = epoch;
    this.#decided = undefined;
  }

  /** Own executed state at a height, as a block of this epoch would carry it. */
  checkpointAt(height: number): BlockCheckpoint | undefined {
    const state = this.#ledger.checkpoint(height);
    if (state === undefined) return undefined;
    const { historySize, historyRoot, stateRoot } = state;
    return { height, historySize, historyRoot, stateRoot, nextAuthoritySet: this.#nextSetAt(height) };
  }

  /** C12: digest of the next set, once the state of a height has it decided. */
  #nextSetAt(height: number): Uint8Array {
    if (this.#decided === undefined) {
      const next = this.#ledger.genesisOf(this.#epoch + 1);
      if (next === undefined) return NOT_DECIDED;
      // Retained heights reach down to the newest final checkpoint; what was decided once stays so.
      let from = this.#ledger.height;
      while (this.#ledger.checkpoint(from - 1) !== undefined && this.#isDecidedAt(from - 1)) from -= 1;
      this.#decided = { from, digest: authoritySetDigest(this.#domains, next) };
    }
    return height >= this.#decided.from ? this.#decided.digest : NOT_DECIDED;
  }

  #isDecidedAt(height: number): boolean {
    return this.#ledger.changeOf(this.#epoch + 1, height) !== undefined;
  }

  /** Whether a checkpoint contradicts the own state at its height; one that is not executed here does not. */
  contradicts(checkpoint: BlockCheckpoint): boolean {
    const own = this.checkpointAt(checkpoint.height);
    return own !== undefined && !sameState(own, checkpoint);
  }

  onFinal({ block }: BlockNode, finalization: Uint8Array): void {
    if (block === undefined) return;
    const { checkpoint } = block;
    const { bytes, epoch } = block;
    this.#candidate = { finalization, block: bytes, checkpointHeight: checkpoint.height, epoch, checkpoint };
  }

  /** Looks at the newest final checkpoint once its height is executed here. */
  settle(): CheckpointVerdict {
    const candidate = this.#candidate;
    if (candidate === undefined) return 'waiting';
    const { checkpoint } = candidate;
    if (checkpoint.height > this.#ledger.height) {
      this.#forgetOldStates();
      return 'waiting';
    }
    this.#candidate = undefined;
    if (this.contradicts(checkpoint)) return 'diverged';
    const { finalization, block, checkpointHeight, epoch } = candidate;
    this.#base = { finalization, block, checkpointHeight, epoch };
    this.#ledger.prune(checkpointHeight);
    return 'proven';
  }

  /** While catching up nothing can be proven, and no old state is worth its memory. */
  #forgetOldStates(): void {
    this.#base = undefined;
    this.#ledger.prune(this.#ledger.height);
  }
}

function sameState(a: BlockCheckpoint, b: BlockCheckpoint): boolean {
  return (
    a.historySize === b.historySize && equalBytes(a.historyRoot, b.historyRoot) && equalBytes(a.stateRoot, b.stateRoot)
  );
}
