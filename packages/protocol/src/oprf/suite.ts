import { expand_message_xmd } from '@noble/curves/abstract/hash-to-curve.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8 } from '../bytes.ts';
import type { Group } from './group.ts';
import { type Scalar, scalarFromUniform, UNIFORM_BYTES } from './scalar.ts';

/** RFC 9497, section 3.1: "OPRFV1-" || mode || "-" || identifier. */
function contextString(mode: number): Uint8Array {
  return concatBytes(utf8('OPRFV1-'), Uint8Array.of(mode), utf8('-ristretto255-SHA512'));
}

/** Outputs are those of mode OPRF (0x00); proofs are those of mode VOPRF (0x01). */
const hashToGroupTag = concatBytes(utf8('HashToGroup-'), contextString(0));
const hashToScalarTag = concatBytes(utf8('HashToScalar-'), contextString(1));
/** The seed of a batch's weights (ComputeComposites). */
export const seedTag = concatBytes(utf8('Seed-'), contextString(1));

/** HashToGroup of mode OPRF; the input has at most 65,535 bytes. */
export function hashToGroup(group: Group, input: Uint8Array): Uint8Array {
  return group.fromUniform(expand_message_xmd(input, hashToGroupTag, UNIFORM_BYTES, sha512));
}

/** HashToScalar of mode VOPRF. */
export function hashToScalar(input: Uint8Array): Scalar {
  return scalarFromUniform(expand_message_xmd(input, hashToScalarTag, UNIFORM_BYTES, sha512));
}

/** I2OSP(length, 2) || part, for each part. */
export function lengthPrefixed(...parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...parts.flatMap((part) => [u16be(part.length), part]));
}

/** I2OSP(value, 2). */
export function u16be(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value & 255);
}
