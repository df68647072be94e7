import { ecdsa, weierstrass } from '@noble/curves/abstract/weierstrass.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { isStrictP256Key, isStrictP256Signature } from './p256-strict.ts';
import type { SignatureScheme } from './types.ts';

// The library's own P-256 comes with hashing to the curve and much else that a browser would have to load.
const p256 = ecdsa(
  weierstrass({
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    h: 1n,
    a: 0xffffffff00000001000000000000000000000000fffffffffffffffffffffffcn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    Gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    Gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  }),
  sha256,
);
const options = { prehash: true, lowS: true, format: 'compact' } as const;

/** ES256, ECDSA on P-256 with SHA-256, in any JavaScript, by the strict rule of `p256-strict.ts`; nonces of RFC 6979. */
export const portableP256: SignatureScheme = {
  publicKey: (secretKey) => p256.getPublicKey(secretKey, true),
  sign: (message, secretKey) => p256.sign(message, secretKey, options),
  verify: (signature, message, publicKey) => {
    if (!isStrictP256Signature(signature) || !isStrictP256Key(publicKey)) return false; // guard: R1 no twins, one encoding
    try {
      return p256.verify(signature, message, publicKey, options);
    } catch {
      // The key is not on the curve.
      return false;
    }
  },
};
