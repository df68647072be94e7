import type { BlockNode } from '../consensus/block-tree.ts';
import { encodeFloor, encodeTip, keys } from './keys.ts';
import type { Outbox } from './outbox.ts';

/**
 * C6, C9: the blocks, their tips, the finalization and the floor, durable before anybody is told. `finalization`:
 * undefined when it is about another block than the last (C12).
 */
export function persistFinal(
  outbox: Outbox,
  path: readonly BlockNode[],
  newest: BlockNode,
  finalization: Uint8Array | undefined,
): void {
  for (const { height, block } of path) {
    if (block === undefined) continue;
    outbox.persist([{ key: keys.block(height), value: block.bytes }], true);
    const tips = block.advances.map((tip) => ({ key: keys.finalizedTip(tip.lane), value: encodeTip(tip) }));
    outbox.persist(tips, true);
  }
  const { height, view, digest } = newest;
  if (finalization !== undefined) outbox.persist([{ key: keys.finalization(height), value: finalization }], true);
  outbox.persist([{ key: keys.floor(), value: encodeFloor({ height, view, digest }) }], true);
}

export function tellFinal(outbox: Outbox, { height, view, timestampMs, digest, block }: BlockNode): void {
  const tips = (block?.advances ?? []).map(({ lane, sequence }) => ({ lane, sequence }));
  outbox.emit({ kind: 'finalized', height, view, timestampMs, blockDigest: digest, tips });
}
