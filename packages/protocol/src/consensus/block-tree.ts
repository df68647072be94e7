import { toHex } from '../bytes.ts';
import type { Digest } from '../crypto/index.ts';
import type { AuthorityIndex } from '../genesis/types.ts';
import { advanceCut, type CarriedBlock, type Cut, type Tip } from './block.ts';

/** A block whose ancestors are known up to the finalized one. */
export interface BlockNode {
  /** Undefined for the genesis block, which has no bytes. */
  readonly block: CarriedBlock | undefined;
  readonly digest: Digest;
  readonly view: number;
  readonly height: number;
  readonly timestampMs: number;
  readonly cut: Cut;
  readonly checkpointHeight: number;
  /** Height of the newest block up to here, this one included, that moved a lane; 0 before the first. */
  readonly lastNonEmptyHeight: number;
  /** C12: the checkpoint of this block, or of one below it in its epoch, names a next set: what follows carries nothing. */
  readonly sealed: boolean;
}

/** Blocks above, and including, the newest final one. */
export class BlockTree {
  #root: BlockNode;
  readonly #nodes = new Map<string, BlockNode>();
  /** Blocks whose parent is not known yet, by digest. */
  readonly #orphans = new Map<string, CarriedBlock>();

  constructor(root: BlockNode) {
    this.#root = root;
    this.#nodes.set(toHex(root.digest), root);
  }

  /** The newest final block. */
  get root(): BlockNode {
    return this.#root;
  }

  node(digest: Digest): BlockNode | undefined {
    return this.#nodes.get(toHex(digest));
  }

  /** A known block, connected or not. */
  block(digest: Digest): CarriedBlock | undefined {
    const hex = toHex(digest);
    return this.#nodes.get(hex)?.block ?? this.#orphans.get(hex);
  }

  /** Adds a block; it becomes a node at once, or when its parent does. */
  add(block: CarriedBlock): void {
    const hex = toHex(block.digest);
    if (this.#nodes.has(hex) || this.#orphans.has(hex)) return;
    if (block.view <= this.#root.view) return;
    this.#orphans.set(hex, block);
    this.#connect();
  }

  /**
   * The path from just above the root to `digest`, oldest first; undefined when a block between is missing or the
   * block does not descend from the root.
   */
  pathTo(digest: Digest): BlockNode[] | undefined {
    const path: BlockNode[] = [];
    let node = this.node(digest);
    while (node !== undefined && node !== this.#root) {
      path.push(node);
      node = node.block === undefined ? undefined : this.node(node.block.parent);
    }
    return node === undefined ? undefined : path.reverse();
  }

  /**
   * First unknown ancestor (or the block itself) on the way from `digest` down to the root; `viewMax`: what its view may be
   * at most, given that of the block itself. Views fall on the way, so a chain that somebody made up ends.
   */
  missingAncestor(digest: Digest, viewMax: number): { readonly digest: Digest; readonly viewMax: number } | undefined {
    let missing = { digest, viewMax };
    for (;;) {
      if (this.node(missing.digest) !== undefined) return undefined;
      const orphan = this.#orphans.get(toHex(missing.digest));
      if (orphan === undefined) return missing;
      missing = { digest: orphan.parent, viewMax: orphan.view - 1 };
    }
  }

  /**
   * Whether a block that is not connected to the root cannot descend from it: the lowest of its ancestors that is known
   * follows a block that is not above the root, and is not the root.
   */
  leavesRoot(digest: Digest): boolean {
    let lowest: CarriedBlock | undefined;
    for (let current = this.#orphans.get(toHex(digest)); current !== undefined; ) {
      lowest = current;
      current = this.#orphans.get(toHex(current.parent));
    }
    return lowest !== undefined && lowest.parentView <= this.#root.view;
  }

  /** Where the known blocks leave a lane: its tips that may still become final. */
  tipsOf(lane: AuthorityIndex): Tip[] {
    const tips: Tip[] = [];
    for (const { cut } of this.#nodes.values()) tips.push(...cut.slice(lane, lane + 1));
    for (const { advances } of this.#orphans.values())
      tips.push(...advances.filter((advance) => advance.lane === lane));
    return tips;
  }

  /** Makes a node the newest final one and forgets everything that does not descend from it. */
  finalize(node: BlockNode): void {
    const doomed: string[] = [];
    for (const [hex, candidate] of this.#nodes) {
      if (candidate !== node && !this.#descendsFrom(candidate, node)) doomed.push(hex);
    }
    for (const hex of doomed) this.#nodes.delete(hex);
    for (const [hex, orphan] of this.#orphans) if (orphan.view <= node.view) this.#orphans.delete(hex);
    this.#root = node;
    this.#nodes.set(toHex(node.digest), node);
  }

  #descendsFrom(candidate: BlockNode, ancestor: BlockNode): boolean {
    let node: BlockNode | undefined = candidate;
    while (node !== undefined && node.height > ancestor.height) {
      node = node.block === undefined ? undefined : this.node(node.block.parent);
    }
    return node === ancestor;
  }

  #connect(): void {
    for (let progress = true; progress; ) {
      progress = false;
      for (const [hex, block] of this.#orphans) {
        const parent = this.node(block.parent);
        if (parent === undefined) continue;
        this.#orphans.delete(hex);
        this.#nodes.set(hex, childNode(parent, block));
        progress = true;
      }
    }
  }
}

export function childNode(parent: BlockNode, block: CarriedBlock): BlockNode {
  return {
    block,
    digest: block.digest,
    view: block.view,
    height: block.height,
    timestampMs: block.timestampMs,
    cut: advanceCut(parent.cut, block.advances),
    checkpointHeight: block.checkpoint.height,
    lastNonEmptyHeight: block.advances.length > 0 ? block.height : parent.lastNonEmptyHeight,
    sealed: parent.sealed || block.checkpoint.nextAuthoritySet.length > 0,
  };
}

/** C12: a chain as far as it counts: the first block that names the next set ends the epoch. */
export function upToSeal(chain: readonly BlockNode[]): readonly BlockNode[] {
  const sealAt = chain.findIndex(({ sealed }) => sealed);
  return sealAt < 0 ? chain : chain.slice(0, sealAt + 1); // guard: C12 what stands on a seal is discarded
}
