import { HansaError } from '@hansa/protocol';
import type { Authority, AuthorityIndex, Genesis } from '@hansa/protocol/genesis';

/** Name of the city that owns a lane. */
export function cityName(genesis: Genesis, lane: AuthorityIndex): string {
  return genesis.authorities[lane]?.name ?? String(lane);
}

/** Enough to find a misspelt one; a federation has hundreds. */
const citiesShown = 12;

/** The city with this name. Throws CITY_UNKNOWN, which names cities that there are. */
export function cityNamed(genesis: Genesis, name: string): Authority {
  const found = genesis.authorities.find((authority) => authority.name === name);
  if (found !== undefined) return found;
  const names = genesis.authorities.map((authority) => authority.name);
  const more = names.length > citiesShown ? ` and ${names.length - citiesShown} more` : '';
  const known = `${names.slice(0, citiesShown).join(', ')}${more}`;
  throw new HansaError('CITY_UNKNOWN', `The federation has no city of this name. It has: ${known}.`);
}
