import { fromBinary } from '@bufbuild/protobuf';
import { safeNumber } from '../../codec/index.ts';
import { WireWriter } from '../../codec/wire-writer.ts';
import type { Digest, Domains } from '../../crypto/index.ts';
import { BlacklistFactSchema, DisputeEffect, LiftReason, Severity } from '../../gen/hansa/v1/families_pb.ts';
import { fromRecordRef, type RecordLocation } from '../../records/index.ts';
import { legalDay } from '../calendar.ts';
import { malformedFact } from '../checks.ts';

export { DisputeEffect, LiftReason, Severity };

/** One listing of a subject as it stands now. Days are since 1970-01-01, both ends included; 0: there is none. */
export interface Listing {
  /** Where the listing was made; its lane is the listing city. */
  readonly location: RecordLocation;
  readonly severity: Severity;
  readonly decidedOn: number;
  readonly effectiveFrom: number;
  readonly publishUntil: number;
  readonly shareUntil: number;
  readonly restrictUntil: number;
  readonly disputed: boolean;
  /** What the open dispute does; UNSPECIFIED while there is none. */
  readonly disputeEffect: DisputeEffect;
  /** UNSPECIFIED while it is not lifted. */
  readonly lifted: LiftReason;
  /** L4: legal time at which it became final. */
  readonly listedAtMs: number;
}

/** Current listings of one subject, in the order in which they were made. */
export interface BlacklistFact {
  readonly listings: readonly Listing[];
}

/** A listing that still answers, and for which purposes. A dispute shows with every hit, and may suspend the restriction. */
export interface LiveListing extends Listing {
  readonly published: boolean;
  readonly shared: boolean;
  readonly restricted: boolean;
  /** It would restrict, if a dispute did not suspend it. */
  readonly suspended: boolean;
}

/** Key of a subject's fact; `subjectTag` has 32 bytes, of the domain "blacklist". */
export function blacklistFactKey(domains: Domains, subjectTag: Uint8Array): Digest {
  return domains.digest('fact/blacklist', subjectTag);
}

/** Throws FACT_MALFORMED on bytes that the ledger never wrote. */
export function readBlacklistFact(bytes: Uint8Array): BlacklistFact {
  try {
    const listings = fromBinary(BlacklistFactSchema, bytes).listings.map((listing) => {
      const location = fromRecordRef(listing.ref);
      const listedAtMs = safeNumber(listing.listedAtMs);
      if (location === undefined || listedAtMs === undefined) throw malformedFact();
      const { severity, decidedOn, effectiveFrom, publishUntil, shareUntil, restrictUntil, disputed, lifted } = listing;
      const { disputeEffect } = listing;
      return {
        location,
        severity,
        decidedOn,
        effectiveFrom,
        publishUntil,
        shareUntil,
        restrictUntil,
        disputed,
        disputeEffect,
        lifted,
        listedAtMs,
      };
    });
    return { listings };
  } catch {
    throw malformedFact();
  }
}

const writer = new WireWriter();

/** `BlacklistFact` bytes, as protobuf-es would write them. */
export function encodeBlacklistFact(fact: BlacklistFact): Uint8Array {
  for (const listing of fact.listings) {
    writer.message(1, () => {
      const { location } = listing;
      writer.message(1, () => {
        writer.number(1, location.lane);
        writer.number(2, location.sequence);
        writer.number(3, location.position);
      });
      writer.number(2, listing.severity);
      writer.number(3, listing.effectiveFrom);
      writer.number(4, listing.publishUntil);
      writer.number(5, listing.shareUntil);
      writer.number(6, listing.restrictUntil);
      writer.number(7, listing.disputed ? 1 : 0);
      writer.number(8, listing.lifted);
      writer.number(9, listing.listedAtMs);
      writer.number(10, listing.decidedOn);
      writer.number(11, listing.disputeEffect);
    });
  }
  return writer.take();
}

/** Whether the last of its dates has passed. */
export function isExpired(listing: Listing, today: number): boolean {
  return Math.max(listing.publishUntil, listing.shareUntil, listing.restrictUntil) < today;
}

/**
 * What answers a check on the day `today`: in effect, not lifted, and at least one of its three dates not passed. An
 * expired or lifted listing stops answering everywhere, without anybody's doing.
 */
export function liveListings(fact: BlacklistFact | undefined, today: number): LiveListing[] {
  const live: LiveListing[] = [];
  for (const listing of fact?.listings ?? []) {
    if (listing.lifted !== LiftReason.UNSPECIFIED || listing.effectiveFrom > today || isExpired(listing, today))
      continue;
    const lasts = listing.restrictUntil >= today;
    const suspended = lasts && isSuspended(listing);
    live.push({
      ...listing,
      published: listing.publishUntil >= today,
      shared: listing.shareUntil >= today,
      restricted: lasts && !suspended,
      suspended,
    });
  }
  return live;
}

function isSuspended({ disputeEffect }: Listing): boolean {
  return disputeEffect === DisputeEffect.SUSPEND; // guard: L4 a dispute that only flags lets the restriction stand
}

/** L4: first day on which the listing counts: never before it was final. */
export function legalFrom(listing: Listing, utcOffsetMinutes: number): number {
  return Math.max(listing.effectiveFrom, legalDay(listing.listedAtMs, utcOffsetMinutes));
}

/** L4: whether it became final only after the day from which its city says that it counts; to be shown as "late". */
export function isLate(listing: Listing, utcOffsetMinutes: number): boolean {
  return listing.effectiveFrom < legalDay(listing.listedAtMs, utcOffsetMinutes);
}
