/**
 * The one rule by which every implementation refuses edge cases of ECDSA on P-256. Like that of Ed25519 it is checked on
 * the bytes, before any library sees them: a key has one encoding, and a signature has no twin (of s and n - s both would
 * satisfy the equation, and a record could be sent again under another digest).
 */

/** p = 2^256 - 2^224 + 2^192 + 2^96 - 1. */
const FIELD_ORDER = bigEndian('ffffffff00000001000000000000000000000000ffffffffffffffffffffffff');
const GROUP_ORDER = bigEndian('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
/** (n + 1) / 2: the lowest s that is too high. */
const HALF_ORDER = bigEndian('7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a9');

export const P256_KEY_BYTES = 33;

/** 33 bytes that encode a point in the compressed form, with x below p. Says nothing about being on the curve. */
export function isStrictP256Key(key: Uint8Array): boolean {
  return key.length === P256_KEY_BYTES && (key[0] === 2 || key[0] === 3) && isBelow(key, 1, FIELD_ORDER);
}

/** 64 bytes r || s, big endian, with 1 <= r < n and 1 <= s <= (n - 1) / 2. */
export function isStrictP256Signature(signature: Uint8Array): boolean {
  return (
    signature.length === 64 &&
    isBelow(signature, 0, GROUP_ORDER) &&
    isBelow(signature, 32, HALF_ORDER) &&
    !isZero(signature, 0) &&
    !isZero(signature, 32)
  );
}

/** Compares 32 bytes at `start` with a bound. */
function isBelow(bytes: Uint8Array, start: number, bound: Uint8Array): boolean {
  for (let i = 0; i < 32; i++) {
    const byte = bytes[start + i] as number;
    const limit = bound[i] as number;
    if (byte !== limit) return byte < limit;
  }
  return false;
}

function isZero(bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < 32; i++) if (bytes[start + i] !== 0) return false;
  return true;
}

function bigEndian(hex: string): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}
