import type { Genesis } from '@hansa/protocol/genesis';
import type { LedgerMember } from '../api/ports.ts';
import type { CityKeys } from '../keys/index.ts';

/** What the core signs with; undefined for an observer, who signs nothing. */
export function signerOf({ index }: LedgerMember, keys: Pick<CityKeys, 'lane' | 'vote'> | undefined) {
  if (index === undefined || keys === undefined) return undefined;
  return { index, laneSecret: keys.lane, voteSecret: keys.vote };
}

/** C12: this member by the name that the present epoch has for it. */
export function presentSelf<Self extends LedgerMember>(self: Self, genesis: Genesis): Self {
  const seat = self.index === undefined ? undefined : genesis.authorities[self.index];
  return seat === undefined ? self : { ...self, displayName: seat.displayName };
}
