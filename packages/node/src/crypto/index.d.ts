import type { Crypto } from '@hansa/protocol/crypto';
/** All of the protocol's cryptography by native code: libsodium, blst and hashtree. */
export declare const nativeCrypto: Crypto;
export { nativeBls } from './native-bls.ts';
export { nativeEd25519 } from './native-ed25519.ts';
export { nativeHasher } from './native-hash.ts';
//# sourceMappingURL=index.d.ts.map