import { equalBytes } from '../bytes.ts';
import type { Tip } from '../consensus/block.ts';
import type { VerifiedEntry } from './header.ts';

/** The entries of one lane that follow a tip, each on the one before; of two that follow one, the first in the list. */
export function chainFrom(tip: Tip, entries: readonly VerifiedEntry[]): VerifiedEntry[] {
  const chain: VerifiedEntry[] = [];
  let { sequence, digest }: Tip = tip;
  const isNext = ({ header }: VerifiedEntry) => header.sequence === sequence + 1 && equalBytes(header.previous, digest);
  for (let next = entries.find(isNext); next !== undefined; next = entries.find(isNext)) {
    chain.push(next);
    sequence = next.header.sequence;
    digest = next.header.digest;
  }
  return chain;
}
