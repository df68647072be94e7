import { type ErrorCode, rejection } from '../../error-codes.ts';
import type { Rejection } from '../../errors.ts';
import { Severity } from '../../gen/hansa/v1/families_pb.ts';
import type { ListingPolicy } from '../../genesis/types.ts';
import { addMonths, SHORTEST_MONTH_DAYS } from '../calendar.ts';

/** The dates of a listing that the law bounds. */
export interface ListingDates {
  readonly severity: Severity;
  readonly decidedOn: number;
  readonly effectiveFrom: number;
  readonly publishUntil: number;
  readonly shareUntil: number;
  readonly restrictUntil: number;
}

/** Legal maxima per severity, in calendar months from the decision; no date ends before the listing begins. */
export function checkDurations(policy: ListingPolicy, dates: ListingDates): Rejection | undefined {
  const { publishUntil, shareUntil, restrictUntil } = dates;
  if (publishUntil === 0 && shareUntil === 0 && restrictUntil === 0) return rejection('DATE_MISSING');
  return (
    checkEnd(dates, publishUntil, policy.publishMonthsMax, 'PUBLISH_TOO_LONG') ??
    checkEnd(dates, shareUntil, policy.shareMonthsMax, 'SHARE_TOO_LONG') ??
    checkEnd(dates, restrictUntil, policy.restrictMonthsMax, 'RESTRICT_TOO_LONG')
  );
}

function checkEnd(
  dates: ListingDates,
  until: number,
  monthsMax: ListingPolicy['publishMonthsMax'],
  code: ErrorCode,
): Rejection | undefined {
  if (until === 0) return undefined;
  if (until < dates.effectiveFrom) return rejection('DATES_OUT_OF_ORDER');
  const months = monthsMax[dates.severity - Severity.MINOR] ?? 0;
  // Most dates are so near that the calendar need not be asked.
  if (until <= dates.decidedOn + months * SHORTEST_MONTH_DAYS) return undefined;
  return until > addMonths(dates.decidedOn, months) ? rejection(code) : undefined;
}
