import type { CityKeys } from '@hansa/node';
import type { Link } from '../scenario/schema.ts';
import type { Place } from '../world/contract.ts';

/** What the parent and the process of a real city say to each other over IPC (structured clone: bytes stay bytes). */

/** The links of one city, by the other end's index. */
export interface Weather {
  readonly incoming: readonly LinkState[];
  readonly outgoing: readonly LinkState[];
  readonly places: readonly (Place | undefined)[];
}

export interface LinkState {
  readonly link: Link & Required<Pick<Link, 'latency'>>;
  readonly cut: boolean;
}

export interface ClockState {
  /** Added to the machine's clock. */
  readonly offsetMs: number;
  readonly driftPpm: number;
}

export interface StartOrder {
  readonly kind: 'start';
  readonly genesis: Uint8Array;
  readonly index: number;
  readonly keys: CityKeys;
  readonly storeDirectory: string;
  readonly listen: readonly string[];
  readonly peers: Readonly<Record<string, readonly string[]>>;
  readonly weather: Weather;
  readonly clock: ClockState;
}

export type Order =
  | StartOrder
  | { readonly kind: 'weather'; readonly weather: Weather }
  | { readonly kind: 'clock'; readonly clock: ClockState }
  | { readonly kind: 'submit'; readonly id: number; readonly records: readonly Uint8Array[] }
  | { readonly kind: 'status'; readonly id: number }
  | { readonly kind: 'stop' };

export interface RealStatus {
  readonly finalizedHeight: number;
  readonly executedHeight: number;
  readonly historyRoot: string;
  readonly stateRoot: string;
  readonly records: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export type Report =
  | { readonly kind: 'ready' }
  /** All records of a submission are final and executed in this city; milliseconds from submission. */
  | { readonly kind: 'final'; readonly id: number; readonly latencyMs: number }
  | { readonly kind: 'refused'; readonly id: number; readonly code: string }
  | { readonly kind: 'status'; readonly id: number; readonly status: RealStatus }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };
