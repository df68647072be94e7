import type { Crypto } from '@hansa/protocol/crypto';
import { SDJwtInstance } from '@sd-jwt/core';
import { toBase64Url } from './base64url.ts';
import type { CredentialFieldName } from './fields.ts';
import { type HolderKeyPair, holderAlgorithm, holderScheme } from './holder-key.ts';
import { hashName } from './names.ts';
import { sdHasher } from './sd-hasher.ts';

export interface PresentRequest {
  /** The copy as the city issued it. */
  readonly credential: string;
  /** Fields to show; everything else stays hidden. */
  readonly disclose: readonly CredentialFieldName[];
  /** `urn:hansa:FEDERATION:CITY` of whoever is to see it. */
  readonly audience: string;
  /** What the counter gave for this matter. */
  readonly nonce: string;
  readonly signedAtMs: number;
}

/** A presentation, signed with the holder's key for one city and one matter (RFC 9901, section 4.3). */
export async function presentCredential(
  crypto: Crypto,
  holder: HolderKeyPair,
  request: PresentRequest,
): Promise<string> {
  const scheme = holderScheme(crypto, holder.publicKey);
  const library = new SDJwtInstance<Record<string, unknown>>({
    hasher: sdHasher(crypto),
    hashAlg: hashName,
    kbSignAlg: holderAlgorithm(holder.publicKey),
    kbSigner: (signed) => toBase64Url(scheme.sign(new TextEncoder().encode(signed), holder.secretKey)),
  });
  const frame = Object.fromEntries(request.disclose.map((name) => [name, true]));
  const iat = Math.floor(request.signedAtMs / 1000);
  const payload = { iat, aud: request.audience, nonce: request.nonce };
  return library.present<Record<string, unknown>>(request.credential, frame, { kb: { payload } });
}
