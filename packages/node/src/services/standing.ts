import { toHex } from '@hansa/protocol';
import {
  certificateStatus,
  families,
  isExpired,
  LiftReason,
  type Listing,
  type RecordView,
  readBlacklistFact,
  readCertificateFact,
} from '@hansa/protocol/families';
import { formatLocation, fromRecordRef, type RecordLocation, sameLocation } from '@hansa/protocol/records';
import type { LedgerPort } from '../api/ports.ts';
import type { Clock } from './clock.ts';

/** Of a listing: `ended` is one of which nothing is left in the facts, because it was lifted or is over. */
export const standings = [
  ...(['active', 'not-yet', 'lifted', 'expired', 'ended'] as const),
  ...(['used', 'revoked', 'superseded'] as const),
] as const;

/** The listing or certificate that a record is about, as it stands now: later records change what an earlier one made. */
export interface StandingView {
  /** Location of the listing, or code of the certificate. */
  readonly of: string;
  readonly status: (typeof standings)[number];
  readonly disputed: boolean;
}

/** Undefined for records of other families. `record` stands at `location` and took effect. */
export function standingNow(
  city: LedgerPort,
  clock: Clock,
  location: RecordLocation,
  { record, body }: RecordView,
): StandingView | undefined {
  const family = families.get(record.family);
  const [key] = family?.concerns?.(body, { domains: city.domains, lane: location.lane }) ?? [];
  if (key === undefined) return undefined;
  const { value, asOf } = city.fact(key);
  const today = clock.today(asOf);
  if (family?.name === 'blacklist') {
    const { listing } = body as { readonly listing?: Parameters<typeof fromRecordRef>[0] };
    const origin = listing === undefined ? location : fromRecordRef(listing);
    if (origin === undefined) return undefined;
    const { listings } = value === undefined ? { listings: [] } : readBlacklistFact(value);
    const found = listings.find((each) => sameLocation(each.location, origin));
    const status = found === undefined ? 'ended' : statusOf(found, today);
    return { of: formatLocation(city.genesis, origin), status, disputed: found?.disputed ?? false };
  }
  if (family?.name !== 'certificate' || value === undefined) return undefined;
  const { certificateId } = body as { readonly certificateId: Uint8Array };
  return { of: toHex(certificateId), status: certificateStatus(readCertificateFact(value), today), disputed: false };
}

function statusOf(listing: Listing, today: number): StandingView['status'] {
  if (listing.lifted !== LiftReason.UNSPECIFIED) return 'lifted';
  if (isExpired(listing, today)) return 'expired';
  return listing.effectiveFrom > today ? 'not-yet' : 'active';
}
