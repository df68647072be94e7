import { fromHex, toHex } from '@hansa/protocol';

/** y^2 = x^3 - 3x + b over p (FIPS 186-5, P-256). Points of a JWK have both coordinates, those of records one and a sign. */
const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** Order of the group. */
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function rightSide(x: bigint): bigint {
  return ((((x * x - 3n) * x + b) % p) + p) % p;
}

/** 33 bytes of x || y (64 bytes); undefined when the point is not on the curve. */
export function compressPoint(point: Uint8Array): Uint8Array | undefined {
  const [x, y] = [toNumber(point.subarray(0, 32)), toNumber(point.subarray(32))];
  if (x >= p || y >= p || (y * y) % p !== rightSide(x)) return undefined;
  return Uint8Array.of(y % 2n === 0n ? 2 : 3, ...point.subarray(0, 32));
}

/** x || y (64 bytes) of a compressed point; undefined when there is none. */
export function decompressPoint(compressed: Uint8Array): Uint8Array | undefined {
  const [sign] = compressed;
  const x = toNumber(compressed.subarray(1));
  if ((sign !== 2 && sign !== 3) || x >= p) return undefined;
  const square = rightSide(x);
  // p = 3 mod 4: this power is a root, if there is one.
  const root = power(square, (p + 1n) / 4n);
  if ((root * root) % p !== square) return undefined;
  const y = root % 2n === BigInt(sign & 1) ? root : p - root;
  const point = new Uint8Array(64);
  point.set(compressed.subarray(1));
  point.set(toBytes(y), 32);
  return point;
}

/** r || s with the s of the two that is in the lower half; both are signatures of the same. */
export function withLowS(signature: Uint8Array): Uint8Array {
  const s = toNumber(signature.subarray(32));
  if (s <= n / 2n || s >= n) return signature;
  const low = signature.slice();
  low.set(toBytes(n - s), 32);
  return low;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, left = exponent; left > 0n; left >>= 1n, square = (square * square) % p) {
    if (left & 1n) result = (result * square) % p;
  }
  return result;
}

function toBytes(value: bigint): Uint8Array {
  return fromHex(value.toString(16).padStart(64, '0')) ?? new Uint8Array(32);
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}
