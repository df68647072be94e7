import { utf8 } from '../bytes.ts';
import type { Digest, Hasher } from '../crypto/types.ts';
import { fault, integerWithin, type ObjectReader } from './reader.ts';
import type { AccessPolicy, ListingPolicy, LookupPolicy, Policy } from './types.ts';

const MONTHS_MAX = 1200;
const HOUR_MS = 3_600_000;
const LEGAL_BASES_MAX = 16;

/** `policy` of the genesis file, checked completely. */
export function readPolicy(reader: ObjectReader): Policy {
  const certificate = reader.object('certificate');
  const policy: Policy = {
    listing: readListing(reader.object('listing')),
    certificate: { validityMonthsMax: certificate.integer('validityMonthsMax', 1, MONTHS_MAX) },
    dispute: oneOf(reader, 'dispute', ['flag', 'suspend']),
    lookup: readLookup(reader.object('lookup')),
    access: readAccess(reader.object('access')),
  };
  certificate.end();
  reader.end();
  return policy;
}

/**
 * What the ledger and `hansa status` call the federation's policy: SHA-256 of its JSON in the canonical form of RFC 8785,
 * so that a policy on paper can be compared with the one in force without the rest of the genesis file.
 */
export function policyDigest(hasher: Hasher, policy: Policy): Digest {
  return hasher.sha256(utf8(canonicalJson(policy)));
}

/**
 * Legal bases that open a certificate without its holder: a court's, unless the policy names them. All others are for listings,
 * whose subject was told of them; else any clerk could do without a consent.
 */
export function basesOfCertificates({ certificateBases }: AccessPolicy): readonly string[] {
  return certificateBases ?? ['COURT_ORDER'];
}

function readListing(reader: ObjectReader): ListingPolicy {
  const listing: ListingPolicy = {
    publishMonthsMax: monthsBySeverity(reader, 'publishMonthsMax'),
    shareMonthsMax: monthsBySeverity(reader, 'shareMonthsMax'),
    restrictMonthsMax: monthsBySeverity(reader, 'restrictMonthsMax'),
    // Optional, and absent from the policy read when they are absent from the file: the digests of older files stay.
    ...(reader.has('publishMonthsMin') ? { publishMonthsMin: monthsBySeverity(reader, 'publishMonthsMin') } : {}),
    ...(reader.has('shareMonthsMin') ? { shareMonthsMin: monthsBySeverity(reader, 'shareMonthsMin') } : {}),
    ...(reader.has('restrictMonthsMin') ? { restrictMonthsMin: monthsBySeverity(reader, 'restrictMonthsMin') } : {}),
    objectionDaysMin: reader.integer('objectionDaysMin', 0, 366),
  };
  reader.end();
  const crossed = crossedMonths(listing);
  if (crossed !== undefined) fault('OUT_OF_RANGE', reader.at(crossed), `at most ${crossed.replace('Min', 'Max')}. `);
  return listing;
}

const monthsMins = ['publishMonthsMin', 'shareMonthsMin', 'restrictMonthsMin'] as const;

/** The first lower bound that lies above its upper one, so that no date would be in order. */
export function crossedMonths(listing: ListingPolicy): (typeof monthsMins)[number] | undefined {
  return monthsMins.find((name) => {
    const max = listing[name.replace('Min', 'Max') as `${'publish' | 'share' | 'restrict'}MonthsMax`];
    return listing[name]?.some((months, severity) => months > (max[severity] as number)) ?? false;
  });
}

function monthsBySeverity(reader: ObjectReader, name: keyof ListingPolicy): [number, number, number] {
  const months = reader.list(name);
  const [minor, general, serious] = months.map((value, index) =>
    integerWithin(value, `${reader.at(name)}[${index}]`, 0, MONTHS_MAX),
  );
  if (months.length !== 3 || minor === undefined || general === undefined || serious === undefined) {
    fault('WRONG_TYPE', reader.at(name), 'not three whole numbers (minor, general, serious). ');
  }
  return [minor, general, serious];
}

function readLookup(reader: ObjectReader): LookupPolicy {
  const lookup: LookupPolicy = {
    evaluationsPerHour: reader.integer('evaluationsPerHour', 1, 1_000_000),
    staleAfterMs: reader.integer('staleAfterMs', 1000, 24 * HOUR_MS),
    staleAnswers: oneOf(reader, 'staleAnswers', ['refuse', 'say']),
  };
  reader.end();
  return lookup;
}

function readAccess(reader: ObjectReader): AccessPolicy {
  const batchMs = reader.integer('batchMs', 1000, 24 * HOUR_MS);
  const legalBases = readBases(reader, 'legalBases');
  // Optional, and absent from the policy read when it is absent from the file: the digests of older files stay.
  const certificateBases = reader.has('certificateBases') ? readBases(reader, 'certificateBases') : undefined;
  for (const [index, code] of (certificateBases ?? []).entries()) {
    // guard: P3 what opens a certificate is a legal basis of the federation
    if (!legalBases.includes(code)) {
      fault('OUT_OF_RANGE', `${reader.at('certificateBases')}[${index}]`, 'one of policy.access.legalBases. ');
    }
  }
  reader.end();
  return { batchMs, legalBases, ...(certificateBases === undefined ? {} : { certificateBases }) };
}

function readBases(reader: ObjectReader, name: 'legalBases' | 'certificateBases'): string[] {
  const bases: string[] = [];
  for (const [index, code] of reader.list(name).entries()) {
    const path = `${reader.at(name)}[${index}]`;
    if (typeof code !== 'string') fault('WRONG_TYPE', path, 'not a string. ');
    if (!/^[A-Z][A-Z_]{0,31}$/.test(code)) fault('BAD_NAME', path, '1 to 32 of A-Z and "_". ');
    if (bases.includes(code)) fault('DUPLICATE_NAME', path);
    bases.push(code);
  }
  if (bases.length > LEGAL_BASES_MAX) fault('OUT_OF_RANGE', reader.at(name), `at most ${LEGAL_BASES_MAX}. `);
  return bases;
}

function oneOf<T extends string>(reader: ObjectReader, name: string, values: readonly T[]): T {
  const text = reader.string(name);
  const value = values.find((allowed) => allowed === text);
  return value ?? fault('OUT_OF_RANGE', reader.at(name), `${values.join(' or ')}. `);
}

/** RFC 8785 of what a policy is made of: whole numbers, ASCII text, lists and objects. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}
