import { HansaError } from '@hansa/protocol';

/** A record's location, as the API's paths have it. Errors: USAGE. */
export function locationOf(text: string | undefined, command: string): string {
  if (text !== undefined && /^[a-z][a-z0-9-]{0,31}\/[1-9]\d{0,14}\/\d{1,4}$/.test(text)) return text;
  throw new HansaError(
    'USAGE',
    `a location is CITY/SEQUENCE/POSITION, for instance haikou/12/0. See: hansa ${command} --help`,
  );
}

/** Of a listing, by its location. Errors: USAGE. */
export function listingPath(listing: string | undefined): string {
  return `/v1/blacklist/${locationOf(listing, 'blacklist')}`;
}
