import { accept, type Result } from '@hansa/protocol';
import type { Crypto } from '@hansa/protocol/crypto';
import { legalDay } from '@hansa/protocol/families';
import { type Authority, credentialKeysAt, credentialKeysOf } from '@hansa/protocol/genesis';
import type { ReceiptContext } from '@hansa/protocol/receipt';
import { isSeconds, type OpenClaims, readOpenClaims } from './claims.ts';
import { readDisclosures } from './disclosures.ts';
import { credentialFieldNames, type Disclosed } from './fields.ts';
import { type Jwt, readJwt } from './jwt.ts';
import { type KeyBinding, readKeyBinding } from './key-binding.ts';
import { cityUrn, credentialCharactersMax, credentialMediaType, issuerKeyId } from './names.ts';
import { refuse } from './refusal.ts';
import { hasNames, type JsonValue } from './strict-json.ts';

/**
 * As for receipts, and the holders' signatures beside. C12: with the genesis file alone, the cities' keys are those of that file;
 * `withReceipt` adds what a receipt proves.
 */
export interface CredentialContext extends ReceiptContext {
  readonly crypto: Crypto;
}

/** A city signed this for the holder of this key. What became of the certificate since is a matter of a receipt. */
export interface VerifiedCredential {
  readonly issuer: Authority;
  readonly certificateId: Uint8Array;
  /** Last valid day, since 1970-01-01. */
  readonly validUntil: number;
  readonly issuedAtMs: number;
  readonly holderKey: Uint8Array;
  readonly disclosed: Disclosed;
  /** Fields that were not shown, and those that the certificate does not have; nobody can tell them apart. */
  readonly hidden: number;
  /** Undefined: anybody may have copied it. */
  readonly keyBinding: KeyBinding | undefined;
}

/** How far the clocks of a city, a phone and a counter may be apart. */
export const clockDriftMsMax = 5 * 60 * 1000;

/**
 * Verifies an SD-JWT VC of a deposit certificate (RFC 9901, draft-ietf-oauth-sd-jwt-vc-14) with the genesis file alone: no
 * network, no permission (P4). By one strict rule: exactly the claims of the type, no name twice, one spelling of
 * everything, the algorithm of the key, no key that comes with it.
 *
 * Errors: the CREDENTIAL_* and KEY_BINDING_* codes.
 */
export function verifyCredential(context: CredentialContext, text: string, atMs: number): Result<VerifiedCredential> {
  const { genesis, crypto } = context;
  if (text.length > credentialCharactersMax) return refuse('CREDENTIAL_TOO_LARGE');
  const parts = text.split('~');
  const binding = parts.pop() ?? '';
  const [issued, ...disclosures] = parts;
  if (issued === undefined || disclosures.length > credentialFieldNames.length) return refuse('CREDENTIAL_MALFORMED');
  const jwt = readJwt(issued);
  if (jwt === undefined) return refuse('CREDENTIAL_MALFORMED');
  // No jwk, x5c, jku or crit: the key is in the genesis file, and nothing about it is taken from the credential.
  if (!hasNames(jwt.header, ['alg', 'kid', 'typ']) || jwt.header.typ !== credentialMediaType) {
    return refuse('CREDENTIAL_MALFORMED');
  }
  if (jwt.header.alg !== 'EdDSA') return refuse('CREDENTIAL_ALGORITHM_REFUSED'); // guard: P4 the key fixes the algorithm
  const issuer = findIssuer(context, jwt.header.kid);
  if (!issuer.ok) return issuer;
  const signature = checkSignature(context, issuer.value, jwt);
  if (!signature.ok) return signature;
  const claims = readOpenClaims(genesis, jwt.payload);
  if (!claims.ok) return claims;
  if (claims.value.issuer !== cityUrn(genesis, issuer.value.name)) return refuse('CREDENTIAL_ISSUER_UNKNOWN');
  const timely = checkTime(context, claims.value, atMs);
  if (!timely.ok) return timely;
  const disclosed = readDisclosures(crypto, disclosures, claims.value.digests);
  if (!disclosed.ok) return disclosed;
  const presented = text.slice(0, text.length - binding.length);
  const { holderKey, certificateId, validUntil, issuedAtMs } = claims.value;
  const keyBinding = binding === '' ? undefined : readKeyBinding(crypto, binding, presented, holderKey);
  if (keyBinding?.ok === false) return keyBinding;
  return accept({
    ...{ issuer: issuer.value, certificateId, validUntil, issuedAtMs, holderKey },
    disclosed: disclosed.value,
    hidden: credentialFieldNames.length - disclosures.length,
    keyBinding: keyBinding?.value,
  });
}

/** C12: the city signed it with the key that it had when it says that it did. */
function checkSignature(
  { genesis, crypto }: CredentialContext,
  { index }: Authority,
  { signature, signed, payload }: Jwt,
): Result<undefined> {
  const isOf = (key: Uint8Array) => crypto.ed25519.verify(signature, signed, key);
  const { iat } = payload;
  if (!isSeconds(iat)) return refuse('CREDENTIAL_MALFORMED');
  if (credentialKeysAt(genesis, index, iat * 1000).some(isOf)) return accept(undefined); // guard: P4 the city signed it
  const other = credentialKeysOf(genesis, index).some(isOf);
  return refuse(other ? 'CREDENTIAL_KEY_OUT_OF_TIME' : 'CREDENTIAL_SIGNATURE_INVALID');
}

function findIssuer({ genesis }: ReceiptContext, kid: JsonValue | undefined): Result<Authority> {
  const issuer = genesis.authorities.find(({ name }) => issuerKeyId(genesis, name) === kid);
  if (issuer !== undefined) return accept(issuer);
  const federation = issuerKeyId(genesis, '');
  const ours = typeof kid === 'string' && kid.startsWith(federation);
  return refuse(ours ? 'CREDENTIAL_ISSUER_UNKNOWN' : 'CREDENTIAL_WRONG_FEDERATION');
}

function checkTime({ genesis }: ReceiptContext, claims: OpenClaims, atMs: number): Result<undefined> {
  if (claims.issuedAtMs > atMs + clockDriftMsMax) return refuse('CREDENTIAL_NOT_YET_VALID');
  // guard: P4 expiry holds however good the signatures are
  if (legalDay(atMs, genesis.utcOffsetMinutes) > claims.validUntil) return refuse('CREDENTIAL_EXPIRED');
  return accept(undefined);
}
