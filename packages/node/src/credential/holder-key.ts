import type { Crypto, SignatureScheme } from '@hansa/protocol/crypto';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { hasNames, isObject, type JsonObject, type JsonValue } from './strict-json.ts';

/** `alg` of a holder's signatures. It follows from the key alone, so that nobody can choose it beside the key. */
export type HolderAlgorithm = 'EdDSA';

/** The two halves of a holder's key: a 32-byte Ed25519 seed and its public key. */
export interface HolderKeyPair {
  readonly secretKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

export function holderAlgorithm(_publicKey: Uint8Array): HolderAlgorithm {
  return 'EdDSA';
}

export function holderScheme(crypto: Crypto, _publicKey: Uint8Array): SignatureScheme {
  return crypto.ed25519;
}

/** The public key of a JWK (RFC 8037): 32 bytes. Undefined for other kinds and for private ones. */
export function readHolderJwk(jwk: JsonValue | undefined): Uint8Array | undefined {
  if (!isObject(jwk) || !hasNames(jwk, ['kty', 'crv', 'x'])) return undefined;
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || typeof jwk.x !== 'string') return undefined;
  const key = fromBase64Url(jwk.x);
  return key?.length === 32 ? key : undefined;
}

export function writeHolderJwk(publicKey: Uint8Array): JsonObject {
  return { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(publicKey) };
}
