import type { Crypto } from '@hansa/protocol/crypto';
import { nativeBls } from './native-bls.ts';
import { nativeEd25519 } from './native-ed25519.ts';
import { nativeHasher } from './native-hash.ts';
import { nativeX25519 } from './native-x25519.ts';

/** All of the protocol's cryptography by native code: libsodium, blst, hashtree and WebAssembly. */
export const nativeCrypto: Crypto = {
  ...nativeHasher,
  ed25519: nativeEd25519,
  bls: nativeBls,
  x25519: nativeX25519,
};

export { nativeBls } from './native-bls.ts';
export { nativeEd25519 } from './native-ed25519.ts';
export { nativeHasher } from './native-hash.ts';
export { nativeX25519 } from './native-x25519.ts';
export { rememberingSignatures } from './remembered.ts';
