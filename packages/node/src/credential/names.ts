import { toHex } from '@hansa/protocol';
import type { Genesis } from '@hansa/protocol/genesis';

/** Type of the credential (`vct`): the fields of `fields.ts` and the open claims of `verify.ts`, first version. */
export const credentialType = 'urn:hansa:vct:deposit-certificate:1';
/** `typ` of the issuer's JWT: draft-ietf-oauth-sd-jwt-vc-14, section 3.2.1. */
export const credentialMediaType = 'dc+sd-jwt';
/** `typ` of the holder's JWT: RFC 9901, section 4.3. */
export const keyBindingType = 'kb+jwt';

/** A city as the issuer (`iss`) or the audience (`aud`) of a JWT. The federation is part of the name (R1). */
export function cityUrn(genesis: Genesis, city: string): string {
  return `urn:hansa:${toHex(genesis.federationId)}:${city}`;
}

/** The issuer's key (`kid`): a place in the genesis file, so that no key ever comes with the credential. */
export function issuerKeyId(genesis: Genesis, city: string): string {
  return `${toHex(genesis.federationId)}/${city}`;
}

/** RFC 9901, section 4.1.1: the one hash that is used here, in every place of it. */
export const hashName = 'sha-256';

/** A credential with everything disclosed has about 5 kB; beyond this it is none. */
export const credentialCharactersMax = 24 * 1024;
