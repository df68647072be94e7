import { hash } from 'node:crypto';
import { hashInto } from '@chainsafe/hashtree';
import type { Hasher } from '@hansa/protocol/crypto';
import { hashEach, hashRows, laneMessageBytesMax } from './sha256-lanes.ts';
import { sodium } from './sodium.ts';

const DIGEST_BYTES = 32;
/** Above this length node:crypto's faster compression outweighs libsodium's cheaper call (measured: they meet between 130 and 260 bytes). */
const SODIUM_BYTES_MAX = 192;

// Crossing into native code costs twice as much with a young small array, which V8 first has to move out of its heap. So
// inputs and the digest go through memory that is outside already. One call uses it at a time: JavaScript has one thread.
const scratch = new Uint8Array(new ArrayBuffer(SODIUM_BYTES_MAX));
const inputs = Array.from({ length: SODIUM_BYTES_MAX + 1 }, (_, length) => new Uint8Array(scratch.buffer, 0, length));
const digest = new Uint8Array(new ArrayBuffer(2 * DIGEST_BYTES + 1), 0, DIGEST_BYTES);
/** A domain's prefix and a digest: the keys of facts. */
const PAIR_BYTES = 2 * DIGEST_BYTES;

function sha256(data: Uint8Array): Uint8Array {
  if (data.length > SODIUM_BYTES_MAX) return large(data);
  scratch.set(data);
  const input = inputs[data.length] as Uint8Array;
  // Half the time: it knows the instructions of the processor, and libsodium's is portable C.
  if (data.length === PAIR_BYTES) hashInto(input, digest);
  else sodium.crypto_hash_sha256(digest, input);
  return digest.slice();
}

/** A plain Uint8Array: a Buffer's `slice` does not copy, which callers may rely on. */
function large(data: Uint8Array): Uint8Array {
  return new Uint8Array(hash('sha256', data, 'buffer'));
}

function sha256Each(prefix: Uint8Array, messages: readonly Uint8Array[]): Uint8Array {
  const room = laneMessageBytesMax - prefix.length;
  if (messages.every((message) => message.length <= room)) return hashEach(prefix, messages);
  const digests = new Uint8Array(messages.length * DIGEST_BYTES);
  messages.forEach((message, index) => {
    digests.set(sha256(Buffer.concat([prefix, message])), index * DIGEST_BYTES);
  });
  return digests;
}

function sha256Rows(prefix: Uint8Array, rows: Uint8Array, rowBytes: number): Uint8Array {
  if (rows.length % rowBytes !== 0) throw new RangeError(`rows of ${rowBytes} bytes are a multiple of that long`);
  if (prefix.length + rowBytes <= laneMessageBytesMax) return hashRows(prefix, rows, rowBytes);
  const count = rows.length / rowBytes;
  const views = Array.from({ length: count }, (_, i) => rows.subarray(i * rowBytes, (i + 1) * rowBytes));
  return sha256Each(prefix, views);
}

/**
 * SHA-256 by libsodium and node:crypto; rows of pairs by hashtree, and many other messages by WebAssembly, which hash
 * several at a time.
 */
export const nativeHasher: Hasher = {
  sha256,
  sha256Pairs: (pairs) => {
    if (pairs.length % 64 !== 0) throw new RangeError('sha256Pairs takes a multiple of 64 bytes');
    const digests = new Uint8Array(pairs.length / 2);
    // Not `hash`: its results live outside of what the collector counts, and are freed only when the event loop turns.
    if (pairs.length > 0) hashInto(pairs, digests);
    return digests;
  },
  sha256Each,
  sha256Rows,
};
