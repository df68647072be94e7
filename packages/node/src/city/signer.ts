import type { LedgerMember } from '../api/ports.ts';
import type { CityKeys } from '../keys/index.ts';

/** What the core signs with; undefined for an observer, who signs nothing. */
export function signerOf({ index }: LedgerMember, keys: Pick<CityKeys, 'lane' | 'vote'> | undefined) {
  if (index === undefined || keys === undefined) return undefined;
  return { index, laneSecret: keys.lane, voteSecret: keys.vote };
}
