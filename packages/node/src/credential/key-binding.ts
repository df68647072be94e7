import { accept, type Result, utf8 } from '@hansa/protocol';
import type { Crypto } from '@hansa/protocol/crypto';
import { toBase64Url } from './base64url.ts';
import { isSeconds } from './claims.ts';
import { holderAlgorithm, verifyHolderJwt } from './holder-key.ts';
import { readJwt } from './jwt.ts';
import { keyBindingType } from './names.ts';
import { refuse } from './refusal.ts';
import { hasNames } from './strict-json.ts';

/** For whom, for what and when the holder signed (RFC 9901, section 4.3). */
export interface KeyBinding {
  /** `urn:hansa:FEDERATION:CITY`. */
  readonly audience: string;
  /** The matter, as the counter named it to the holder. */
  readonly nonce: string;
  readonly signedAtMs: number;
}

/**
 * The holder's signature over exactly these disclosures. Its algorithm follows from the key that the city signed. Errors:
 * KEY_BINDING_INVALID, KEY_BINDING_WRONG_COPY.
 */
export function readKeyBinding(
  crypto: Crypto,
  text: string,
  /** The presentation up to and with its last `~`. */
  presented: string,
  holderKey: Uint8Array,
): Result<KeyBinding> {
  const jwt = readJwt(text);
  if (jwt === undefined || !hasNames(jwt.header, ['alg', 'typ'])) return refuse('KEY_BINDING_INVALID');
  if (jwt.header.typ !== keyBindingType) return refuse('KEY_BINDING_INVALID'); // guard: P4 no other JWT of the holder serves as one
  if (jwt.header.alg !== holderAlgorithm(holderKey)) return refuse('KEY_BINDING_INVALID');
  // guard: P4 the copy is in the hands of its holder
  if (!verifyHolderJwt(crypto, jwt.signature, jwt.signed, holderKey)) {
    return refuse('KEY_BINDING_INVALID');
  }
  const { iat, aud, nonce, sd_hash } = jwt.payload;
  if (!hasNames(jwt.payload, ['iat', 'aud', 'nonce', 'sd_hash']) || !isSeconds(iat)) {
    return refuse('KEY_BINDING_INVALID');
  }
  if (typeof aud !== 'string' || typeof nonce !== 'string' || nonce === '') return refuse('KEY_BINDING_INVALID');
  // guard: P4 nothing is taken away from what the holder shows, or added
  if (sd_hash !== toBase64Url(crypto.sha256(utf8(presented)))) return refuse('KEY_BINDING_WRONG_COPY');
  return accept({ audience: aud, nonce, signedAtMs: iat * 1000 });
}
