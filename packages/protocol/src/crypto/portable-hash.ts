import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '../bytes.ts';
import { DIGEST_BYTES, type Hasher } from './types.ts';

const NO_PREFIX = new Uint8Array(0);

/** SHA-256 in any JavaScript. */
export const portableHasher: Hasher = {
  sha256: (data) => sha256(data),
  sha256Pairs: (pairs) => sha256Rows(NO_PREFIX, pairs, 2 * DIGEST_BYTES),
  sha256Each: (prefix, messages) => concatBytes(...messages.map((message) => sha256(concatBytes(prefix, message)))),
  sha256Rows,
};

function sha256Rows(prefix: Uint8Array, rows: Uint8Array, rowBytes: number): Uint8Array {
  if (rows.length % rowBytes !== 0) throw new RangeError(`rows of ${rowBytes} bytes are a multiple of that long`);
  const digests = new Uint8Array((rows.length / rowBytes) * DIGEST_BYTES);
  for (let i = 0; i * rowBytes < rows.length; i++) {
    const message = concatBytes(prefix, rows.subarray(i * rowBytes, (i + 1) * rowBytes));
    digests.set(sha256(message), i * DIGEST_BYTES);
  }
  return digests;
}
