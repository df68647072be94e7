import { concatBytes, fromHex, HansaError } from '@hansa/protocol';
import { type Crypto, P256_KEY_BYTES, type SignatureScheme } from '@hansa/protocol/crypto';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { compressPoint, decompressPoint, withLowS } from './p256-point.ts';
import { hasNames, isObject, type JsonObject, type JsonValue } from './strict-json.ts';

/** `alg` of a holder's signatures. It follows from the key alone, so that nobody can choose it beside the key. */
export type HolderAlgorithm = 'EdDSA' | 'ES256';

/** The two halves of a holder's key: the secret is a 32-byte seed (Ed25519) or scalar (P-256). */
export interface HolderKeyPair {
  readonly secretKey: Uint8Array;
  /** Ed25519 (32 bytes) or compressed P-256 (33 bytes), as records carry it. */
  readonly publicKey: Uint8Array;
}

export function holderAlgorithm(publicKey: Uint8Array): HolderAlgorithm {
  return publicKey.length === P256_KEY_BYTES ? 'ES256' : 'EdDSA';
}

export function holderScheme(crypto: Crypto, publicKey: Uint8Array): SignatureScheme {
  return publicKey.length === P256_KEY_BYTES ? crypto.p256 : crypto.ed25519;
}

/**
 * Whether the key signed the bytes of a JWT. RFC 7518 lets ES256 have either of two S; phones make both. Records admit the lower one alone, so
 * it is put in its place here.
 */
export function verifyHolderJwt(
  crypto: Crypto,
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
): boolean {
  const es256 = publicKey.length === P256_KEY_BYTES;
  return holderScheme(crypto, publicKey).verify(es256 ? withLowS(signature) : signature, message, publicKey);
}

/** A public key as a wallet shows it, in hexadecimal. Throws FIELD_INVALID for what is none. */
export function readHolderKey(text: string): Uint8Array {
  const key = fromHex(text);
  // A point that is none would have no JWK: nobody could ever be given the copy.
  if (key?.length === 32 || (key?.length === P256_KEY_BYTES && decompressPoint(key) !== undefined)) return key;
  throw new HansaError(
    'FIELD_INVALID',
    'holderKey: not a public key. Take it from the wallet: hansa wallet show --json.',
  );
}

/** The public key of a JWK (RFC 8037, RFC 7518). Undefined for other kinds, for private ones, and off the curve. */
export function readHolderJwk(jwk: JsonValue | undefined): Uint8Array | undefined {
  if (!isObject(jwk)) return undefined;
  const x = typeof jwk.x === 'string' ? fromBase64Url(jwk.x) : undefined;
  const y = typeof jwk.y === 'string' ? fromBase64Url(jwk.y) : undefined;
  if (x?.length !== 32) return undefined;
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519' && hasNames(jwk, ['kty', 'crv', 'x'])) return x;
  if (jwk.kty !== 'EC' || jwk.crv !== 'P-256' || !hasNames(jwk, ['kty', 'crv', 'x', 'y'])) return undefined;
  return y?.length === 32 ? compressPoint(concatBytes(x, y)) : undefined;
}

export function writeHolderJwk(publicKey: Uint8Array): JsonObject {
  if (publicKey.length !== P256_KEY_BYTES) return { kty: 'OKP', crv: 'Ed25519', x: toBase64Url(publicKey) };
  const point = decompressPoint(publicKey);
  if (point === undefined) throw new RangeError('the key is not a point of P-256');
  return { kty: 'EC', crv: 'P-256', x: toBase64Url(point.subarray(0, 32)), y: toBase64Url(point.subarray(32)) };
}
