import { accept, type Result } from '@hansa/protocol';
import type { Crypto } from '@hansa/protocol/crypto';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { isSeconds } from './claims.ts';
import {
  type HolderKeyPair,
  holderAlgorithm,
  holderScheme,
  readHolderJwk,
  verifyHolderJwt,
  writeHolderJwk,
} from './holder-key.ts';
import { readJwt, signJwt } from './jwt.ts';
import { refuse } from './refusal.ts';
import { hasNames } from './strict-json.ts';
import { clockDriftMsMax } from './verify.ts';

/** `typ` of the JWT by which a request is the holder's own; the idea is DPoP's (RFC 9449). */
export const holderProofType = 'hansa-holder+jwt';
/** A proof has about 700 characters. */
const characterMax = 4096;

/** What a proof is for: one request to one city. */
export interface HolderRequest {
  /** `urn:hansa:FEDERATION:CITY`. */
  readonly audience: string;
  readonly method: string;
  /** Path and query as they are sent. */
  readonly path: string;
}

export interface HolderProof {
  readonly publicKey: Uint8Array;
  /** The city's challenge; whether it is one, and fresh, is the city's to know. */
  readonly nonce: string;
  /** SHA-256 of the body that the holder signed. */
  readonly bodyDigest: Uint8Array;
}

/** The value of the header `Hansa-Holder`. `body`: the bytes that are sent; empty without a body. */
export function signHolderProof(
  crypto: Crypto,
  holder: HolderKeyPair,
  request: HolderRequest & { readonly nonce: string; readonly body: Uint8Array; readonly signedAtMs: number },
): string {
  const { publicKey, secretKey } = holder;
  const header = { typ: holderProofType, alg: holderAlgorithm(publicKey), jwk: writeHolderJwk(publicKey) };
  const payload = {
    aud: request.audience,
    htm: request.method,
    htu: request.path,
    nonce: request.nonce,
    iat: Math.floor(request.signedAtMs / 1000),
    body: toBase64Url(crypto.sha256(request.body)),
  };
  return signJwt(header, payload, (message) => holderScheme(crypto, publicKey).sign(message, secretKey));
}

/** A proof that its key's owner makes this request now. Error: HOLDER_PROOF_INVALID. */
export function readHolderProof(
  crypto: Crypto,
  text: string,
  request: HolderRequest,
  atMs: number,
): Result<HolderProof> {
  const jwt = text.length > characterMax ? undefined : readJwt(text);
  if (jwt === undefined || !hasNames(jwt.header, ['typ', 'alg', 'jwk'])) return refuse('HOLDER_PROOF_INVALID');
  const publicKey = readHolderJwk(jwt.header.jwk);
  if (publicKey === undefined || jwt.header.typ !== holderProofType) return refuse('HOLDER_PROOF_INVALID'); // guard: P4 a presentation is no request
  if (jwt.header.alg !== holderAlgorithm(publicKey)) return refuse('HOLDER_PROOF_INVALID');
  // guard: P4 the request is of whoever has the key
  if (!verifyHolderJwt(crypto, jwt.signature, jwt.signed, publicKey)) {
    return refuse('HOLDER_PROOF_INVALID');
  }
  const { aud, htm, htu, nonce, iat, body } = jwt.payload;
  if (!hasNames(jwt.payload, ['aud', 'htm', 'htu', 'nonce', 'iat', 'body'])) return refuse('HOLDER_PROOF_INVALID');
  // guard: P4 a proof is good for one request to one city
  if (aud !== request.audience || htm !== request.method || htu !== request.path) return refuse('HOLDER_PROOF_INVALID');
  if (!isSeconds(iat) || Math.abs(atMs - iat * 1000) > clockDriftMsMax) return refuse('HOLDER_PROOF_INVALID');
  const bodyDigest = typeof body === 'string' ? fromBase64Url(body) : undefined;
  if (typeof nonce !== 'string' || bodyDigest?.length !== 32) return refuse('HOLDER_PROOF_INVALID');
  return accept({ publicKey, nonce, bodyDigest });
}
