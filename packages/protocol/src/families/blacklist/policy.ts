import { type ErrorCode, rejection } from '../../error-codes.ts';
import type { Rejection } from '../../errors.ts';
import { Severity } from '../../gen/hansa/v1/families_pb.ts';
import type { ListingPolicy, MonthsBySeverity } from '../../genesis/types.ts';
import { addMonths, LONGEST_MONTH_DAYS, SHORTEST_MONTH_DAYS } from '../calendar.ts';

/** The dates of a listing that the law bounds. */
export interface ListingDates {
  readonly severity: Severity;
  readonly decidedOn: number;
  readonly effectiveFrom: number;
  readonly publishUntil: number;
  readonly shareUntil: number;
  readonly restrictUntil: number;
}

/** Legal bounds per severity, in calendar months from the decision; no date ends before the listing begins. 0 is none. */
export function checkDurations(policy: ListingPolicy, dates: ListingDates): Rejection | undefined {
  const { publishUntil, shareUntil, restrictUntil } = dates;
  if (publishUntil === 0 && shareUntil === 0 && restrictUntil === 0) return rejection('DATE_MISSING');
  return (
    checkEnd(dates, publishUntil, policy.publishMonthsMax, 'PUBLISH_TOO_LONG') ??
    checkEnd(dates, shareUntil, policy.shareMonthsMax, 'SHARE_TOO_LONG') ??
    checkEnd(dates, restrictUntil, policy.restrictMonthsMax, 'RESTRICT_TOO_LONG') ??
    checkLength(dates, publishUntil, policy.publishMonthsMin, 'PUBLISH_TOO_SHORT') ??
    checkLength(dates, shareUntil, policy.shareMonthsMin, 'SHARE_TOO_SHORT') ??
    checkLength(dates, restrictUntil, policy.restrictMonthsMin, 'RESTRICT_TOO_SHORT')
  );
}

function checkLength(
  dates: ListingDates,
  until: number,
  monthsMin: MonthsBySeverity | undefined,
  code: ErrorCode,
): Rejection | undefined {
  const months = monthsMin?.[dates.severity - Severity.MINOR] ?? 0;
  if (until === 0 || until >= dates.decidedOn + months * LONGEST_MONTH_DAYS) return undefined;
  return until < addMonths(dates.decidedOn, months) ? rejection(code) : undefined; // guard: L4 a listing has the shortest terms of its severity
}

function checkEnd(
  dates: ListingDates,
  until: number,
  monthsMax: MonthsBySeverity,
  code: ErrorCode,
): Rejection | undefined {
  if (until === 0) return undefined;
  if (until < dates.effectiveFrom) return rejection('DATES_OUT_OF_ORDER');
  const months = monthsMax[dates.severity - Severity.MINOR] ?? 0;
  // Most dates are so near that the calendar need not be asked.
  if (until <= dates.decidedOn + months * SHORTEST_MONTH_DAYS) return undefined;
  return until > addMonths(dates.decidedOn, months) ? rejection(code) : undefined;
}
