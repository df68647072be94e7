import type { Hasher } from '@hansa/protocol/crypto';
/** SHA-256 by libsodium and node:crypto; rows of pairs by hashtree, which hashes several at a time. */
export declare const nativeHasher: Hasher;
//# sourceMappingURL=native-hash.d.ts.map