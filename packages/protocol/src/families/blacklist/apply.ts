import { rejection } from '../../error-codes.ts';
import type { Rejection } from '../../errors.ts';
import {
  type BlacklistAmend,
  type BlacklistDispute,
  type BlacklistLift,
  type BlacklistList,
  DisputeEffect,
  DisputeState,
  LiftReason,
  Severity,
} from '../../gen/hansa/v1/families_pb.ts';
import { limits } from '../../limits.ts';
import { fromRecordRef, sameLocation } from '../../records/index.ts';
import type { ApplyContext, FactState } from '../family.ts';
import type { BlacklistBody } from './body.ts';
import { blacklistFactKey, encodeBlacklistFact, isExpired, type Listing, readBlacklistFact } from './fact.ts';
import { checkDurations } from './policy.ts';

export function applyBlacklist(state: FactState, body: BlacklistBody, context: ApplyContext): Rejection | undefined {
  switch (body.$typeName) {
    case 'hansa.v1.BlacklistList':
      return list(state, body, context);
    case 'hansa.v1.BlacklistAmend':
      return change(state, body, context, amend);
    case 'hansa.v1.BlacklistDispute':
      return change(state, body, context, dispute);
    case 'hansa.v1.BlacklistLift':
      return change(state, body, context, lift);
  }
}

function list(state: FactState, body: BlacklistList, context: ApplyContext): Rejection | undefined {
  if (body.decidedOn > context.today) return rejection('DECISION_IN_FUTURE'); // guard: L4 the block's day counts
  const listing: Listing = {
    location: context.location,
    severity: body.severity,
    decidedOn: body.decidedOn,
    effectiveFrom: body.effectiveFrom,
    publishUntil: body.publishUntil,
    shareUntil: body.shareUntil,
    restrictUntil: body.restrictUntil,
    disputed: false,
    disputeEffect: DisputeEffect.UNSPECIFIED,
    lifted: LiftReason.UNSPECIFIED,
    // L4: legal time is the block's, whatever effectiveFrom says.
    listedAtMs: context.timestampMs,
  };
  if (isExpired(listing, context.today)) return rejection('LISTING_EXPIRED');
  const key = blacklistFactKey(context.domains, body.subjectTag);
  const value = state.get(key);
  const kept = value === undefined ? [] : keptListings(readBlacklistFact(value).listings, context.today);
  if (kept.length >= limits.listingsPerSubjectMax) return rejection('LISTINGS_TOO_MANY');
  const own = kept.filter((each) => each.location.lane === context.lane && isNotLifted(each));
  // guard: L2 no city shields a person from the listings of the others by filling the fact with its own
  if (own.length >= limits.listingsPerCityMax) return rejection('LISTINGS_TOO_MANY');
  state.set(key, encodeBlacklistFact({ listings: [...kept, listing] }));
  return undefined;
}

/** What stays beside a new listing: nothing expired, and lifted ones only beside a live one and while there is room. */
function keptListings(listings: readonly Listing[], today: number): readonly Listing[] {
  const unexpired = listings.filter((listing) => !isExpired(listing, today));
  const unlifted = unexpired.filter(isNotLifted);
  return unlifted.length > 0 && unexpired.length < limits.listingsPerSubjectMax ? unexpired : unlifted;
}

type Changed = { readonly listing: Listing } | { readonly error: Rejection };

/** Finds the listing that a record is about, changes it, and keeps the fact only while it has a live listing. */
function change<B extends BlacklistAmend | BlacklistDispute | BlacklistLift>(
  state: FactState,
  body: B,
  context: ApplyContext,
  rule: (listing: Listing, body: B, context: ApplyContext) => Changed,
): Rejection | undefined {
  const key = blacklistFactKey(context.domains, body.subjectTag);
  const value = state.get(key);
  const location = fromRecordRef(body.listing);
  if (value === undefined || location === undefined) return rejection('LISTING_UNKNOWN');
  const listings = readBlacklistFact(value).listings.slice();
  const index = listings.findIndex((candidate) => sameLocation(candidate.location, location));
  const found = listings[index];
  if (found === undefined) return rejection('LISTING_UNKNOWN');
  if (!isNotLifted(found)) return rejection('LISTING_LIFTED');
  const changed = rule(found, body, context);
  if ('error' in changed) return changed.error;
  listings[index] = changed.listing;
  const answers = listings.some((candidate) => isNotLifted(candidate) && !isExpired(candidate, context.today));
  state.set(key, answers ? encodeBlacklistFact({ listings }) : undefined);
  return undefined;
}

function amend(listing: Listing, body: BlacklistAmend, context: ApplyContext): Changed {
  if (listing.location.lane !== context.lane) return { error: rejection('NOT_LISTING_CITY') };
  // An expired listing answers no more, and an amendment must not wake it.
  if (isExpired(listing, context.today)) return { error: rejection('LISTING_EXPIRED') };
  const amended: Listing = {
    ...listing,
    severity: body.severity === Severity.UNSPECIFIED ? listing.severity : body.severity,
    publishUntil: body.publishUntil === 0 ? listing.publishUntil : body.publishUntil,
    shareUntil: body.shareUntil === 0 ? listing.shareUntil : body.shareUntil,
    restrictUntil: body.restrictUntil === 0 ? listing.restrictUntil : body.restrictUntil,
  };
  if (isHarsher(amended, listing)) return { error: rejection('AMEND_HARSHER') }; // guard: L4 what is harsher needs its own notice
  const tooLong = checkDurations(context.genesis.policy.listing, amended);
  return tooLong === undefined ? { listing: amended } : { error: tooLong };
}

/** The person was told of what was decided then, and could object to that alone. */
function isHarsher(amended: Listing, before: Listing): boolean {
  return (
    amended.severity > before.severity ||
    amended.publishUntil > before.publishUntil ||
    amended.shareUntil > before.shareUntil ||
    amended.restrictUntil > before.restrictUntil
  );
}

/** Any city opens a dispute for a citizen at its counter; the listing city closes it. */
function dispute(listing: Listing, body: BlacklistDispute, context: ApplyContext): Changed {
  const open = body.state === DisputeState.OPEN;
  if (!open && listing.location.lane !== context.lane) return { error: rejection('NOT_LISTING_CITY') };
  if (isExpired(listing, context.today)) return { error: rejection('LISTING_EXPIRED') };
  if (listing.disputed === open) return { error: rejection(open ? 'DISPUTE_ALREADY_OPEN' : 'DISPUTE_NOT_OPEN') };
  if (!open) return { listing: { ...listing, disputed: false, disputeEffect: DisputeEffect.UNSPECIFIED } };
  const { SUSPEND, FLAG } = DisputeEffect;
  const most = context.genesis.policy.dispute === 'suspend' ? SUSPEND : FLAG;
  // One clerk of any city opens a dispute: it does not do to another city's listing what the federation did not agree to.
  if (body.effect === SUSPEND && most !== SUSPEND) return { error: rejection('DISPUTE_ONLY_FLAGS') }; // guard: L4 the policy bounds a dispute
  const disputeEffect = body.effect === DisputeEffect.UNSPECIFIED ? most : body.effect;
  return { listing: { ...listing, disputed: true, disputeEffect } };
}

function lift(listing: Listing, body: BlacklistLift, context: ApplyContext): Changed {
  if (listing.location.lane !== context.lane) return { error: rejection('NOT_LISTING_CITY') };
  return { listing: { ...listing, lifted: body.reason } };
}

function isNotLifted(listing: Listing): boolean {
  return listing.lifted === LiftReason.UNSPECIFIED;
}
