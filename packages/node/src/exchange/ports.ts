import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { RecordLocation } from '@hansa/protocol/replica';
import type { CityPort } from '../api/ports.ts';
import type { Matter } from '../city/matters.ts';

/** What the exchange needs of the city beside what the API needs. */
export interface ExchangeCity extends CityPort {
  /** Asks at another authority's door; rejects with a `HansaError` as `Network.ask`. */
  ask(to: AuthorityIndex, door: 'exchange', bytes: Uint8Array, timeoutMs: number): Promise<Uint8Array>;
  keepDoor(door: 'exchange', keeper: (from: AuthorityIndex, bytes: Uint8Array) => Promise<Uint8Array>): void;
  readonly matters: {
    readonly newestHeight: number;
    watch(family: number, type: number): void;
    after(key: Uint8Array | undefined): AsyncIterable<{ readonly key: Uint8Array; readonly matter: Matter }>;
  };
}

/** What the exchange needs of the city's private side (P1). */
export interface PrivateSide {
  /** Undefined when it was never here or is erased. */
  open(commitment: Uint8Array): Promise<{ readonly salt: Uint8Array; readonly payload: Uint8Array } | undefined>;
  erase(commitment: Uint8Array): Promise<void>;
  /** Keeps a private payload with a fresh salt; returns its commitment. */
  keep(payload: Uint8Array): Promise<Uint8Array>;
  officer(name: string): Promise<Uint8Array>;
  officerName(pseudonym: Uint8Array): Promise<string | undefined>;
  /** 16 bytes under which this city finds a case again. */
  caseName(reference: string): Uint8Array;
}

/** Lines for operators. Nothing private is ever in one (P1). */
export interface ExchangeLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export type { RecordLocation };
