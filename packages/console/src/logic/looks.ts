import type { CheckEntry } from '../api/types.ts';
import { purposes } from '../i18n/check.ts';
import { legalBases } from '../i18n/openings.ts';
import { nameOf, type Text } from '../i18n/text.ts';

/** What a supervisor looks for; an empty text is everything. Times as a field of a form gives them, in the reader's zone. */
export interface Filter {
  readonly text: string;
  readonly from: string;
  readonly to: string;
}

/** Legal bases are the federation's own words; those of the default policy have names here. */
export function purposeOf({ purpose }: Pick<CheckEntry, 'purpose'>): Text {
  return nameOf({ ...purposes, ...legalBases }, purpose);
}

/** Checks whose case, role, officer or proof has the text, in the time between; both ends included. */
export function matchingChecks(checks: readonly CheckEntry[], { text, from, to }: Filter): CheckEntry[] {
  const wanted = text.trim().toLowerCase();
  const [first, last] = [
    from === '' ? Number.NEGATIVE_INFINITY : Date.parse(from),
    to === '' ? Number.POSITIVE_INFINITY : Date.parse(to) + 59_999,
  ];
  return checks.filter((check) => {
    const atMs = Date.parse(check.at);
    const said = [check.case, check.role, check.operator, check.proof].some((each) =>
      each.toLowerCase().includes(wanted),
    );
    return said && atMs >= first && atMs <= last;
  });
}
