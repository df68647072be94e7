import type { BlockNode } from '../consensus/block-tree.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import { keys } from './keys.ts';
import type { Outbox } from './outbox.ts';
import { encodeSeal, type SealRecord } from './seal.ts';

/** C12: keeps the proof of the newest seal, and shows it to whoever has not heard that its epoch is over. */
export class SealDesk {
  readonly #outbox: Outbox;
  readonly #againMs: number;
  #newest: SealRecord | undefined;
  /** When each city was shown it last. */
  readonly #shownMs = new Map<AuthorityIndex, number>();

  constructor(outbox: Outbox, againMs: number, newest: SealRecord | undefined) {
    this.#outbox = outbox;
    this.#againMs = againMs;
    this.#newest = newest;
  }

  /** `discarded`: what stands on the seal, up to the block that the finalization is about. */
  keep(seal: BlockNode, finalization: Uint8Array, discarded: readonly BlockNode[]): void {
    const blocks = [seal, ...discarded].flatMap(({ block }) => (block === undefined ? [] : [block.bytes]));
    this.#newest = { finalization, blocks };
    this.#outbox.persist([{ key: keys.seal(seal.height), value: encodeSeal(this.#newest) }], true); // guard: C12 the seal is durable with the floor
  }

  /** A city spoke in an epoch that is over. */
  show(nowMs: number, to: AuthorityIndex): void {
    const shownMs = this.#shownMs.get(to) ?? Number.NEGATIVE_INFINITY;
    if (this.#newest === undefined || nowMs - shownMs < this.#againMs) return;
    this.#shownMs.set(to, nowMs);
    this.#outbox.send(to, 'certificate', this.#newest.finalization); // guard: C12 who lags behind a seal hears of it
  }
}
