import { x25519 } from '@noble/curves/ed25519.js';
import type { KeyAgreement } from './types.ts';

/** X25519 (RFC 7748) in any JavaScript. */
export const portableX25519: KeyAgreement = {
  publicKey: (secretKey) => x25519.getPublicKey(secretKey),
  sharedSecret: (secretKey, publicKey) => {
    if (publicKey.length !== 32) return undefined;
    try {
      return x25519.getSharedSecret(secretKey, publicKey);
    } catch {
      // A key of small order: the secret would be zero whatever the other side's key is.
      return undefined;
    }
  },
};
