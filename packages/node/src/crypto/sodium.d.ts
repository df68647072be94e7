/** The calls in use. The library takes any typed array; its published types ask for Buffers. */
interface Sodium {
    crypto_hash_sha256(output: Uint8Array, input: Uint8Array): void;
    crypto_sign_seed_keypair(publicKey: Uint8Array, signingKey: Uint8Array, seed: Uint8Array): void;
    crypto_sign_detached(signature: Uint8Array, message: Uint8Array, signingKey: Uint8Array): void;
    crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}
export declare const sodium: Sodium;
export {};
//# sourceMappingURL=sodium.d.ts.map