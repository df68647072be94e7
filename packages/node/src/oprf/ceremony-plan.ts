import type { AuthorityIndex } from '@hansa/protocol/genesis';
import { faultsTolerated, quorum } from '@hansa/protocol/genesis';

/** The bitmap of a set of cities, as records have it: over all seats, also those that do not vote (C12). */
export function encodeBitmap(indices: readonly AuthorityIndex[], seats: number): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(seats / 8));
  for (const index of indices) bitmap[index >> 3] = (bitmap[index >> 3] ?? 0) | (1 << (index & 7));
  return bitmap;
}

export interface Settlement {
  readonly dealers: readonly AuthorityIndex[];
  /** Cities that hold all of them. */
  readonly holders: number;
}

/**
 * The settlement that most cities hold, a quorum at least, and of those that as many hold the one with the most dealers: the
 * least held dealer goes, as long as enough are left. So a dealer that gives a wrong share to one city alone, such as the one with
 * new keys, does not keep it from the key (C12); whoever claims to hold little leaves no fewer dealers than it takes cities to
 * evaluate, who know the key anyway (P2). Undefined while no quorum holds enough. `holds`: whose shares each city that votes
 * holds; `threshold`: that of the ceremony; `before`: the present key's, in a reshare.
 */
export function settlementOf(
  holds: readonly (readonly AuthorityIndex[])[],
  threshold: number,
  before: number | undefined,
): Settlement | undefined {
  const voters = holds.length;
  const dealersMin = before ?? faultsTolerated(voters) + 1;
  let best: Settlement | undefined;
  let dealers = [...new Set(holds.flat())].sort((a, b) => a - b);
  while (dealers.length >= dealersMin) {
    const holders = holds.filter((held) => dealers.every((dealer) => held.includes(dealer))).length;
    const better = best === undefined || (holders > best.holders && dealers.length >= threshold); // guard: P2 not for fewer dealers than evaluate
    if (holders >= quorum(voters) && better) best = { dealers, holders };
    const countOf = (dealer: AuthorityIndex): number => holds.filter((held) => held.includes(dealer)).length;
    const least = dealers.reduce((worst, dealer) => (countOf(dealer) < countOf(worst) ? dealer : worst));
    dealers = dealers.filter((dealer) => dealer !== least);
  }
  return best;
}
