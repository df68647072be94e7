import { compareBytes, concatBytes, equalBytes } from '../bytes.ts';
import { DIGEST_BYTES, type Digest, type Hasher } from '../crypto/index.ts';
import { invariant } from '../errors.ts';
import { inclusionPath, merkleRootOfDigests, verifyInclusion } from '../merkle/index.ts';

/** A leaf of a batch with its path (RFC 6962). Its data is the receipt's id. */
export interface AccessLeafProof {
  readonly index: number;
  readonly receiptId: Uint8Array;
  readonly path: readonly Uint8Array[];
}

/** What a batch record says of its tree. */
export interface AccessTreeHead {
  readonly root: Uint8Array;
  readonly count: number;
}

/** The RFC 6962 tree over a batch's receipts: their ids, ascending. */
export class AccessTree implements AccessTreeHead {
  readonly root: Digest;
  readonly #hasher: Hasher;
  readonly #ids: readonly Uint8Array[];

  /** `ids`: 32 bytes each, in any order, none twice. */
  constructor(hasher: Hasher, ids: readonly Uint8Array[]) {
    this.#hasher = hasher;
    this.#ids = [...ids].sort(compareBytes);
    invariant(isAscending(this.#ids), 'a batch has each receipt once');
    this.root = merkleRootOfDigests(hasher, concatBytes(...this.#ids));
  }

  get count(): number {
    return this.#ids.length;
  }

  /** Ids, ascending. */
  get ids(): readonly Uint8Array[] {
    return this.#ids;
  }

  has(id: Uint8Array): boolean {
    const index = this.#place(id);
    return index < this.count && equalBytes(this.#ids[index] as Uint8Array, id);
  }

  /** The leaf when it is there; else the neighbours between which it would stand. */
  prove(id: Uint8Array): { readonly present: boolean; readonly leaves: readonly AccessLeafProof[] } {
    const index = this.#place(id);
    if (this.has(id)) return { present: true, leaves: [this.#leaf(index)] };
    const around = [index - 1, index].filter((at) => at >= 0 && at < this.count);
    return { present: false, leaves: around.map((at) => this.#leaf(at)) };
  }

  /** How many ids are below this one. */
  #place(id: Uint8Array): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareBytes(this.#ids[middle] as Uint8Array, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #leaf(index: number): AccessLeafProof {
    return { index, receiptId: this.#ids[index] as Uint8Array, path: inclusionPath(this.#hasher, this.#ids, index) };
  }
}

/** True when the batch has the receipt. */
export function verifyPresent(hasher: Hasher, head: AccessTreeHead, id: Uint8Array, leaf: AccessLeafProof): boolean {
  return equalBytes(leaf.receiptId, id) && isLeaf(hasher, head, leaf);
}

/**
 * True when the batch has no leaf for the receipt, as far as its leaves are ascending: the two that would stand beside
 * it are neighbours, or it would stand before the first or behind the last, or the batch is empty. That they ascend
 * is seen from all of them (`verifyBatchContent`); whoever hides a leaf out of order has it against itself.
 */
export function verifyAbsent(
  hasher: Hasher,
  head: AccessTreeHead,
  id: Uint8Array,
  leaves: readonly AccessLeafProof[],
): boolean {
  const [first, second] = leaves;
  if (leaves.length > 2 || id.length !== DIGEST_BYTES) return false;
  // guard: P3 neighbours are leaves of this batch
  if (!leaves.every((leaf) => isLeaf(hasher, head, leaf))) return false;
  if (first === undefined) return head.count === 0 && equalBytes(head.root, hasher.sha256(new Uint8Array(0)));
  if (second === undefined) {
    const before = first.index === 0 && compareBytes(id, first.receiptId) < 0;
    const behind = first.index === head.count - 1 && compareBytes(id, first.receiptId) > 0;
    return before || behind;
  }
  // guard: P3 nothing stands between neighbours
  if (second.index !== first.index + 1) return false;
  return compareBytes(first.receiptId, id) < 0 && compareBytes(id, second.receiptId) < 0;
}

/** Each above the one before it. */
export function isAscending(ids: readonly Uint8Array[]): boolean {
  return ids.every((id, index) => {
    const previous = ids[index - 1];
    return id.length === DIGEST_BYTES && (previous === undefined || compareBytes(previous, id) < 0);
  });
}

function isLeaf(hasher: Hasher, { root, count }: AccessTreeHead, { index, receiptId, path }: AccessLeafProof): boolean {
  return receiptId.length === DIGEST_BYTES && verifyInclusion(hasher, receiptId, index, count, path, root);
}
