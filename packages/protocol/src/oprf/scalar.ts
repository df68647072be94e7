import { ristretto255 } from '@noble/curves/ed25519.js';

const { Fn } = ristretto255.Point;

/** Of a scalar and of an element: 32 bytes each (RFC 9496). */
export const SCALAR_BYTES = 32;
export const ELEMENT_BYTES = 32;
/** Uniform bytes from which one scalar, or one element, is derived. */
export const UNIFORM_BYTES = 64;

/** An integer modulo the order of ristretto255. */
export type Scalar = bigint;

/** 32 bytes, little endian (RFC 9497, section 4.1). */
export function encodeScalar(scalar: Scalar): Uint8Array {
  return Fn.toBytes(Fn.create(scalar));
}

/** Undefined for anything but the shortest form below the group's order. */
export function decodeScalar(bytes: Uint8Array): Scalar | undefined {
  if (bytes.length !== SCALAR_BYTES) return undefined;
  try {
    return Fn.fromBytes(bytes);
  } catch {
    return undefined;
  }
}

/** 64 uniform bytes, read little endian and reduced: the bias is below 2^-250. */
export function scalarFromUniform(bytes: Uint8Array): Scalar {
  if (bytes.length !== UNIFORM_BYTES) throw new RangeError('a scalar is drawn from 64 uniform bytes');
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number);
  return Fn.create(value);
}

export function addScalars(a: Scalar, b: Scalar): Scalar {
  return Fn.add(a, b);
}

export function subtractScalars(a: Scalar, b: Scalar): Scalar {
  return Fn.sub(a, b);
}

export function multiplyScalars(a: Scalar, b: Scalar): Scalar {
  return Fn.mul(a, b);
}

/** Inverses of many non-zero scalars for little more than the price of one (Montgomery). Throws on zero. */
export function invertScalars(scalars: readonly Scalar[]): Scalar[] {
  return scalars.length === 0 ? [] : Fn.invertBatch([...scalars]).map((inverse) => nonZero(inverse));
}

function nonZero(scalar: Scalar | undefined): Scalar {
  if (scalar === undefined || scalar === 0n) throw new RangeError('zero has no inverse');
  return scalar;
}
