import type { SeenAdvance, SeenBlock } from './decode.ts';

export interface FinalTip {
  readonly height: number;
  readonly sequence: number;
  readonly digest: string;
}

const ZERO_DIGEST = '0'.repeat(64);
export const NO_TIP: FinalTip = { height: 0, sequence: 0, digest: ZERO_DIGEST };

/**
 * The final blocks in the order in which honest cities first made them durable: one at each height. What a second city
 * has at a height is compared with it.
 */
export class FinalChain {
  /** Digests by height; height 0 is the genesis block. */
  readonly #digests: string[];
  readonly #blocks = new Map<number, SeenBlock>();
  /** By lane, ascending by height: the last is the newest. */
  readonly #tips: FinalTip[][];
  #prunedBelow = 0;

  constructor(genesisDigest: string, lanes: number) {
    this.#digests = [genesisDigest];
    this.#tips = Array.from({ length: lanes }, () => []);
  }

  /** Height of the newest final block anywhere. */
  get height(): number {
    return this.#digests.length - 1;
  }

  digestAt(height: number): string | undefined {
    return this.#digests[height];
  }

  /** Undefined below what every city has finalized. */
  blockAt(height: number): SeenBlock | undefined {
    return this.#blocks.get(height);
  }

  /** The next block of the chain. Others (a gap, a second block of a height) are for the checks to judge. */
  extend(block: SeenBlock): boolean {
    if (block.height !== this.height + 1) return false;
    this.#digests.push(block.digest);
    this.#blocks.set(block.height, block);
    for (const { lane, sequence, digest } of block.advances) {
      const tips = this.#tips[lane] ?? [];
      this.#tips[lane] = tips;
      tips.push({ height: block.height, sequence, digest });
    }
    return true;
  }

  /** A lane's tip in the cut of the final block at a height that is not pruned. */
  tipAt(lane: number, height: number): FinalTip {
    const tips = this.#tips[lane] ?? [];
    for (let place = tips.length - 1; place >= 0; place--) {
      const tip = tips[place] as FinalTip;
      if (tip.height <= height) return tip;
    }
    return NO_TIP;
  }

  newestTip(lane: number): FinalTip {
    return this.#tips[lane]?.at(-1) ?? NO_TIP;
  }

  /** Forgets blocks and cuts below a height that every city has passed; the digests stay. */
  prune(height: number): void {
    for (; this.#prunedBelow < height; this.#prunedBelow++) this.#blocks.delete(this.#prunedBelow);
    for (const tips of this.#tips.values()) {
      const keep = tips.findLastIndex((tip) => tip.height <= height);
      if (keep > 0) tips.splice(0, keep);
    }
  }
}

/** Blocks by digest, whoever made them, final or not. */
export class BlockBook {
  readonly #chain: FinalChain;
  readonly #blocks = new Map<string, SeenBlock>();

  constructor(chain: FinalChain) {
    this.#chain = chain;
  }

  note(block: SeenBlock): void {
    this.#blocks.set(block.digest, block);
  }

  get(digest: string): SeenBlock | undefined {
    return this.#blocks.get(digest);
  }

  /** A lane's tip in the cut of a block: undefined when its ancestry is not known down to a final block. */
  tipIn(digest: string, lane: number): Pick<FinalTip, 'sequence' | 'digest'> | undefined {
    let current = digest;
    for (;;) {
      const block = this.#blocks.get(current);
      const height = block?.height ?? 0;
      if (this.#chain.digestAt(height) === current) return this.#chain.tipAt(lane, height);
      if (block === undefined) return undefined;
      const advance: SeenAdvance | undefined = block.advances.find((each) => each.lane === lane);
      if (advance !== undefined) return advance;
      current = block.parent;
    }
  }

  /** Forgets blocks of views that every city has finalized. */
  prune(view: number): void {
    for (const [digest, block] of this.#blocks) if (block.view < view) this.#blocks.delete(digest);
  }
}
