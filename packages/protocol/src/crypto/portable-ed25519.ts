import { ed25519 } from '@noble/curves/ed25519.js';
import { isStrictPoint, isStrictSignature } from './ed25519-strict.ts';
import type { SignatureScheme } from './types.ts';

/** Ed25519 (RFC 8032) in any JavaScript, by the strict rule. */
export const portableEd25519: SignatureScheme = {
  publicKey: (secretKey) => ed25519.getPublicKey(secretKey),
  sign: (message, secretKey) => ed25519.sign(message, secretKey),
  verify: (signature, message, publicKey) => {
    if (!isStrictSignature(signature) || !isStrictPoint(publicKey)) return false;
    try {
      return ed25519.verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};
