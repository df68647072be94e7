import { concatBytes, equalBytes } from '../bytes.ts';
import type { Hasher } from '../crypto/index.ts';
import { DIGEST_BYTES } from '../crypto/types.ts';

/**
 * A receipt's bytes: all fields before the checksum, the checksum, the seals (C12). The checksum is the SHA-256 of
 * everything else. The proofs protect against liars; the checksum makes every other change visible, even one that would
 * turn a true absence into another true absence.
 */
export function appendChecksum(hasher: Hasher, content: Uint8Array, seals: Uint8Array = NO_SEALS): Uint8Array {
  return concatBytes(content, FIELD_KEY, hasher.sha256(concatBytes(content, seals)), seals);
}

/** Expects bytes that decoded strictly: fields ascend, and each is a length and as many bytes. */
export function hasChecksum(hasher: Hasher, receipt: Uint8Array): boolean {
  let offset = 0;
  while (offset < receipt.length && receipt[offset] !== FIELD_KEY[0]) offset = skipField(receipt, offset);
  const sealsAt = offset + FIELD_KEY.length + DIGEST_BYTES;
  if (sealsAt > receipt.length) return false;
  return equalBytes(appendChecksum(hasher, receipt.subarray(0, offset), receipt.subarray(sealsAt)), receipt);
}

/** Where the field that begins at `offset` ends. */
function skipField(bytes: Uint8Array, offset: number): number {
  let at = offset + 1;
  let length = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[at++] ?? 0;
    length += (byte & 127) * shift;
    if (byte < 128) return at + length;
  }
}

/** Field 7, length-delimited, 32 bytes. */
const FIELD_KEY = new Uint8Array([(7 << 3) | 2, DIGEST_BYTES]);

const NO_SEALS = new Uint8Array(0);
