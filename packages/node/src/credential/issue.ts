import { randomBytes } from 'node:crypto';
import { toHex } from '@hansa/protocol';
import type { Crypto } from '@hansa/protocol/crypto';
import { formatDay } from '@hansa/protocol/families';
import type { Authority, Genesis } from '@hansa/protocol/genesis';
import { SDJwtInstance } from '@sd-jwt/core';
import { toBase64Url } from './base64url.ts';
import { endOfDaySeconds } from './claims.ts';
import { type CredentialFieldName, credentialFieldNames, type FieldValue } from './fields.ts';
import { writeHolderJwk } from './holder-key.ts';
import { cityUrn, credentialMediaType, credentialType, hashName, issuerKeyId } from './names.ts';
import { sdHasher } from './sd-hasher.ts';
import type { JsonObject } from './strict-json.ts';

/** Where credentials of a city come from. */
export interface CredentialIssuer {
  readonly genesis: Genesis;
  readonly self: Authority;
  readonly crypto: Crypto;
  /** The city's credential key, a 32-byte seed. */
  readonly secretKey: Uint8Array;
  /** So many bytes in base64url; random when absent. Vectors have fixed ones. */
  readonly saltOf?: (bytes: number) => string;
}

export interface CredentialContent {
  readonly certificateId: Uint8Array;
  /** Last valid day, since 1970-01-01. */
  readonly validUntil: number;
  readonly issuedAtMs: number;
  readonly holderKey: Uint8Array;
  /** The printed fields; those that are no fields of the credential are left out. */
  readonly document: Readonly<Record<string, unknown>>;
}

type Claims = { readonly [Name in CredentialFieldName]?: FieldValue } & {
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
  readonly vct: string;
  readonly cnf: { readonly jwk: JsonObject };
  readonly certificate_id: string;
  readonly valid_until: string;
};

/**
 * The citizen's copy of a certificate (P4), in compact form with every field disclosed. Each field can be shown alone;
 * those that the certificate does not have are decoys, so that their absence does not show.
 */
export async function issueCredential(issuer: CredentialIssuer, content: CredentialContent): Promise<string> {
  const { genesis, self, crypto, secretKey } = issuer;
  const present = credentialFieldNames.filter((name) => content.document[name] !== undefined);
  const fields = Object.fromEntries(present.map((name) => [name, content.document[name] as FieldValue]));
  const library = new SDJwtInstance<Claims>({
    omitTyp: true,
    hasher: sdHasher(crypto),
    hashAlg: hashName,
    saltGenerator: issuer.saltOf ?? ((bytes) => toBase64Url(randomBytes(bytes))),
    signAlg: 'EdDSA',
    signer: (signed) => toBase64Url(crypto.ed25519.sign(new TextEncoder().encode(signed), secretKey)),
  });
  const claims: Claims = {
    iss: cityUrn(genesis, self.name),
    iat: Math.floor(content.issuedAtMs / 1000),
    exp: endOfDaySeconds(genesis, content.validUntil),
    vct: credentialType,
    cnf: { jwk: writeHolderJwk(content.holderKey) },
    certificate_id: toHex(content.certificateId),
    valid_until: formatDay(content.validUntil),
    ...fields,
  };
  const frame = { _sd: present, _sd_decoy: credentialFieldNames.length - present.length };
  return library.issue(claims, frame, {
    header: { typ: credentialMediaType, kid: issuerKeyId(genesis, self.name) },
  });
}
