import { DIGEST_BYTES, type Hasher } from '../crypto/types.ts';
import { copyWords, HASH_WORDS, type InnerNodes, LEFT, RIGHT, type Side } from './inner-nodes.ts';
import type { LeafArena } from './leaf-arena.ts';
import { type MapChanges, SortedChanges } from './map-changes.ts';
import type { PendingNodes } from './pending-nodes.ts';
import type { UndoLog } from './undo-log.ts';

/** A subtree: 0 is empty, an odd number is the leaf at address ref >>> 1, an even one is inner node ref >>> 1. */
export type SubtreeRef = number;
export const EMPTY: SubtreeRef = 0;
export const isLeaf = (ref: SubtreeRef): boolean => (ref & 1) === 1;

/** Where the hash of a subtree that a change returned is: nothing changed; not yet computed; or, from 0, in `#leafHashes`. */
const UNCHANGED = -2;
const PENDING = -1;

/** The parent of the root. */
const NO_PARENT = 0;

/**
 * One `apply`: descends with all changes at once, so that every touched inner node is changed and hashed once. Inner nodes
 * change in place after their former words are noted; leaves are made anew.
 */
export class MapBatch {
  readonly #hasher: Hasher;
  readonly #inner: InnerNodes;
  readonly #leaves: LeafArena;
  readonly #undo: UndoLog;
  readonly #changes: SortedChanges;
  readonly #pending: PendingNodes;
  /** Hashes of the leaves that the changes make, in their order, and behind them of moved leaves. */
  #leafHashes: Uint32Array;
  #leafHashCount: number;
  /** Second result of the descending functions. */
  #hashAt = UNCHANGED;
  /** Inner nodes on the way to one change, by depth. */
  readonly #path = new Uint32Array(8 * DIGEST_BYTES);
  readonly #rootHash = new Uint32Array(HASH_WORDS);
  /** Subtrees that the new version no longer reaches. */
  readonly retired: SubtreeRef[] = [];
  sizeChange = 0;

  /** `pending`: memory that batches use one after the other. */
  constructor(
    hasher: Hasher,
    memory: { readonly inner: InnerNodes; readonly leaves: LeafArena; readonly pending: PendingNodes },
    undo: UndoLog,
    changes: MapChanges,
  ) {
    this.#hasher = hasher;
    this.#inner = memory.inner;
    this.#leaves = memory.leaves;
    this.#pending = memory.pending;
    this.#undo = undo;
    this.#changes = new SortedChanges(changes);
    this.#leafHashCount = this.#changes.count;
    this.#leafHashes = new Uint32Array((this.#changes.count + 16) * HASH_WORDS);
    this.#leafHashes.set(asWords(leafHashes(hasher, this.#changes)));
  }

  /** Changes the tree and gives its new root. */
  run(root: SubtreeRef, rootHash: Uint8Array): { root: SubtreeRef; rootHash: Uint8Array } {
    this.#pending.clear();
    this.#rootHash.set(asWords(rootHash));
    const changed = this.#update(root, NO_PARENT, LEFT, 0, this.#changes.count, 0);
    if (this.#hashAt === UNCHANGED) return { root, rootHash };
    if (changed === EMPTY) this.#rootHash.fill(0);
    else if (isLeaf(changed))
      this.#rootHash.set(this.#leafHashes.subarray(this.#hashAt * HASH_WORDS, (this.#hashAt + 1) * HASH_WORDS));
    else {
      this.#expectHash(changed >>> 1, 0, NO_PARENT, LEFT);
      this.#hashPending();
    }
    return { root: changed, rootHash: new Uint8Array(this.#rootHash.buffer) };
  }

  /** The subtree on `side` of `parent` after changes [low, high), all of which lie in it. */
  #update(ref: SubtreeRef, parent: number, side: Side, low: number, high: number, depth: number): SubtreeRef {
    if (low === high) {
      this.#hashAt = UNCHANGED;
      return ref;
    }
    if (high - low === 1) return this.#updateOne(ref, parent, side, low, depth);
    if (ref === EMPTY || isLeaf(ref)) return this.#rebuild(ref, parent, side, low, high, depth);
    const id = ref >>> 1;
    const split = this.#changes.split(low, high, depth);
    const left = this.#update(this.#inner.child(id, LEFT), id, LEFT, low, split, depth + 1);
    const leftAt = this.#hashAt;
    const right = this.#update(this.#inner.child(id, RIGHT), id, RIGHT, split, high, depth + 1);
    const rightAt = this.#hashAt;
    if (leftAt === UNCHANGED && rightAt === UNCHANGED) return ref;
    if (left === EMPTY && (right === EMPTY || isLeaf(right))) return this.#rise(ref, right, RIGHT, rightAt);
    if (right === EMPTY && isLeaf(left)) return this.#rise(ref, left, LEFT, leftAt);
    if (leftAt !== UNCHANGED) this.#changeChild(id, LEFT, left, leftAt, depth);
    if (rightAt !== UNCHANGED) this.#changeChild(id, RIGHT, right, rightAt, depth);
    this.#hashAt = PENDING;
    return ref;
  }

  /** The same for a single change, which most nodes meet: down to its place and up again, without recursion. */
  #updateOne(ref: SubtreeRef, parent: number, side: Side, at: number, depth: number): SubtreeRef {
    const changes = this.#changes;
    const path = this.#path;
    let low = depth;
    let above = parent;
    let aboveSide = side;
    let child = ref;
    for (; child !== EMPTY && !isLeaf(child); low++) {
      above = child >>> 1;
      aboveSide = changes.keyBit(at, low) as Side;
      path[low] = above;
      child = this.#inner.child(above, aboveSide);
    }
    child = this.#rebuild(child, above, aboveSide, at, at + 1, low);
    if (this.#hashAt === UNCHANGED) return ref;
    for (let level = low - 1; level >= depth; level--) {
      const id = path[level] as number;
      const own = changes.keyBit(at, level) as Side;
      if (child === EMPTY || isLeaf(child)) {
        const other = this.#inner.child(id, own === LEFT ? RIGHT : LEFT);
        if (child === EMPTY && (other === EMPTY || isLeaf(other))) {
          child = this.#rise(id << 1, other, own === LEFT ? RIGHT : LEFT, UNCHANGED);
          continue;
        }
        if (other === EMPTY) {
          child = this.#rise(id << 1, child, own, this.#hashAt);
          continue;
        }
      }
      this.#changeChild(id, own, child, this.#hashAt, level);
      this.#hashAt = PENDING;
      child = id << 1;
    }
    return child;
  }

  /** A subtree of at most one leaf takes the place of its parent. */
  #rise(parent: SubtreeRef, child: SubtreeRef, side: Side, hashAt: number): SubtreeRef {
    this.retired.push(parent);
    this.#hashAt = hashAt === UNCHANGED ? this.#keepChildHash(parent >>> 1, side) : hashAt;
    return child;
  }

  #changeChild(id: number, side: Side, child: SubtreeRef, hashAt: number, depth: number): void {
    this.#undo.note(this.#inner, id, side);
    this.#setChild(id, side, child, hashAt, depth);
  }

  #setChild(id: number, side: Side, child: SubtreeRef, hashAt: number, depth: number): void {
    this.#inner.setChild(id, side, child);
    if (child === EMPTY) this.#inner.clearChildHash(id, side);
    else if (isLeaf(child)) this.#inner.setChildHash(id, side, this.#leafHashes, hashAt * HASH_WORDS);
    else this.#expectHash(child >>> 1, depth + 1, id, side);
  }

  /** Changes that meet no leaf, or one. */
  #rebuild(existing: SubtreeRef, parent: number, side: Side, low: number, high: number, depth: number): SubtreeRef {
    if (high - low === 1) {
      if (existing === EMPTY) return this.#insertAlone(low);
      if (this.#compareKey(existing, low) === 0) return this.#replaceAlone(existing, low);
    }
    const refs: SubtreeRef[] = [];
    const hashes: number[] = [];
    let waiting = existing;
    let changed = false;
    for (let i = low; i < high; i++) {
      const order = waiting === EMPTY ? 1 : this.#compareKey(waiting, i);
      if (order < 0) {
        refs.push(waiting);
        hashes.push(UNCHANGED);
      } else if (order === 0) {
        if (this.#hasValue(waiting, i)) {
          refs.push(waiting);
          hashes.push(UNCHANGED);
          waiting = EMPTY;
          continue;
        }
        this.retired.push(waiting);
        this.sizeChange--;
        changed = true;
      }
      if (order <= 0) waiting = EMPTY;
      if (this.#changes.removes(i)) continue;
      refs.push(this.#createLeaf(i));
      hashes.push(this.#hashAt);
      changed = true;
    }
    if (waiting !== EMPTY) {
      refs.push(waiting);
      hashes.push(UNCHANGED);
    }
    if (!changed) {
      this.#hashAt = UNCHANGED;
      return existing;
    }
    const kept = hashes.indexOf(UNCHANGED);
    if (kept >= 0) hashes[kept] = this.#keepChildHash(parent, side);
    return this.#build(refs, hashes, 0, refs.length, depth);
  }

  /** A change that meets nothing. */
  #insertAlone(at: number): SubtreeRef {
    if (!this.#changes.removes(at)) return this.#createLeaf(at);
    this.#hashAt = UNCHANGED;
    return EMPTY;
  }

  /** A change that meets the leaf of its key. */
  #replaceAlone(existing: SubtreeRef, at: number): SubtreeRef {
    if (this.#hasValue(existing, at)) {
      this.#hashAt = UNCHANGED;
      return existing;
    }
    this.retired.push(existing);
    this.sizeChange--;
    if (!this.#changes.removes(at)) return this.#createLeaf(at);
    this.#hashAt = PENDING;
    return EMPTY;
  }

  /** The subtree of leaves [low, high), ascending by key. */
  #build(refs: readonly SubtreeRef[], hashes: readonly number[], low: number, high: number, depth: number): SubtreeRef {
    if (high - low <= 1) {
      this.#hashAt = low === high ? PENDING : (hashes[low] as number);
      return low === high ? EMPTY : (refs[low] as SubtreeRef);
    }
    let split = low;
    while (split < high && this.#leaves.keyBit((refs[split] as SubtreeRef) >>> 1, depth) === 0) split++;
    const left = this.#build(refs, hashes, low, split, depth + 1);
    const leftAt = this.#hashAt;
    const right = this.#build(refs, hashes, split, high, depth + 1);
    const rightAt = this.#hashAt;
    const id = this.#inner.create();
    this.#setChild(id, LEFT, left, leftAt, depth);
    this.#setChild(id, RIGHT, right, rightAt, depth);
    this.#hashAt = PENDING;
    return id << 1;
  }

  #compareKey(leaf: SubtreeRef, at: number): number {
    return this.#leaves.compareKey(leaf >>> 1, this.#changes.keys, at * DIGEST_BYTES);
  }

  #hasValue(leaf: SubtreeRef, at: number): boolean {
    return !this.#changes.removes(at) && this.#leaves.hasValue(leaf >>> 1, this.#changes.valueAt(at));
  }

  #createLeaf(at: number): SubtreeRef {
    this.sizeChange++;
    this.#hashAt = at;
    return (this.#leaves.create(this.#changes, at) << 1) | 1;
  }

  /** Copies the hash of an unchanged leaf out of its former parent. */
  #keepChildHash(parent: number, side: Side): number {
    const at = this.#nextLeafHash();
    if (parent === NO_PARENT) this.#leafHashes.set(this.#rootHash, at * HASH_WORDS);
    else this.#inner.readChildHash(parent, side, this.#leafHashes, at * HASH_WORDS);
    return at;
  }

  #nextLeafHash(): number {
    if (this.#leafHashCount * HASH_WORDS === this.#leafHashes.length) {
      const larger = new Uint32Array(this.#leafHashes.length * 2);
      larger.set(this.#leafHashes);
      this.#leafHashes = larger;
    }
    return this.#leafHashCount++;
  }

  #expectHash(id: number, depth: number, parent: number, side: Side): void {
    this.#pending.add(depth, id, (parent << 1) | side);
  }

  /** Hashes changed inner nodes, deepest first, all of one depth in one call. */
  #hashPending(): void {
    const pending = this.#pending;
    const pairs = new Uint32Array(pending.widest * 2 * HASH_WORDS);
    for (let depth = pending.depths - 1; depth >= 0; depth--) {
      const count = pending.count(depth);
      if (count === 0) continue;
      for (let i = 0; i < count; i++) this.#inner.readPair(pending.node(depth, i), pairs, i * 2 * HASH_WORDS);
      const hashes = asWords(this.#hasher.sha256Pairs(new Uint8Array(pairs.buffer, 0, count * 2 * DIGEST_BYTES)));
      if (depth === 0) this.#rootHash.set(hashes);
      else {
        for (let i = 0; i < count; i++) {
          const place = pending.place(depth, i);
          this.#inner.setChildHash(place >>> 1, (place & 1) as Side, hashes, i * HASH_WORDS);
        }
      }
    }
  }
}

const NO_PREFIX = new Uint8Array(0);
const LEAF_PREFIX = new Uint8Array([0]);

/** `mapLeafHash` of each change; of a removal, that of a leaf that nobody will make. */
function leafHashes(hasher: Hasher, changes: SortedChanges): Uint8Array {
  const values = Array.from({ length: changes.count }, (_, at) => changes.valueAt(at));
  const valueHashes = asWords(hasher.sha256Each(NO_PREFIX, values));
  const keys = asWords(changes.keys);
  const rows = new Uint32Array(changes.count * 2 * HASH_WORDS);
  for (let at = 0; at < changes.count; at++) {
    const word = at * HASH_WORDS;
    copyWords(keys, word, rows, 2 * word, HASH_WORDS);
    copyWords(valueHashes, word, rows, 2 * word + HASH_WORDS, HASH_WORDS);
  }
  return hasher.sha256Rows(LEAF_PREFIX, new Uint8Array(rows.buffer), 2 * DIGEST_BYTES);
}

/** The bytes as words of the machine's order; a copy only when they do not start on a word. */
function asWords(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}
