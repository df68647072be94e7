import { accept, fromHex, type Result } from '@hansa/protocol';
import { parseDay } from '@hansa/protocol/families';
import type { Genesis } from '@hansa/protocol/genesis';
import { credentialFieldNames } from './fields.ts';
import { readHolderJwk } from './holder-key.ts';
import { credentialType, hashName } from './names.ts';
import { refuse } from './refusal.ts';
import { hasNames, isObject, type JsonObject, type JsonValue } from './strict-json.ts';

/** What the city signed in the open. */
export interface OpenClaims {
  readonly issuer: string;
  /** 16 bytes: the code of the certificate. */
  readonly certificateId: Uint8Array;
  /** Last valid day, since 1970-01-01. */
  readonly validUntil: number;
  readonly issuedAtMs: number;
  readonly holderKey: Uint8Array;
  /** Digests of the fields, in base64url; those of absent fields are decoys. */
  readonly digests: ReadonlySet<string>;
}

const names = ['iss', 'iat', 'exp', 'vct', 'cnf', 'certificate_id', 'valid_until', '_sd', '_sd_alg'];

/** Seconds since 1970 at which the day after `day` begins where the federation is. */
export function endOfDaySeconds(genesis: Genesis, day: number): number {
  return (day + 1) * 86_400 - genesis.utcOffsetMinutes * 60;
}

/** Exactly the claims of the type, each of its form. Errors: CREDENTIAL_TYPE_UNKNOWN, CREDENTIAL_MALFORMED. */
export function readOpenClaims(genesis: Genesis, payload: JsonObject): Result<OpenClaims> {
  if (payload.vct !== credentialType) return refuse('CREDENTIAL_TYPE_UNKNOWN'); // guard: P4 another type is another list of fields
  if (!hasNames(payload, names) || payload._sd_alg !== hashName) return refuse('CREDENTIAL_MALFORMED');
  const { iss, iat, exp, cnf, certificate_id, valid_until } = payload;
  const certificateId = typeof certificate_id === 'string' ? fromHex(certificate_id) : undefined;
  const validUntil = typeof valid_until === 'string' ? parseDay(valid_until) : undefined;
  const holderKey = isObject(cnf) && hasNames(cnf, ['jwk']) ? readHolderJwk(cnf.jwk) : undefined;
  const digests = readDigests(payload._sd);
  if (typeof iss !== 'string' || certificateId?.length !== 16 || validUntil === undefined) {
    return refuse('CREDENTIAL_MALFORMED');
  }
  if (!isSeconds(iat) || exp !== endOfDaySeconds(genesis, validUntil)) return refuse('CREDENTIAL_MALFORMED');
  if (holderKey === undefined || digests === undefined) return refuse('CREDENTIAL_MALFORMED');
  return accept({ issuer: iss, certificateId, validUntil, issuedAtMs: iat * 1000, holderKey, digests });
}

/** Seconds since 1970; milliseconds of them are exact. */
export function isSeconds(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 40;
}

/** One for each field of the type, ascending: neither their number nor their order says which fields there are. */
function readDigests(value: JsonValue | undefined): ReadonlySet<string> | undefined {
  if (!Array.isArray(value) || value.length !== credentialFieldNames.length) return undefined;
  const digests = new Set<string>();
  let last = '';
  for (const digest of value) {
    if (typeof digest !== 'string' || !/^[\w-]{43}$/.test(digest) || digest <= last) return undefined;
    digests.add(digest);
    last = digest;
  }
  return digests;
}
