import type { Crypto } from '@hansa/protocol/crypto';
import { nativeBls } from './native-bls.ts';
import { nativeEd25519 } from './native-ed25519.ts';
import { nativeHasher } from './native-hash.ts';
import { nativeP256 } from './native-p256.ts';
import { nativeX25519 } from './native-x25519.ts';

/** All of the protocol's cryptography by native code: libsodium, OpenSSL, blst, hashtree and WebAssembly. */
export const nativeCrypto: Crypto = {
  ...nativeHasher,
  ed25519: nativeEd25519,
  p256: nativeP256,
  bls: nativeBls,
  x25519: nativeX25519,
};

export { nativeBls } from './native-bls.ts';
export { nativeEd25519 } from './native-ed25519.ts';
export { nativeHasher } from './native-hash.ts';
export { nativeP256 } from './native-p256.ts';
export { nativeX25519 } from './native-x25519.ts';
export { rememberingSignatures } from './remembered.ts';
export { loadWasmGroup } from './wasm-ristretto.ts';
