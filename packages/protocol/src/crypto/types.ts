/** What the protocol needs of cryptography. Implementations: `portable.ts` (any JavaScript) and `@hansa/node/crypto`. */

/** Individual signatures. All implementations accept exactly the same signatures (PRIMITIVES, consensus hazard). */
export interface SignatureScheme {
  /** Public key of a 32-byte secret: 32 bytes of Ed25519, 33 of P-256. */
  publicKey(secretKey: Uint8Array): Uint8Array;
  /** 64-byte signature. */
  sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array;
  /** False for anything malformed, small-order, non-canonical or malleable; never throws. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
}

/**
 * Signatures that aggregate (votes). Public keys that reach `verify` and `verifyAggregate` were checked once with
 * `verifyPossession`; implementations may cache their parsed form by the identity of the array.
 */
export interface AggregateScheme {
  /** 48-byte compressed public key of a 32-byte secret key. */
  publicKey(secretKey: Uint8Array): Uint8Array;
  /** 96-byte compressed signature. */
  sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array;
  /** False for anything malformed or outside the group; never throws. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean;
  /** Sum of signatures; undefined when one of them is malformed. Group membership is checked by verification. */
  aggregate(signatures: readonly Uint8Array[]): Uint8Array | undefined;
  /** One message signed by all `publicKeys`. False for anything malformed, or for no keys; never throws. */
  verifyAggregate(signature: Uint8Array, message: Uint8Array, publicKeys: readonly Uint8Array[]): boolean;
  /** Proof that whoever registers a public key holds its secret (stops rogue keys). */
  provePossession(secretKey: Uint8Array): Uint8Array;
  verifyPossession(proof: Uint8Array, publicKey: Uint8Array): boolean;
}

/** X25519: what is sealed to a city is opened with it (P3). */
export interface KeyAgreement {
  /** Public key (32 bytes) of a 32-byte secret. */
  publicKey(secretKey: Uint8Array): Uint8Array;
  /** Undefined for a public key of a wrong length or of small order, whose secret everybody knows (RFC 7748 section 6.1). */
  sharedSecret(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined;
}

export interface Hasher {
  sha256(data: Uint8Array): Uint8Array;
  /** SHA-256 of each 64-byte block of `pairs` (length k*64), written side by side (k*32). */
  sha256Pairs(pairs: Uint8Array): Uint8Array;
  /** SHA-256 of prefix || message for each message, written side by side (k*32). */
  sha256Each(prefix: Uint8Array, messages: readonly Uint8Array[]): Uint8Array;
  /** SHA-256 of prefix || row for each row of `rowBytes` bytes, written side by side (k*32). */
  sha256Rows(prefix: Uint8Array, rows: Uint8Array, rowBytes: number): Uint8Array;
}

/** As much as a verifier of receipts needs: the light client bundles no more. */
export interface ReceiptCrypto extends Hasher {
  readonly ed25519: SignatureScheme;
  readonly bls: AggregateScheme;
}

export interface Crypto extends ReceiptCrypto {
  /** ES256: keys that a phone's secure element makes for its owner. */
  readonly p256: SignatureScheme;
  readonly x25519: KeyAgreement;
}

declare const digestBrand: unique symbol;
/** 32 bytes that came out of SHA-256. */
export type Digest = Uint8Array & { readonly [digestBrand]?: true };

export const DIGEST_BYTES = 32;
export const ZERO_DIGEST: Digest = new Uint8Array(DIGEST_BYTES);
