import { DIGEST_BYTES, type Digest, type Hasher } from '../crypto/types.ts';
import { leafHash, nodeHash } from './tree.ts';

/** Hashes in one chunk: 32 KiB. */
const CHUNK_HASHES = 1024;
/** Room of a new level; its first chunk doubles until it is a whole one. */
const FIRST_HASHES = 16;

/** Hashes of one level, side by side, in chunks. */
class HashColumn {
  length = 0;
  readonly #chunks: Uint8Array[] = [];

  push(hash: Uint8Array): void {
    const offset = (this.length % CHUNK_HASHES) * DIGEST_BYTES;
    if (offset === (this.length < CHUNK_HASHES ? (this.#chunks[0]?.length ?? 0) : 0)) this.#makeRoom();
    (this.#chunks[this.#chunks.length - 1] as Uint8Array).set(hash, offset);
    this.length++;
  }

  #makeRoom(): void {
    if (this.length >= CHUNK_HASHES) {
      this.#chunks.push(new Uint8Array(CHUNK_HASHES * DIGEST_BYTES));
      return;
    }
    const larger = new Uint8Array(Math.max(FIRST_HASHES, 2 * this.length) * DIGEST_BYTES);
    const [first] = this.#chunks;
    if (first !== undefined) larger.set(first);
    this.#chunks[0] = larger;
  }

  /** A copy, so that no caller can change the tree. */
  at(index: number): Uint8Array {
    const chunk = this.#chunks[Math.floor(index / CHUNK_HASHES)] as Uint8Array;
    const offset = (index % CHUNK_HASHES) * DIGEST_BYTES;
    return chunk.slice(offset, offset + DIGEST_BYTES);
  }
}

/**
 * L3: the append-only RFC 6962 tree over entry digests in total order. Keeps the hash of every complete subtree (about
 * 64 bytes a leaf), so that roots and proofs of every earlier size cost O(log n) hashes.
 */
export class HistoryTree {
  readonly #hasher: Hasher;
  /** Level k holds the roots of the complete subtrees of 2^k leaves, from the left. */
  readonly #levels: HashColumn[] = [new HashColumn()];

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
  }

  /** Number of leaves. */
  get size(): number {
    return (this.#levels[0] as HashColumn).length;
  }

  append(data: Uint8Array): void {
    let hash = leafHash(this.#hasher, data);
    let index = this.size;
    (this.#levels[0] as HashColumn).push(hash);
    for (let level = 1; index % 2 === 1; level++) {
      const below = this.#levels[level - 1] as HashColumn;
      hash = nodeHash(this.#hasher, below.at(index - 1), hash);
      index = (index - 1) / 2;
      if (this.#levels.length === level) this.#levels.push(new HashColumn());
      (this.#levels[level] as HashColumn).push(hash);
    }
  }

  /** The root of the first `size` leaves. Throws RangeError beyond the present size. */
  root(size: number = this.size): Digest {
    this.#requireSize(size);
    return size === 0 ? this.#hasher.sha256(new Uint8Array(0)) : this.#range(0, size);
  }

  /** Siblings from the leaf upwards, for `verifyInclusion`. Throws RangeError when index >= size or size is beyond the tree. */
  inclusionPath(index: number, size: number): Uint8Array[] {
    this.#requireSize(size);
    if (!Number.isInteger(index) || index < 0 || index >= size) {
      throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
    }
    const path: Uint8Array[] = [];
    let start = 0;
    let end = size;
    while (end - start > 1) {
      const split = start + splitBelow(end - start);
      if (index < split) {
        path.push(this.#range(split, end));
        end = split;
      } else {
        path.push(this.#range(start, split));
        start = split;
      }
    }
    return path.reverse();
  }

  /** The proof that the first `fromSize` leaves begin the first `toSize`, for `verifyConsistency`. Throws RangeError on impossible sizes. */
  consistencyPath(fromSize: number, toSize: number): Uint8Array[] {
    this.#requireSize(toSize);
    if (!Number.isInteger(fromSize) || fromSize < 0 || fromSize > toSize) {
      throw new RangeError(`a tree of ${fromSize} does not begin a tree of ${toSize}`);
    }
    if (fromSize === 0 || fromSize === toSize) return [];
    // SUBPROOF of RFC 6962 section 2.1.2, from the top down.
    const path: Uint8Array[] = [];
    let start = 0;
    let end = toSize;
    while (end !== fromSize) {
      const split = start + splitBelow(end - start);
      if (fromSize <= split) {
        path.push(this.#range(split, end));
        end = split;
      } else {
        path.push(this.#range(start, split));
        start = split;
      }
    }
    if (start !== 0) path.push(this.#range(start, end));
    return path.reverse();
  }

  /** Hash over leaves [start, end); `start` is a multiple of the subtree's width, as all of the RFC's splits are. */
  #range(start: number, end: number): Uint8Array {
    const width = end - start;
    const level = Math.log2(width);
    if (Number.isInteger(level)) return (this.#levels[level] as HashColumn).at(start / width);
    const split = start + splitBelow(width);
    return nodeHash(this.#hasher, this.#range(start, split), this.#range(split, end));
  }

  #requireSize(size: number): void {
    if (!Number.isInteger(size) || size < 0 || size > this.size) {
      throw new RangeError(`the history has ${this.size} leaves, not ${size}`);
    }
  }
}

/** The largest power of two below `width` (width >= 2). */
function splitBelow(width: number): number {
  let split = 1;
  while (split * 2 < width) split *= 2;
  return split;
}
