import type { Parameters, Policy } from './types.ts';

/** Timing that suits cities on the public internet of one country and, since nothing waits for Δ in good times, a laptop. */
export const defaultParameters: Parameters = {
  deltaMs: 500,
  idleIntervalMs: 5000,
  resendMs: 1000,
  resyncMs: 2000,
  timeoutGrowth: 1.5,
  timeoutCapMs: 30_000,
};

/**
 * Publicity follows the national order in force since 2026-04-01 (minor at most 3 months, general 3 to 12, serious 12 to
 * 36); sharing and restriction follow the longest terms of local rules (2, 3 and 5 years), which know no shortest one
 * (ADR 0016).
 */
export const defaultPolicy: Policy = {
  listing: {
    publishMonthsMin: [0, 3, 12],
    publishMonthsMax: [3, 12, 36],
    shareMonthsMax: [24, 36, 60],
    restrictMonthsMax: [24, 36, 60],
    objectionDaysMin: 7,
  },
  certificate: { validityMonthsMax: 2 },
  dispute: 'flag',
  lookup: { evaluationsPerHour: 50, staleAfterMs: 600_000, staleAnswers: 'refuse' },
  access: { batchMs: 3_600_000, legalBases: ['LISTING_REVIEW', 'LOAN_DECISION', 'COURT_ORDER'] },
};

/** Minutes east of UTC of the legal time zone: China. */
export const defaultUtcOffsetMinutes = 480;
