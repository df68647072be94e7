import { portableBls } from './portable-bls.ts';
import { portableEd25519 } from './portable-ed25519.ts';
import { portableHasher } from './portable-hash.ts';
import { portableX25519 } from './portable-x25519.ts';
import type { Crypto } from './types.ts';

/** All of the protocol's cryptography in plain JavaScript (@noble). Import a part alone to bundle no more than that part. */
export const portableCrypto: Crypto = {
  ...portableHasher,
  ed25519: portableEd25519,
  bls: portableBls,
  x25519: portableX25519,
};
