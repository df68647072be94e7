import { equalBytes } from '../bytes.ts';
import type { BlockCheckpoint } from '../consensus/block.ts';
import type { BlockNode } from '../consensus/block-tree.ts';
import type { Ledger } from '../ledger/index.ts';

/** Where receipts start: a finalization, its block, and the height that the block's checkpoint is about. */
export interface ProofBase {
  readonly finalization: Uint8Array;
  readonly block: Uint8Array;
  readonly checkpointHeight: number;
}

export type CheckpointVerdict = 'proven' | 'diverged' | 'waiting';

/** C11: follows final checkpoints, compares them with the own state, and keeps the state that receipts prove. */
export class ProofKeeper {
  readonly #ledger: Ledger;
  #base: ProofBase | undefined;
  #candidate: (ProofBase & { readonly checkpoint: BlockCheckpoint }) | undefined;

  constructor(ledger: Ledger, base: ProofBase | undefined) {
    this.#ledger = ledger;
    this.#base = base;
  }

  get base(): ProofBase | undefined {
    return this.#base;
  }

  /** Own executed state at a height, as a block would carry it. */
  checkpointAt(height: number): BlockCheckpoint | undefined {
    const state = this.#ledger.checkpoint(height);
    if (state === undefined) return undefined;
    const { historySize, historyRoot, stateRoot } = state;
    return { height, historySize, historyRoot, stateRoot, nextAuthoritySet: new Uint8Array(0) };
  }

  /** Whether a checkpoint contradicts the own state at its height; one that is not executed here does not. */
  contradicts(checkpoint: BlockCheckpoint): boolean {
    const own = this.checkpointAt(checkpoint.height);
    return own !== undefined && !sameState(own, checkpoint);
  }

  onFinal({ block }: BlockNode, finalization: Uint8Array): void {
    if (block === undefined) return;
    const { checkpoint } = block;
    this.#candidate = { finalization, block: block.bytes, checkpointHeight: checkpoint.height, checkpoint };
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
    const { finalization, block, checkpointHeight } = candidate;
    this.#base = { finalization, block, checkpointHeight };
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
