import { equalBytes } from '../bytes.ts';
import type { Digest } from '../crypto/index.ts';

/** A final block's place. */
export interface FinalBlock {
  readonly view: number;
  readonly digest: Digest;
}

/** Final blocks that are remembered: a part of the federation that went another way is noticed when it is heard again. */
export const FINAL_BLOCKS_REMEMBERED = 256;

/** The newest final blocks without a gap: what late certificates are held against (C6). */
export class FinalChain {
  /** By view, oldest first. */
  readonly #digests = new Map<number, Digest>();
  #oldest: number;

  /** `blocks`: one on the other, at least the newest. */
  constructor(blocks: readonly FinalBlock[]) {
    this.#oldest = blocks[0]?.view ?? 0;
    this.extend(blocks);
  }

  extend(blocks: readonly FinalBlock[]): void {
    for (const { view, digest } of blocks) this.#digests.set(view, digest);
    for (const view of this.#digests.keys()) {
      if (this.#digests.size <= FINAL_BLOCKS_REMEMBERED) break;
      this.#digests.delete(view);
    }
    this.#oldest = this.#digests.keys().next().value ?? this.#oldest;
  }

  /** Whether another block of this view is final. Views that are not remembered, or not final yet, exclude nothing. */
  hasOther({ view, digest }: FinalBlock): boolean {
    const known = this.#digests.get(view);
    return known !== undefined && !equalBytes(known, digest);
  }

  /** Whether this block cannot be final: its view was passed by without it. `newest`: the newest final view. */
  passedBy(block: FinalBlock, newest: number): boolean {
    if (block.view < this.#oldest || block.view > newest) return false;
    return this.hasOther(block) || !this.#digests.has(block.view);
  }
}
