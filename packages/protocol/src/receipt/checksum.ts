import { concatBytes, equalBytes } from '../bytes.ts';
import type { Hasher } from '../crypto/index.ts';
import { DIGEST_BYTES } from '../crypto/types.ts';

/**
 * The last field of a receipt: SHA-256 of all bytes before it. The proofs protect against liars; the checksum makes
 * every other change visible, even one that would turn a true absence into another true absence.
 */
export function appendChecksum(hasher: Hasher, content: Uint8Array): Uint8Array {
  return concatBytes(content, FIELD_KEY, hasher.sha256(content));
}

/** Expects bytes that decoded strictly, so that the checksum can only be at the end. */
export function hasChecksum(hasher: Hasher, receipt: Uint8Array): boolean {
  const contentLength = receipt.length - FIELD_KEY.length - DIGEST_BYTES;
  if (contentLength < 0) return false;
  return equalBytes(appendChecksum(hasher, receipt.subarray(0, contentLength)), receipt);
}

/** Field 7, length-delimited, 32 bytes. */
const FIELD_KEY = new Uint8Array([(7 << 3) | 2, DIGEST_BYTES]);
