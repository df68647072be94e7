import { DIGEST_BYTES, type Digest, type Hasher } from '../crypto/types.ts';
import { invariant } from '../errors.ts';
import { HASH_WORDS, InnerNodes, LEFT, RIGHT, type Side } from './inner-nodes.ts';
import { LeafArena } from './leaf-arena.ts';
import { EMPTY, isLeaf, MapBatch, type SubtreeRef } from './map-batch.ts';
import { type MapChange, type MapChanges, toColumns } from './map-changes.ts';
import { keyBit, type MapProof } from './map-proof.ts';
import { PendingNodes } from './pending-nodes.ts';
import { UndoLog } from './undo-log.ts';

interface Version {
  readonly version: number;
  readonly root: SubtreeRef;
  readonly rootHash: Uint8Array;
  readonly size: number;
  /** The way back to the version before. */
  readonly undo: UndoLog;
  /** Subtrees of the version before that this one no longer reaches. */
  readonly retired: readonly SubtreeRef[];
}

/** Undo logs kept for reuse. */
const SPARE_LOGS_MAX = 1;

/**
 * L3: an authenticated map from 32-byte keys to byte strings, with proofs of presence and absence at every retained version.
 *
 * A subtree without keys hashes to 32 zero bytes, a subtree with one key is that key's leaf, wherever it stands, and any
 * other is SHA-256(left || right), split by the next bit of the key. The root so depends on the contents alone.
 *
 * The newest version is changed in place, and every version notes what it overwrote, which is how earlier ones are still
 * read until they are pruned. All nodes live in typed arrays, about 180 bytes a key with 40-byte values, so that a
 * million facts put no load on the garbage collector. `entries()` must not be interleaved with `apply` or `prune`.
 */
export class SparseMerkleMap {
  readonly #hasher: Hasher;
  readonly #inner = new InnerNodes();
  readonly #leaves = new LeafArena();
  readonly #pending = new PendingNodes();
  /** Retained versions, ascending; the last is the present one. */
  #versions: Version[];
  readonly #spareLogs: UndoLog[] = [];
  #untouched = true;

  constructor(hasher: Hasher) {
    this.#hasher = hasher;
    const rootHash = new Uint8Array(DIGEST_BYTES);
    this.#versions = [{ version: 0, root: EMPTY, rootHash, size: 0, undo: new UndoLog(), retired: [] }];
  }

  /** The newest version; 0 before the first `apply`. */
  get version(): number {
    return this.#newest().version;
  }

  /** Number of keys in the newest version. */
  get size(): number {
    return this.#newest().size;
  }

  /** Bytes of nodes and values: of all retained versions and of what is free for reuse. */
  get reservedBytes(): number {
    const logs = [...this.#spareLogs, ...this.#versions.map(({ undo }) => undo)];
    const undoBytes = logs.reduce((sum, log) => sum + log.reservedBytes, 0);
    return this.#inner.reservedBytes + this.#leaves.reservedBytes + undoBytes;
  }

  /**
   * Makes a new version. Versions rise strictly; the first one may be 0, which then is the contents at the beginning.
   * Of several changes to one key the last one counts. Throws on a version that does not rise, a key that is not
   * 32 bytes and an empty value, and then changes nothing.
   */
  apply(version: number, changes: MapChanges | readonly MapChange[]): void {
    const newest = this.#newest();
    invariant(Number.isSafeInteger(version), `map version ${version} is not a whole number`);
    const replacesEmpty = this.#untouched && version === 0;
    invariant(replacesEmpty || version > newest.version, `map version ${version} does not follow ${newest.version}`);
    const columns = 'length' in changes ? toColumns(changes) : changes;
    const undo = this.#spareLogs.pop() ?? new UndoLog();
    const memory = { inner: this.#inner, leaves: this.#leaves, pending: this.#pending };
    const batch = new MapBatch(this.#hasher, memory, undo, columns);
    const { root, rootHash } = batch.run(newest.root, newest.rootHash);
    const next = { version, root, rootHash, size: newest.size + batch.sizeChange, undo, retired: batch.retired };
    if (replacesEmpty) this.#versions = [next];
    else this.#versions.push(next);
    this.#untouched = false;
  }

  /** A copy of the value, or undefined when the key is absent. */
  get(key: Uint8Array, version?: number): Uint8Array | undefined {
    if (!this.#leaves.mayHoldKey(key)) return undefined;
    const at = this.#indexOf(version);
    let ref = (this.#versions[at] as Version).root;
    for (let depth = 0; ref !== EMPTY && !isLeaf(ref); depth++)
      ref = this.#child(ref >>> 1, keyBit(key, depth) as Side, at);
    const leaf = ref >>> 1;
    return ref !== EMPTY && this.#leaves.compareKey(leaf, key) === 0 ? this.#leaves.value(leaf) : undefined;
  }

  /** 32 bytes; all zero for the empty map. */
  root(version?: number): Digest {
    return (this.#versions[this.#indexOf(version)] as Version).rootHash.slice();
  }

  /** A proof of the key's value, or of its absence. */
  prove(key: Uint8Array, version?: number): MapProof {
    invariant(key.length === DIGEST_BYTES, 'a map key has 32 bytes');
    const at = this.#indexOf(version);
    const siblings: Uint8Array[] = [];
    const bits = new Uint8Array(DIGEST_BYTES);
    let usedBytes = 0;
    let ref = (this.#versions[at] as Version).root;
    for (let depth = 0; ref !== EMPTY && !isLeaf(ref); depth++) {
      const id = ref >>> 1;
      const [side, other]: [Side, Side] = keyBit(key, depth) === 0 ? [LEFT, RIGHT] : [RIGHT, LEFT];
      if (this.#child(id, other, at) !== EMPTY) {
        siblings.push(this.#childHash(id, other, at));
        bits[depth >>> 3] = (bits[depth >>> 3] as number) | (128 >>> (depth & 7));
        usedBytes = (depth >>> 3) + 1;
      }
      ref = this.#child(id, side, at);
    }
    const proof = { key: new Uint8Array(key), siblingBits: bits.slice(0, usedBytes), siblings };
    if (ref === EMPTY) return { ...proof, value: undefined, other: undefined };
    const leaf = ref >>> 1;
    const value = this.#leaves.value(leaf);
    if (this.#leaves.compareKey(leaf, key) === 0) return { ...proof, value, other: undefined };
    return {
      ...proof,
      value: undefined,
      other: { key: this.#leaves.key(leaf), valueHash: this.#hasher.sha256(value) },
    };
  }

  /** Forgets every version that is not needed to answer for `oldestVersion` and later; their nodes are reused. */
  prune(oldestVersion: number): void {
    let base = 0;
    while (base + 1 < this.#versions.length && (this.#versions[base + 1] as Version).version <= oldestVersion) base++;
    if (base === 0) return;
    for (let i = 0; i <= base; i++) {
      const { retired, undo } = this.#versions[i] as Version;
      for (const ref of retired) {
        if (isLeaf(ref)) this.#leaves.release(ref >>> 1);
        else this.#inner.release(ref >>> 1);
      }
      undo.clear();
      if (i < base && this.#spareLogs.length < SPARE_LOGS_MAX) this.#spareLogs.push(undo);
    }
    this.#versions[base] = { ...(this.#versions[base] as Version), retired: [] };
    this.#versions.splice(0, base);
  }

  /** Keys and values of the newest version, ascending by key. */
  *entries(): IterableIterator<[Uint8Array, Uint8Array]> {
    const waiting: SubtreeRef[] = [this.#newest().root];
    for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
      const id = ref >>> 1;
      if (isLeaf(ref)) yield [this.#leaves.key(id), this.#leaves.value(id)];
      else if (ref !== EMPTY) waiting.push(this.#inner.child(id, RIGHT), this.#inner.child(id, LEFT));
    }
  }

  #newest(): Version {
    return this.#versions[this.#versions.length - 1] as Version;
  }

  /** Position of the contents as of `version`: the newest retained version that is not above it. */
  #indexOf(version: number | undefined): number {
    const newest = this.#newest().version;
    if (version === undefined || version === newest) return this.#versions.length - 1;
    invariant(version < newest, `map version ${version} is beyond ${newest}`);
    for (let i = this.#versions.length - 2; i >= 0; i--) {
      if ((this.#versions[i] as Version).version <= version) return i;
    }
    throw new Error(`invariant broken: map version ${version} was pruned`);
  }

  /** A child as of the version at `index`: from the first later version that overwrote it, or else as it is now. */
  #child(id: number, side: Side, index: number): SubtreeRef {
    for (let i = index + 1; i < this.#versions.length; i++) {
      const former = (this.#versions[i] as Version).undo.child(id, side);
      if (former !== undefined) return former;
    }
    return this.#inner.child(id, side);
  }

  #childHash(id: number, side: Side, index: number): Uint8Array {
    for (let i = index + 1; i < this.#versions.length; i++) {
      const former = (this.#versions[i] as Version).undo.childHash(id, side);
      if (former !== undefined) return new Uint8Array(former.buffer);
    }
    const words = new Uint32Array(HASH_WORDS);
    this.#inner.readChildHash(id, side, words, 0);
    return new Uint8Array(words.buffer);
  }
}
