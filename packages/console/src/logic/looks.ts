import type { CheckEntry } from '../api/types.ts';
import { purposes } from '../i18n/check.ts';
import { looks } from '../i18n/looks.ts';
import { legalBases } from '../i18n/openings.ts';
import { nameOf, type Text } from '../i18n/text.ts';

/** What a supervisor looks for; an empty text is everything. */
export interface Filter {
  readonly text: string;
  /** In milliseconds since 1970; undefined is no bound. */
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
}

/** Legal bases are the federation's own words; those of the default policy have names here. */
export function purposeOf({ purpose }: Pick<CheckEntry, 'purpose'>): Text {
  return nameOf({ ...purposes, ...legalBases, approval: looks.approval }, purpose);
}

/** Checks whose case, role, officer or proof has the text, in the time between; both ends included. */
export function matchingChecks(checks: readonly CheckEntry[], { text, fromMs, toMs }: Filter): CheckEntry[] {
  const wanted = text.trim().toLowerCase();
  return checks.filter((check) => {
    const atMs = Date.parse(check.at);
    const said = [check.case, check.role, check.operator, check.proof].some((each) =>
      each.toLowerCase().includes(wanted),
    );
    return said && atMs >= (fromMs ?? Number.NEGATIVE_INFINITY) && atMs <= (toMs ?? Number.POSITIVE_INFINITY);
  });
}
