import untyped from 'sodium-native';

/** The calls in use. The library takes any typed array; its published types ask for Buffers. */
interface Sodium {
  crypto_hash_sha256(output: Uint8Array, input: Uint8Array): void;
  crypto_sign_seed_keypair(publicKey: Uint8Array, signingKey: Uint8Array, seed: Uint8Array): void;
  crypto_sign_detached(signature: Uint8Array, message: Uint8Array, signingKey: Uint8Array): void;
  crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  crypto_scalarmult_base(publicKey: Uint8Array, secretKey: Uint8Array): void;
  /** Throws when the result is zero. */
  crypto_scalarmult(shared: Uint8Array, secretKey: Uint8Array, publicKey: Uint8Array): void;
}

export const sodium = untyped as unknown as Sodium;
