import { portableBls } from './portable-bls.ts';
import { portableEd25519 } from './portable-ed25519.ts';
import { portableHasher } from './portable-hash.ts';
import type { ReceiptCrypto } from './types.ts';

/** What a verifier of receipts needs, in plain JavaScript (@noble). */
export const portableReceiptCrypto: ReceiptCrypto = {
  ...portableHasher,
  ed25519: portableEd25519,
  bls: portableBls,
};
