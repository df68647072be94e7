import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes } from '../bytes.ts';
import { isStrictPoint, isStrictSignature } from './ed25519-strict.ts';
import type { SignatureScheme } from './types.ts';

const Point = ed25519.Point;

/**
 * The cofactorless equation R = [S]B - [k]A of RFC 8032 section 5.1.7, compared as bytes, which is libsodium's. The library's
 * own `verify` multiplies it by the cofactor and so accepts signatures of keys with a small-order part that libsodium refuses.
 */
function satisfiesEquation(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  const commitment = signature.subarray(0, 32);
  const key = Point.fromBytes(publicKey, false);
  const challenge = Point.Fn.create(bytesToNumberLE(sha512(concatBytes(commitment, publicKey, message))));
  const response = bytesToNumberLE(signature.subarray(32));
  const expected = Point.BASE.multiplyUnsafe(response).subtract(key.multiplyUnsafe(challenge));
  return equalBytes(expected.toBytes(), commitment);
}

/** Ed25519 (RFC 8032) in any JavaScript, by the strict rule of `ed25519-strict.ts`. */
export const portableEd25519: SignatureScheme = {
  publicKey: (secretKey) => ed25519.getPublicKey(secretKey),
  sign: (message, secretKey) => ed25519.sign(message, secretKey),
  verify: (signature, message, publicKey) => {
    if (!isStrictSignature(signature) || !isStrictPoint(publicKey)) return false;
    try {
      return satisfiesEquation(signature, message, publicKey);
    } catch {
      // The key is not on the curve.
      return false;
    }
  },
};
