import { describe, expect, it } from 'vitest';
import { concatBytes } from '../bytes.ts';
import { isStrictP256Key, isStrictP256Signature } from './p256-strict.ts';

const p = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function encode(value: bigint): Uint8Array {
  const hex = value.toString(16).padStart(64, '0');
  return Uint8Array.from({ length: 32 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}
const key = (prefix: number, x: bigint) => concatBytes(Uint8Array.of(prefix), encode(x));
const signature = (r: bigint, s: bigint) => concatBytes(encode(r), encode(s));

describe('the strict rule on the bytes of P-256 (R1)', () => {
  it('accepts keys of 33 bytes in the compressed form, with x below p', () => {
    for (const prefix of [2, 3]) {
      for (const x of [0n, 1n, p - 1n]) expect(isStrictP256Key(key(prefix, x))).toBe(true);
      for (const x of [p, p + 1n, 2n ** 256n - 1n]) expect(isStrictP256Key(key(prefix, x))).toBe(false);
    }
    for (const prefix of [0, 1, 4, 6, 7, 0x82]) expect(isStrictP256Key(key(prefix, 1n))).toBe(false);
    expect(isStrictP256Key(key(2, 1n).subarray(0, 32))).toBe(false);
    expect(isStrictP256Key(concatBytes(key(2, 1n), new Uint8Array(32)))).toBe(false);
  });

  it('accepts an r from 1 to n - 1 and an s from 1 to (n - 1) / 2, in 64 bytes', () => {
    const half = (n - 1n) / 2n;
    for (const r of [1n, n - 1n]) {
      for (const s of [1n, half]) expect(isStrictP256Signature(signature(r, s))).toBe(true);
      for (const s of [0n, half + 1n, n - 1n, n, n + 1n, 2n ** 256n - 1n]) {
        expect(isStrictP256Signature(signature(r, s))).toBe(false);
      }
    }
    for (const r of [0n, n, n + 1n, p, 2n ** 256n - 1n]) expect(isStrictP256Signature(signature(r, 1n))).toBe(false);
    expect(isStrictP256Signature(signature(1n, 1n).subarray(0, 63))).toBe(false);
    expect(isStrictP256Signature(concatBytes(signature(1n, 1n), new Uint8Array(1)))).toBe(false);
  });
});
