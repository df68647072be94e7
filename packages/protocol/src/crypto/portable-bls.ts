import { bls12_381 } from '@noble/curves/bls12-381.js';
import { isFiniteCompressed } from './bls-encoding.ts';
import type { AggregateScheme } from './types.ts';

/** Ciphersuites of draft-irtf-cfrg-bls-signature-05 section 4.2.3: minimal public keys, proof of possession. */
const SIGNATURE_SUITE = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';
const POSSESSION_SUITE = 'BLS_POP_BLS12381G2_XMD:SHA-256_SSWU_RO_POP_';

const scheme = bls12_381.longSignatures;
const KeyPoint = bls12_381.G1.Point;
const SignaturePoint = bls12_381.G2.Point;
type KeyPoint = InstanceType<typeof KeyPoint>;
type SignaturePoint = InstanceType<typeof SignaturePoint>;

/** Checked keys by the identity of their array; callers never write to a key. */
const parsedKeys = new WeakMap<Uint8Array, KeyPoint>();

function parseKey(bytes: Uint8Array): KeyPoint | undefined {
  const known = parsedKeys.get(bytes);
  if (known !== undefined) return known;
  if (!isFiniteCompressed(bytes, 48)) return undefined;
  try {
    // Checks the encoding, the curve and the group.
    const key = KeyPoint.fromBytes(bytes);
    parsedKeys.set(bytes, key);
    return key;
  } catch {
    return undefined;
  }
}

function parseSignature(bytes: Uint8Array): SignaturePoint | undefined {
  if (!isFiniteCompressed(bytes, 96)) return undefined;
  try {
    return SignaturePoint.fromBytes(bytes);
  } catch {
    return undefined;
  }
}

function sign(message: Uint8Array, secretKey: Uint8Array, suite: string): Uint8Array {
  return scheme.sign(scheme.hash(message, suite), secretKey).toBytes();
}

function verify(signature: Uint8Array, message: Uint8Array, key: KeyPoint | undefined, suite: string): boolean {
  const point = parseSignature(signature);
  if (point === undefined || key === undefined) return false;
  try {
    return scheme.verify(point, scheme.hash(message, suite), key);
  } catch {
    return false;
  }
}

/** BLS12-381 in any JavaScript. A signature outside of the group already fails to aggregate here. */
export const portableBls: AggregateScheme = {
  publicKey: (secretKey) => scheme.getPublicKey(secretKey).toBytes(),
  sign: (message, secretKey) => sign(message, secretKey, SIGNATURE_SUITE),
  verify: (signature, message, publicKey) => verify(signature, message, parseKey(publicKey), SIGNATURE_SUITE),
  aggregate: (signatures) => {
    let sum = SignaturePoint.ZERO;
    for (const bytes of signatures) {
      const point = parseSignature(bytes);
      if (point === undefined) return undefined;
      sum = sum.add(point);
    }
    return sum.is0() ? undefined : sum.toBytes();
  },
  verifyAggregate: (signature, message, publicKeys) => {
    let sum = KeyPoint.ZERO;
    for (const bytes of publicKeys) {
      const key = parseKey(bytes);
      if (key === undefined) return false;
      sum = sum.add(key);
    }
    return !sum.is0() && verify(signature, message, sum, SIGNATURE_SUITE);
  },
  provePossession: (secretKey) => sign(scheme.getPublicKey(secretKey).toBytes(), secretKey, POSSESSION_SUITE),
  verifyPossession: (proof, publicKey) => verify(proof, publicKey, parseKey(publicKey), POSSESSION_SUITE),
};
