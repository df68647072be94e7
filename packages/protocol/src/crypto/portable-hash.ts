import { sha256 } from '@noble/hashes/sha2.js';
import { DIGEST_BYTES, type Hasher } from './types.ts';

/** SHA-256 in any JavaScript. */
export const portableHasher: Hasher = {
  sha256: (data) => sha256(data),
  sha256Pairs: (pairs) => {
    if (pairs.length % 64 !== 0) throw new RangeError('sha256Pairs takes a multiple of 64 bytes');
    const out = new Uint8Array(pairs.length / 2);
    for (let i = 0; i * 64 < pairs.length; i++) out.set(sha256(pairs.subarray(i * 64, i * 64 + 64)), i * DIGEST_BYTES);
    return out;
  },
};
