import { type SignatureScheme } from '@hansa/protocol/crypto';
/** Ed25519 by libsodium, by the strict rule that all implementations share. */
export declare const nativeEd25519: SignatureScheme;
//# sourceMappingURL=native-ed25519.d.ts.map