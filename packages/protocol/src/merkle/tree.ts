import { concatBytes, equalBytes } from '../bytes.ts';
import { DIGEST_BYTES, type Digest, type Hasher } from '../crypto/types.ts';

/**
 * The Merkle tree of RFC 6962 section 2.1 (the same in RFC 9162 section 2.1) with SHA-256. Leaves hash under 0x00, inner
 * nodes under 0x01; a tree of n leaves splits at the largest power of two below n; the empty tree's root is SHA-256("").
 */

/** SHA-256(0x00 || data). */
export function leafHash(hasher: Hasher, data: Uint8Array): Digest {
  const message = new Uint8Array(1 + data.length);
  message.set(data, 1);
  return hasher.sha256(message);
}

const LEAF_PREFIX = new Uint8Array([0]);
const NODE_PREFIX = new Uint8Array([1]);

/** SHA-256(0x01 || left || right). */
export function nodeHash(hasher: Hasher, left: Uint8Array, right: Uint8Array): Digest {
  return hasher.sha256(concatBytes(NODE_PREFIX, left, right));
}

/** The root over the leaves' data, in order. */
export function merkleRoot(hasher: Hasher, leaves: readonly Uint8Array[]): Digest {
  return rootOf(hasher, hasher.sha256Each(LEAF_PREFIX, leaves));
}

/** The root over leaves whose data are digests, side by side, in order. */
export function merkleRootOfDigests(hasher: Hasher, digests: Uint8Array): Digest {
  return rootOf(hasher, hasher.sha256Rows(LEAF_PREFIX, digests, DIGEST_BYTES));
}

/** From the leaves' hashes, side by side. */
function rootOf(hasher: Hasher, leafHashes: Uint8Array): Digest {
  if (leafHashes.length === 0) return hasher.sha256(new Uint8Array(0));
  let level = leafHashes;
  while (level.length > DIGEST_BYTES) level = levelAbove(hasher, level);
  return level;
}

/**
 * The audit path of leaf `index`: sibling hashes from the leaf upwards (RFC 6962 section 2.1.1).
 * Throws RangeError when there is no such leaf.
 */
export function inclusionPath(hasher: Hasher, leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`leaf ${index} is not in a tree of ${leaves.length}`);
  }
  const path: Uint8Array[] = [];
  let level = hasher.sha256Each(LEAF_PREFIX, leaves);
  for (let position = index; level.length > DIGEST_BYTES; position >>>= 1) {
    const start = (position ^ 1) * DIGEST_BYTES;
    if (start < level.length) path.push(level.slice(start, start + DIGEST_BYTES));
    level = levelAbove(hasher, level);
  }
  return path;
}

/** True when `data` is leaf `index` of the tree of `size` leaves with this root (RFC 9162 section 2.1.3.2). */
export function verifyInclusion(
  hasher: Hasher,
  data: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  if (!areHashes(path) || root.length !== DIGEST_BYTES) return false;
  let position = index;
  let last = size - 1;
  let hash = leafHash(hasher, data);
  for (const sibling of path) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(hasher, sibling, hash);
      // A node at the right edge without a sibling rises unchanged.
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2);
        last = Math.floor(last / 2);
      }
    } else hash = nodeHash(hasher, hash, sibling);
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(hash, root);
}

/**
 * True when the tree of `fromSize` leaves with `fromRoot` is the beginning of the tree of `toSize` leaves with `toRoot`
 * (RFC 9162 section 2.1.4.2). The empty tree is the beginning of every tree, with an empty path.
 */
export function verifyConsistency(
  hasher: Hasher,
  fromSize: number,
  toSize: number,
  fromRoot: Uint8Array,
  toRoot: Uint8Array,
  path: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(fromSize) || !Number.isSafeInteger(toSize) || fromSize < 0 || fromSize > toSize)
    return false;
  if (!areHashes(path) || fromRoot.length !== DIGEST_BYTES || toRoot.length !== DIGEST_BYTES) return false;
  if (fromSize === toSize) return path.length === 0 && equalBytes(fromRoot, toRoot);
  if (fromSize === 0) return path.length === 0 && equalBytes(fromRoot, hasher.sha256(new Uint8Array(0)));
  let position = fromSize - 1;
  let last = toSize - 1;
  while (position % 2 === 1) {
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  // When the old tree is one complete subtree of the new one, its root is the path's silent first element.
  const start = position === 0 ? fromRoot : path[0];
  if (start === undefined) return false;
  let from = start;
  let to = start;
  for (const sibling of position === 0 ? path : path.slice(1)) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      from = nodeHash(hasher, sibling, from);
      to = nodeHash(hasher, sibling, to);
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2);
        last = Math.floor(last / 2);
      }
    } else to = nodeHash(hasher, to, sibling);
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && equalBytes(from, fromRoot) && equalBytes(to, toRoot);
}

/** Pairs hashed; an odd last node rises unchanged, which is the same as the RFC's recursive split. */
function levelAbove(hasher: Hasher, level: Uint8Array): Uint8Array {
  const paired = level.length - (level.length % (2 * DIGEST_BYTES));
  const hashes = hasher.sha256Rows(NODE_PREFIX, level.subarray(0, paired), 2 * DIGEST_BYTES);
  return paired === level.length ? hashes : concatBytes(hashes, level.subarray(paired));
}

function areHashes(path: readonly Uint8Array[]): boolean {
  return path.every((hash) => hash.length === DIGEST_BYTES);
}
