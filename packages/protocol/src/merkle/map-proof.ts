import { equalBytes } from '../bytes.ts';
import { DIGEST_BYTES, type Digest, type Hasher } from '../crypto/types.ts';

/** Presence of a key with its value, or its absence, in a sparse Merkle map (L3). */
export interface MapProof {
  readonly key: Uint8Array;
  /** The value, never empty; undefined in a proof of absence. */
  readonly value: Uint8Array | undefined;
  /**
   * Bit i (most significant first) of byte i / 8: the sibling at depth i is not the empty subtree and stands in
   * `siblings`. The last set bit is the deepest inner node of the path; no zero byte follows it.
   */
  readonly siblingBits: Uint8Array;
  /** From the root downwards, 32 bytes each. */
  readonly siblings: readonly Uint8Array[];
  /** Absence beside another leaf: the leaf that stands where the key would. Undefined when the path ends in an empty subtree. */
  readonly other: { readonly key: Uint8Array; readonly valueHash: Uint8Array } | undefined;
}

/** SHA-256(0x00 || key || valueHash): 65 bytes hashed, an inner node has 64, so neither passes for the other. */
export function mapLeafHash(hasher: Hasher, key: Uint8Array, valueHash: Uint8Array): Digest {
  const message = new Uint8Array(1 + 2 * DIGEST_BYTES);
  message.set(key, 1);
  message.set(valueHash, 1 + DIGEST_BYTES);
  return hasher.sha256(message);
}

/** Bit `depth` of a key, most significant first: 0 goes left. */
export function keyBit(key: Uint8Array, depth: number): number {
  return ((key[depth >>> 3] as number) >>> (7 - (depth & 7))) & 1;
}

/** True when the proof holds under `root`, whether it is of presence (`value`) or of absence; false for anything malformed. */
export function verifyMapProof(hasher: Hasher, proof: MapProof, root: Uint8Array): boolean {
  const { key, value, siblingBits, siblings, other } = proof;
  if (root.length !== DIGEST_BYTES || key.length !== DIGEST_BYTES || siblingBits.length > DIGEST_BYTES) return false;
  if (value !== undefined && (other !== undefined || value.length === 0)) return false;
  const depth = pathDepth(siblingBits);
  if (Math.ceil(depth / 8) !== siblingBits.length) return false;
  let hash: Uint8Array = new Uint8Array(DIGEST_BYTES);
  if (value !== undefined) hash = mapLeafHash(hasher, key, hasher.sha256(value));
  else if (other !== undefined) {
    if (other.key.length !== DIGEST_BYTES || other.valueHash.length !== DIGEST_BYTES) return false;
    // The other leaf must be another key, and must stand where this key would.
    if (equalBytes(other.key, key)) return false;
    for (let i = 0; i < depth; i++) if (keyBit(other.key, i) !== keyBit(key, i)) return false;
    hash = mapLeafHash(hasher, other.key, other.valueHash);
  }
  let next = siblings.length - 1;
  const pair = new Uint8Array(2 * DIGEST_BYTES);
  for (let i = depth - 1; i >= 0; i--) {
    pair.fill(0);
    const side = keyBit(key, i) * DIGEST_BYTES;
    if (keyBit(siblingBits, i) === 1) {
      const sibling = siblings[next--];
      // An empty subtree has no place in `siblings`, so that each fact has one proof.
      if (sibling === undefined || sibling.length !== DIGEST_BYTES || isZero(sibling)) return false;
      pair.set(sibling, DIGEST_BYTES - side);
    }
    pair.set(hash, side);
    hash = hasher.sha256(pair);
  }
  return next === -1 && equalBytes(hash, root);
}

/** One more than the index of the last set bit. */
function pathDepth(siblingBits: Uint8Array): number {
  for (let i = siblingBits.length * 8 - 1; i >= 0; i--) if (keyBit(siblingBits, i) === 1) return i + 1;
  return 0;
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
