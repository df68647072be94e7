import { toHex } from '@hansa/protocol';
import {
  type CertificateFact,
  type CertificateStatus,
  certificateConflicts,
  certificateStatus,
  DisputeEffect,
  formatDay,
  isLate,
  LiftReason,
  type Listing,
  liveListings,
  RevokeReason,
  readBlacklistFact,
  Severity,
} from '@hansa/protocol/families';
import type { Genesis } from '@hansa/protocol/genesis';
import { formatLocation } from '@hansa/protocol/records';
import type { AsOf } from '../api/as-of.ts';
import { cityName } from '../city-names.ts';

/** What facts say, in the words of the API: names of cities, dates as `2026-11-23`, times in RFC 3339. */

export const severityNames = { minor: Severity.MINOR, general: Severity.GENERAL, serious: Severity.SERIOUS } as const;
export const liftReasons = {
  expired: LiftReason.EXPIRED,
  repaired: LiftReason.REPAIRED,
  void: LiftReason.VOID,
} as const;
export const revokeReasons = {
  error: RevokeReason.ERROR,
  'holder-request': RevokeReason.HOLDER_REQUEST,
  fraud: RevokeReason.FRAUD,
  'account-changed': RevokeReason.ACCOUNT_CHANGED,
} as const;

export const disputeEffects = { flag: DisputeEffect.FLAG, suspend: DisputeEffect.SUSPEND } as const;

export type SeverityName = keyof typeof severityNames;
export type DisputeEffectName = keyof typeof disputeEffects;
export type LiftReasonName = keyof typeof liftReasons;
export type RevokeReasonName = keyof typeof revokeReasons;

/** One live listing of a subject. Dates are legal days, both ends included; null: there is none. */
export interface ListingView {
  readonly location: string;
  readonly city: string;
  readonly cityName: string;
  readonly severity: SeverityName;
  readonly decidedOn: string;
  readonly effectiveFrom: string;
  readonly publishUntil: string | null;
  readonly shareUntil: string | null;
  readonly restrictUntil: string | null;
  readonly listedAt: string;
  /** A dispute shows with every hit. */
  readonly disputed: boolean;
  /** L4: it became final after the day from which it claims effect; never retroactive. */
  readonly late: boolean;
  /** What it means on this day: publicity, sharing with other centres, restriction of loans and withdrawals. */
  readonly published: boolean;
  readonly shared: boolean;
  readonly restricted: boolean;
  /** It would restrict, if its dispute did not suspend it. */
  readonly suspended: boolean;
}

export interface CertificateView {
  readonly code: string;
  readonly status: CertificateStatus;
  readonly location: string;
  readonly issuer: string;
  readonly issuerName: string;
  /** The only centre that may use it; null: any. */
  readonly addressedTo: string | null;
  readonly issuedOn: string;
  readonly validUntil: string;
  readonly issuedAt: string;
  /** SHA-256(salt || document), to compare with the document in hand. */
  readonly commitment: string;
  readonly endedBy: string | null;
  readonly endedAt: string | null;
  readonly revokeReason: RevokeReasonName | null;
  readonly supersededBy: string | null;
  /** CONFLICT: certificates of the same person by other centres that are good today. */
  readonly conflicts: ConflictView[];
}

export interface ConflictView {
  readonly code: string;
  readonly issuer: string;
  readonly issuerName: string;
  readonly validUntil: string;
}

/** The listings of a blacklist fact that answer on the day `today`. */
export function listingViews(genesis: Genesis, value: Uint8Array | undefined, today: number): ListingView[] {
  const fact = value === undefined ? undefined : readBlacklistFact(value);
  return liveListings(fact, today).map((listing) => ({
    ...listingDates(listing),
    location: formatLocation(genesis, listing.location),
    city: cityName(genesis, listing.location.lane),
    cityName: genesis.authorities[listing.location.lane]?.displayName ?? '',
    severity: nameOf(severityNames, listing.severity) ?? 'serious',
    listedAt: timeView(listing.listedAtMs),
    disputed: listing.disputed,
    late: isLate(listing, genesis.utcOffsetMinutes),
    published: listing.published,
    shared: listing.shared,
    restricted: listing.restricted,
    suspended: listing.suspended,
  }));
}

export function certificateView(
  genesis: Genesis,
  certificateId: Uint8Array,
  fact: CertificateFact,
  today: number,
): CertificateView {
  return {
    code: toHex(certificateId),
    status: certificateStatus(fact, today),
    location: formatLocation(genesis, fact.location),
    issuer: cityName(genesis, fact.location.lane),
    issuerName: genesis.authorities[fact.location.lane]?.displayName ?? '',
    addressedTo: fact.addressedTo === undefined ? null : cityName(genesis, fact.addressedTo),
    issuedOn: formatDay(fact.issuedOn),
    validUntil: formatDay(fact.validUntil),
    issuedAt: timeView(fact.issuedAtMs),
    commitment: toHex(fact.commitment),
    endedBy: fact.endedBy === undefined ? null : formatLocation(genesis, fact.endedBy),
    endedAt: fact.endedAtMs === 0 ? null : timeView(fact.endedAtMs),
    revokeReason: nameOf(revokeReasons, fact.revokeReason) ?? null,
    supersededBy: fact.supersededBy.length === 0 ? null : toHex(fact.supersededBy),
    conflicts: certificateConflicts(fact, today).map((other) => ({
      code: toHex(other.certificateId),
      issuer: cityName(genesis, other.lane),
      issuerName: genesis.authorities[other.lane]?.displayName ?? '',
      validUntil: formatDay(other.validUntil),
    })),
  };
}

/** Before the first block the state is that of the genesis. */
export function legalTime(genesis: Genesis, timestampMs: number): number {
  return timestampMs === 0 ? genesis.createdAtMs : timestampMs;
}

export function asOfView(genesis: Genesis, { height, timestampMs }: AsOf): AsOf {
  return { height, timestampMs: legalTime(genesis, timestampMs) };
}

export function timeView(ms: number): string {
  return new Date(ms).toISOString();
}

function listingDates(listing: Listing) {
  return {
    decidedOn: formatDay(listing.decidedOn),
    effectiveFrom: formatDay(listing.effectiveFrom),
    publishUntil: dayOrNull(listing.publishUntil),
    shareUntil: dayOrNull(listing.shareUntil),
    restrictUntil: dayOrNull(listing.restrictUntil),
  };
}

function dayOrNull(day: number): string | null {
  return day === 0 ? null : formatDay(day);
}

function nameOf<Name extends string>(names: Readonly<Record<Name, number>>, value: number): Name | undefined {
  return (Object.keys(names) as Name[]).find((name) => names[name] === value);
}
