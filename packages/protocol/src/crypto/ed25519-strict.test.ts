import { ed25519 } from '@noble/curves/ed25519.js';
import { numberToBytesLE } from '@noble/curves/utils.js';
import { describe, expect, it } from 'vitest';
import { concatBytes, toHex } from '../bytes.ts';
import { isStrictPoint, isStrictSignature } from './ed25519-strict.ts';

const Point = ed25519.Point;
const p = Point.Fp.ORDER;
const order = Point.Fn.ORDER;
const encode = (value: bigint): Uint8Array => numberToBytesLE(value, 32);
const withSign = (point: Uint8Array): Uint8Array => point.with(31, (point[31] as number) | 0x80);

/** The eight points whose order divides the cofactor, as multiples of one of order 8. */
function smallOrderPoints(): Uint8Array[] {
  const generator = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
  const points: Uint8Array[] = [];
  let point = Point.ZERO;
  for (let i = 0; i < 8; i++) {
    points.push(point.toBytes());
    point = point.add(generator);
  }
  expect(point.equals(Point.ZERO)).toBe(true);
  return points;
}

describe('the strict rule on the bytes of Ed25519 (R1)', () => {
  const ordinary = Point.BASE.toBytes();

  it('refuses all eight points of small order, with either sign bit', () => {
    const points = smallOrderPoints();
    expect(new Set(points.map(toHex)).size).toBe(8);
    for (const point of points) {
      expect(isStrictPoint(point)).toBe(false);
      expect(isStrictPoint(withSign(point))).toBe(false);
      expect(isStrictSignature(concatBytes(point, encode(1n)))).toBe(false);
    }
  });

  it('refuses every y of p and above, with either sign bit, and accepts p - 2', () => {
    for (let y = p; y < 2n ** 255n; y++) {
      expect(isStrictPoint(encode(y))).toBe(false);
      expect(isStrictPoint(withSign(encode(y)))).toBe(false);
    }
    expect(isStrictPoint(encode(p - 2n))).toBe(true);
    expect(isStrictPoint(withSign(encode(p - 2n)))).toBe(true);
  });

  it('accepts ordinary points with either sign, of 32 bytes only', () => {
    for (let i = 1n; i < 50n; i++) {
      const point = Point.BASE.multiply(i).toBytes();
      expect(isStrictPoint(point)).toBe(true);
      expect(isStrictPoint(withSign(point))).toBe(true);
    }
    expect(isStrictPoint(ordinary.subarray(1))).toBe(false);
    expect(isStrictPoint(concatBytes(ordinary, new Uint8Array(1)))).toBe(false);
    expect(isStrictPoint(new Uint8Array(0))).toBe(false);
  });

  it('accepts an S below the group order and refuses the order and everything above', () => {
    for (const s of [0n, 1n, order - 1n, 2n ** 252n])
      expect(isStrictSignature(concatBytes(ordinary, encode(s)))).toBe(true);
    for (const s of [order, order + 1n, 2n * order, 2n ** 253n, 2n ** 255n, 2n ** 256n - 1n]) {
      expect(isStrictSignature(concatBytes(ordinary, encode(s)))).toBe(false);
    }
    expect(isStrictSignature(concatBytes(ordinary, encode(1n)).subarray(0, 63))).toBe(false);
    expect(isStrictSignature(concatBytes(ordinary, encode(1n), new Uint8Array(1)))).toBe(false);
  });
});
