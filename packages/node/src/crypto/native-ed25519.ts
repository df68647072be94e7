import { isStrictPoint, isStrictSignature, type SignatureScheme } from '@hansa/protocol/crypto';
import { sodium } from './sodium.ts';

interface KeyPair {
  readonly publicKey: Uint8Array;
  /** libsodium's form: seed and public key, 64 bytes. */
  readonly signingKey: Uint8Array;
}

/** Expanded seeds by the identity of their array; the owner of a seed never writes to it while it signs. */
const keyPairs = new WeakMap<Uint8Array, KeyPair>();

function keyPair(seed: Uint8Array): KeyPair {
  const known = keyPairs.get(seed);
  if (known !== undefined) return known;
  const pair = { publicKey: new Uint8Array(32), signingKey: new Uint8Array(64) };
  sodium.crypto_sign_seed_keypair(pair.publicKey, pair.signingKey, seed);
  keyPairs.set(seed, pair);
  return pair;
}

/** Ed25519 by libsodium, by the strict rule that all implementations share. */
export const nativeEd25519: SignatureScheme = {
  publicKey: (secretKey) => keyPair(secretKey).publicKey.slice(),
  sign: (message, secretKey) => {
    const signature = new Uint8Array(64);
    sodium.crypto_sign_detached(signature, message, keyPair(secretKey).signingKey);
    return signature;
  },
  verify: (signature, message, publicKey) =>
    isStrictSignature(signature) &&
    isStrictPoint(publicKey) &&
    sodium.crypto_sign_verify_detached(signature, message, publicKey),
};
