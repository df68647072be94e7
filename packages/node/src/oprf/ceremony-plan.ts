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
 * The settlement that leaves out as few dealers as possible: the least held one goes until a quorum holds all that are
 * left. Undefined while too few are left. `holds`: whose shares each city that votes holds; `threshold`: the present key's, in
 * a reshare.
 */
export function settlementOf(
  holds: readonly (readonly AuthorityIndex[])[],
  threshold: number | undefined,
): Settlement | undefined {
  const voters = holds.length;
  const dealersMin = threshold ?? faultsTolerated(voters) + 1;
  let dealers = [...new Set(holds.flat())].sort((a, b) => a - b);
  while (dealers.length >= dealersMin) {
    const holders = holds.filter((held) => dealers.every((dealer) => held.includes(dealer))).length;
    if (holders >= quorum(voters)) return { dealers, holders };
    const countOf = (dealer: AuthorityIndex): number => holds.filter((held) => held.includes(dealer)).length;
    const least = dealers.reduce((worst, dealer) => (countOf(dealer) < countOf(worst) ? dealer : worst));
    dealers = dealers.filter((dealer) => dealer !== least);
  }
  return undefined;
}
