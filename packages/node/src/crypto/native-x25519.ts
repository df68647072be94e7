import type { KeyAgreement } from '@hansa/protocol/crypto';
import { sodium } from './sodium.ts';

/** X25519 by libsodium. */
export const nativeX25519: KeyAgreement = {
  publicKey: (secretKey) => {
    const publicKey = new Uint8Array(32);
    sodium.crypto_scalarmult_base(publicKey, secretKey);
    return publicKey;
  },
  sharedSecret: (secretKey, publicKey) => {
    if (publicKey.length !== 32) return undefined;
    const shared = new Uint8Array(32);
    try {
      sodium.crypto_scalarmult(shared, secretKey, publicKey);
    } catch {
      // A key of small order: the secret would be zero whatever the other side's key is.
      return undefined;
    }
    return shared;
  },
};
