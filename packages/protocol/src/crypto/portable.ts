import { portableP256 } from './portable-p256.ts';
import { portableReceiptCrypto } from './portable-receipt.ts';
import { portableX25519 } from './portable-x25519.ts';
import type { Crypto } from './types.ts';

/** All of the protocol's cryptography in plain JavaScript (@noble). Import a part alone to bundle no more than that part. */
export const portableCrypto: Crypto = {
  ...portableReceiptCrypto,
  p256: portableP256,
  x25519: portableX25519,
};
