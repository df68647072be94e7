import { compareBytes } from '../bytes.ts';
import { DIGEST_BYTES, type Digest, type Hasher } from '../crypto/types.ts';
import { invariant } from '../errors.ts';
import { keyBit, type MapProof, mapLeafHash } from './map-proof.ts';
import { InnerNodes, LeafNodes } from './node-pages.ts';
import { ValueArena } from './value-arena.ts';

export interface MapChange {
  /** 32 bytes, uniformly spread (a digest). */
  readonly key: Uint8Array;
  /** At least one byte; undefined removes the key. */
  readonly value: Uint8Array | undefined;
}

/**
 * A subtree: 0 is empty, an odd number is leaf number (ref >>> 1), an even one is inner node (ref >>> 1).
 * Nodes never change while a retained version can reach them.
 */
type SubtreeRef = number;

const EMPTY: SubtreeRef = 0;
const isLeaf = (ref: SubtreeRef): boolean => (ref & 1) === 1;

interface Version {
  readonly version: number;
  readonly root: SubtreeRef;
  readonly size: number;
  /** Subtrees of the version before that this one no longer reaches. */
  readonly retired: readonly SubtreeRef[];
}

/**
 * L3: an authenticated map from 32-byte keys to byte strings, with proofs of presence and absence at every retained version.
 *
 * A subtree without keys hashes to 32 zero bytes, a subtree with one key is that key's leaf, wherever it stands, and any
 * other is SHA-256(left || right), split by the next bit of the key. The root so depends on the contents alone.
 *
 * Versions share what did not change (copy-on-write); all nodes live in typed arrays, about 180 bytes a key of 40-byte
 * values, so that a million facts put no load on the garbage collector. Not for concurrent use during `entries()`.
 */
export class SparseMerkleMap {
  readonly #hasher: Hasher;
  readonly #inner = new InnerNodes();
  readonly #leaves = new LeafNodes();
  readonly #values = new ValueArena();
  /** Retained versions, ascending; the last is the present one. */
  #versions: Version[] = [{ version: 0, root: EMPTY, size: 0, retired: [] }];
  #untouched = true;
  /** Scratch of the hashing of one depth. */
  #pairs = new Uint32Array(0);

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
  }

  /** The newest version; 0 before the first `apply`. */
  get version(): number {
    return this.#newest().version;
  }

  /** Number of keys in the newest version. */
  get size(): number {
    return this.#newest().size;
  }

  /** Bytes of nodes and values, of all retained versions and of what is free for reuse. */
  get reservedBytes(): number {
    return this.#inner.reservedBytes + this.#leaves.reservedBytes + this.#values.reservedBytes;
  }

  /**
   * Makes a new version. Versions rise strictly; the first one may be 0, which then is the contents at the beginning.
   * Of several changes to one key the last one counts. Throws on a version that does not rise, a key that is not
   * 32 bytes and an empty value, and then changes nothing.
   */
  apply(version: number, changes: readonly MapChange[]): void {
    const newest = this.#newest();
    invariant(Number.isSafeInteger(version), `map version ${version} is not a whole number`);
    const replacesEmpty = this.#untouched && version === 0;
    invariant(replacesEmpty || version > newest.version, `map version ${version} does not follow ${newest.version}`);
    const batch = new Batch(this.#hasher, this.#inner, this.#leaves, this.#values, sortedChanges(changes));
    const root = batch.run(newest.root);
    this.#hashInnerNodes(batch.created);
    const next = { version, root, size: newest.size + batch.sizeChange, retired: batch.retired };
    if (replacesEmpty) this.#versions = [next];
    else this.#versions.push(next);
    this.#untouched = false;
  }

  /** A copy of the value, or undefined when the key is absent. */
  get(key: Uint8Array, version?: number): Uint8Array | undefined {
    let ref = this.#at(version).root;
    for (let depth = 0; ref !== EMPTY; depth++) {
      const id = ref >>> 1;
      if (isLeaf(ref))
        return this.#leaves.compareKey(id, key) === 0 ? this.#values.load(this.#leaves.value(id)) : undefined;
      ref = keyBit(key, depth) === 0 ? this.#inner.left(id) : this.#inner.right(id);
    }
    return undefined;
  }

  /** 32 bytes; all zero for the empty map. */
  root(version?: number): Digest {
    return this.#hash(this.#at(version).root);
  }

  /** A proof of the key's value, or of its absence. */
  prove(key: Uint8Array, version?: number): MapProof {
    invariant(key.length === DIGEST_BYTES, 'a map key has 32 bytes');
    const siblings: Uint8Array[] = [];
    const bits = new Uint8Array(DIGEST_BYTES);
    let usedBytes = 0;
    let ref = this.#at(version).root;
    for (let depth = 0; ref !== EMPTY && !isLeaf(ref); depth++) {
      const id = ref >>> 1;
      const right = keyBit(key, depth) === 1;
      const sibling = right ? this.#inner.left(id) : this.#inner.right(id);
      if (sibling !== EMPTY) {
        siblings.push(this.#hash(sibling));
        bits[depth >>> 3] = (bits[depth >>> 3] as number) | (128 >>> (depth & 7));
        usedBytes = (depth >>> 3) + 1;
      }
      ref = right ? this.#inner.right(id) : this.#inner.left(id);
    }
    const proof = { key: new Uint8Array(key), siblingBits: bits.slice(0, usedBytes), siblings };
    if (ref === EMPTY) return { ...proof, value: undefined, other: undefined };
    const leaf = ref >>> 1;
    const value = this.#values.load(this.#leaves.value(leaf));
    if (this.#leaves.compareKey(leaf, key) === 0) return { ...proof, value, other: undefined };
    const other = { key: this.#leaves.key(leaf).slice(), valueHash: this.#hasher.sha256(value) };
    return { ...proof, value: undefined, other };
  }

  /** Forgets every version that is not needed to answer for `oldestVersion` and later; their nodes are reused. */
  prune(oldestVersion: number): void {
    let base = 0;
    while (base + 1 < this.#versions.length && (this.#versions[base + 1] as Version).version <= oldestVersion) base++;
    if (base === 0) return;
    for (let i = 1; i <= base; i++) for (const ref of (this.#versions[i] as Version).retired) this.#release(ref);
    this.#versions[base] = { ...(this.#versions[base] as Version), retired: [] };
    this.#versions.splice(0, base);
  }

  /** Keys and values of the newest version, ascending by key. */
  *entries(): IterableIterator<[Uint8Array, Uint8Array]> {
    const waiting: SubtreeRef[] = [this.#newest().root];
    for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
      const id = ref >>> 1;
      if (isLeaf(ref)) yield [this.#leaves.key(id).slice(), this.#values.load(this.#leaves.value(id))];
      else if (ref !== EMPTY) waiting.push(this.#inner.right(id), this.#inner.left(id));
    }
  }

  #newest(): Version {
    return this.#versions[this.#versions.length - 1] as Version;
  }

  /** The contents as of `version`: the newest retained version that is not above it. */
  #at(version: number | undefined): Version {
    const newest = this.#newest();
    if (version === undefined || version === newest.version) return newest;
    invariant(version < newest.version, `map version ${version} is beyond ${newest.version}`);
    for (let i = this.#versions.length - 2; i >= 0; i--) {
      const candidate = this.#versions[i] as Version;
      if (candidate.version <= version) return candidate;
    }
    throw new Error(`invariant broken: map version ${version} was pruned`);
  }

  #hash(ref: SubtreeRef): Uint8Array {
    if (ref === EMPTY) return new Uint8Array(DIGEST_BYTES);
    return (isLeaf(ref) ? this.#leaves.hash(ref >>> 1) : this.#inner.hash(ref >>> 1)).slice();
  }

  #release(ref: SubtreeRef): void {
    const id = ref >>> 1;
    if (isLeaf(ref)) {
      this.#values.release(this.#leaves.value(id));
      this.#leaves.release(id);
    } else this.#inner.release(id);
  }

  /** Hashes new inner nodes, deepest first, all of one depth in one call. */
  #hashInnerNodes(created: readonly (readonly number[])[]): void {
    for (let depth = created.length - 1; depth >= 0; depth--) {
      const ids = created[depth] as readonly number[];
      if (ids.length === 0) continue;
      const words = ids.length * 16;
      if (this.#pairs.length < words) this.#pairs = new Uint32Array(words * 2);
      for (let i = 0; i < ids.length; i++) {
        const id = ids[i] as number;
        this.#readHash(this.#inner.left(id), i * 16);
        this.#readHash(this.#inner.right(id), i * 16 + 8);
      }
      const hashes = asWords(this.#hasher.sha256Pairs(new Uint8Array(this.#pairs.buffer, 0, words * 4)));
      for (let i = 0; i < ids.length; i++) this.#inner.setHash(ids[i] as number, hashes, i * 8);
    }
  }

  #readHash(ref: SubtreeRef, toWord: number): void {
    if (ref === EMPTY) this.#pairs.fill(0, toWord, toWord + 8);
    else if (isLeaf(ref)) this.#leaves.readHash(ref >>> 1, this.#pairs, toWord);
    else this.#inner.readHash(ref >>> 1, this.#pairs, toWord);
  }
}

/** One `apply`: descends with all changes at once, so that every touched inner node is made and hashed once. */
class Batch {
  readonly #hasher: Hasher;
  readonly #inner: InnerNodes;
  readonly #leaves: LeafNodes;
  readonly #values: ValueArena;
  readonly #changes: readonly MapChange[];
  /** New inner nodes by depth; their hashes are not yet set. */
  readonly created: number[][] = [];
  readonly retired: SubtreeRef[] = [];
  sizeChange = 0;

  constructor(hasher: Hasher, inner: InnerNodes, leaves: LeafNodes, values: ValueArena, changes: readonly MapChange[]) {
    this.#hasher = hasher;
    this.#inner = inner;
    this.#leaves = leaves;
    this.#values = values;
    this.#changes = changes;
  }

  run(root: SubtreeRef): SubtreeRef {
    return this.#update(root, 0, this.#changes.length, 0);
  }

  /** The subtree at `depth` after changes [low, high), all of which lie in it. */
  #update(ref: SubtreeRef, low: number, high: number, depth: number): SubtreeRef {
    if (low === high) return ref;
    if (ref === EMPTY || isLeaf(ref)) return this.#rebuild(ref, low, high, depth);
    const id = ref >>> 1;
    const split = this.#split(low, high, depth);
    const oldLeft = this.#inner.left(id);
    const oldRight = this.#inner.right(id);
    const left = this.#update(oldLeft, low, split, depth + 1);
    const right = this.#update(oldRight, split, high, depth + 1);
    if (left === oldLeft && right === oldRight) return ref;
    this.retired.push(ref);
    return this.#join(left, right, depth);
  }

  /** A subtree of one leaf rises; any other becomes an inner node. */
  #join(left: SubtreeRef, right: SubtreeRef, depth: number): SubtreeRef {
    if (left === EMPTY && (right === EMPTY || isLeaf(right))) return right;
    if (right === EMPTY && isLeaf(left)) return left;
    const id = this.#inner.create(left, right);
    while (this.created.length <= depth) this.created.push([]);
    (this.created[depth] as number[]).push(id);
    return id << 1;
  }

  /** Changes that meet no leaf, or one. */
  #rebuild(existing: SubtreeRef, low: number, high: number, depth: number): SubtreeRef {
    const leaves: SubtreeRef[] = [];
    let waiting = existing;
    for (let i = low; i < high; i++) {
      const { key, value } = this.#changes[i] as MapChange;
      const order = waiting === EMPTY ? 1 : this.#leaves.compareKey(waiting >>> 1, key);
      if (order < 0) {
        leaves.push(waiting);
        waiting = EMPTY;
      }
      if (order !== 0) {
        if (value !== undefined) leaves.push(this.#createLeaf(key, value));
        continue;
      }
      if (value !== undefined && this.#values.holds(this.#leaves.value(waiting >>> 1), value)) leaves.push(waiting);
      else {
        this.retired.push(waiting);
        this.sizeChange--;
        if (value !== undefined) leaves.push(this.#createLeaf(key, value));
      }
      waiting = EMPTY;
    }
    if (waiting !== EMPTY) leaves.push(waiting);
    return this.#build(leaves, 0, leaves.length, depth);
  }

  /** The subtree of leaves [low, high), ascending by key. */
  #build(leaves: readonly SubtreeRef[], low: number, high: number, depth: number): SubtreeRef {
    if (low === high) return EMPTY;
    if (high - low === 1) return leaves[low] as SubtreeRef;
    let split = low;
    while (split < high && this.#leaves.keyBit((leaves[split] as SubtreeRef) >>> 1, depth) === 0) split++;
    const left = this.#build(leaves, low, split, depth + 1);
    const right = this.#build(leaves, split, high, depth + 1);
    return this.#join(left, right, depth);
  }

  #createLeaf(key: Uint8Array, value: Uint8Array): SubtreeRef {
    this.sizeChange++;
    const hash = mapLeafHash(this.#hasher, key, this.#hasher.sha256(value));
    return (this.#leaves.create(key, this.#values.store(value), hash) << 1) | 1;
  }

  /** First change in [low, high) whose key goes right at `depth`. */
  #split(low: number, high: number, depth: number): number {
    let from = low;
    let to = high;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (keyBit((this.#changes[middle] as MapChange).key, depth) === 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** Ascending by key, one change a key: the last one given. */
function sortedChanges(changes: readonly MapChange[]): readonly MapChange[] {
  const prefixes = new Float64Array(changes.length);
  const order: number[] = [];
  for (let i = 0; i < changes.length; i++) {
    const { key, value } = changes[i] as MapChange;
    invariant(key.length === DIGEST_BYTES, 'a map key has 32 bytes');
    invariant(value === undefined || value.length > 0, 'a map value is not empty');
    prefixes[i] = leading48Bits(key);
    order.push(i);
  }
  // Digests almost always differ in 48 bits, which compare as one number.
  order.sort((a, b) => {
    const difference = (prefixes[a] as number) - (prefixes[b] as number);
    if (difference !== 0) return difference;
    return compareBytes((changes[a] as MapChange).key, (changes[b] as MapChange).key) || a - b;
  });
  const sorted: MapChange[] = [];
  for (let i = 0; i < order.length; i++) {
    const change = changes[order[i] as number] as MapChange;
    const last = sorted[sorted.length - 1];
    if (last !== undefined && compareBytes(last.key, change.key) === 0) sorted[sorted.length - 1] = change;
    else sorted.push(change);
  }
  return sorted;
}

function leading48Bits(key: Uint8Array): number {
  const high = ((key[0] as number) << 16) | ((key[1] as number) << 8) | (key[2] as number);
  const low = ((key[3] as number) << 16) | ((key[4] as number) << 8) | (key[5] as number);
  return high * 2 ** 24 + low;
}

/** The bytes as words of the machine's order; a copy only when they do not start on a word. */
function asWords(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}
