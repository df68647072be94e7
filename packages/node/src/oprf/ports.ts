import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { CityPort } from '../api/ports.ts';
import type { City } from '../city/index.ts';

/** The part of a pino logger that is used here. Never a subject, never a share. */
export interface OprfLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What the OPRF needs of the city. */
export interface OprfCity
  extends Pick<
    CityPort,
    'genesis' | 'self' | 'domains' | 'crypto' | 'events' | 'fact' | 'trial' | 'submit' | 'status'
  > {
  /** Asks at another authority's OPRF door. Errors as `City.ask`. */
  ask(to: AuthorityIndex, bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array>;
  /** Whether an authority is connected now. */
  connected(authority: AuthorityIndex): boolean;
}

/** Something that a person must look at. It does not stop the city. */
export interface OprfAlarm {
  readonly code:
    | 'OPRF_DEALER_LIED'
    | 'OPRF_EVALUATOR_LIED'
    | 'OPRF_RECORDS_MISSING'
    | 'OPRF_SHARE_MISSING'
    | 'ENUMERATION_SUSPECTED';
  readonly message: string;
  readonly atMs: number;
}
export type RaiseAlarm = (alarm: Omit<OprfAlarm, 'atMs'>) => void;

/** The running city, as the OPRF sees it. */
export function oprfCityOf(city: City): OprfCity {
  const { self, domains, crypto, events } = city;
  return {
    ...{ self, domains, crypto, events },
    get genesis() {
      return city.genesis; // C12: of the present epoch
    },
    fact: (key) => city.fact(key),
    trial: (records) => city.trial(records),
    submit: (records) => city.submit(records),
    status: () => city.status(),
    ask: (to, bytes, timeoutMs) => city.ask(to, 'oprf', bytes, timeoutMs),
    connected: (authority) => city.peers().some(({ index, connected }) => index === authority && connected),
  };
}
