import { equalBytes } from '../bytes.ts';
import { rejection } from '../error-codes.ts';
import { HansaError, type Rejection } from '../errors.ts';
import { DAY_MAX } from './calendar.ts';

/** Pseudonym of an officer; only the officer's city can resolve it (P1). */
export const OFFICER_BYTES = 16;
export const SUBJECT_TAG_BYTES = 32;
export const COMMITMENT_BYTES = 32;

/** Two different officers stand behind a decision. */
export function checkApprovers(handler: Uint8Array, approver: Uint8Array): Rejection | undefined {
  if (handler.length !== OFFICER_BYTES || approver.length !== OFFICER_BYTES) return rejection('MALFORMED');
  return equalBytes(handler, approver) ? rejection('APPROVERS_NOT_DISTINCT') : undefined;
}

/** Whether all days can be written with four digits of the year; absent days (0) can. */
export function daysInRange(...days: readonly number[]): boolean {
  for (const day of days) if (day > DAY_MAX) return false;
  return true;
}

/** For readers of facts: bytes that the ledger never wrote. */
export function malformedFact(): HansaError {
  const { code, message } = rejection('FACT_MALFORMED');
  return new HansaError(code, message);
}
