import type { CheckAnswer, Listing, Status } from '../api/types.ts';

/** One answer: red, amber or green, with the reason for it. */
export type Verdict =
  | { readonly colour: 'red'; readonly reason: 'restricted' | 'restricted-disputed' }
  | { readonly colour: 'amber'; readonly reason: 'listed-only' | 'suspended' | 'stale' | 'city-behind' }
  | { readonly colour: 'green'; readonly reason: 'not-listed' };

/**
 * Red: a restriction counts today. Amber: there is a listing, but nothing of it restricts today; or nothing is known,
 * because this city has not caught up with the others. Green: verified absence.
 */
export function verdictOf(
  answer: CheckAnswer,
  status: Pick<Status, 'behind' | 'halted' | 'joined'> | undefined,
): Verdict {
  const restricting = answer.listings.filter(({ restricted }) => restricted);
  if (restricting.length > 0) {
    const disputed = restricting.every((listing) => listing.disputed);
    return { colour: 'red', reason: disputed ? 'restricted-disputed' : 'restricted' };
  }
  if (answer.listings.length > 0) {
    const suspended = answer.listings.some((listing) => listing.suspended);
    return { colour: 'amber', reason: suspended ? 'suspended' : 'listed-only' };
  }
  if (answer.stale) return { colour: 'amber', reason: 'stale' };
  if (status !== undefined && (status.behind || status.halted || !status.joined)) {
    return { colour: 'amber', reason: 'city-behind' };
  }
  return { colour: 'green', reason: 'not-listed' };
}

/** The last day on which anything of a listing counts; null: no end is set. */
export function countsUntil({ publishUntil, shareUntil, restrictUntil }: Listing): string | null {
  const days = [publishUntil, shareUntil, restrictUntil].filter((day) => day !== null);
  return days.length === 0 ? null : (days.sort().at(-1) ?? null);
}
