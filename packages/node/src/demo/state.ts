import { HansaError } from '@hansa/protocol';
import type { World } from '../testbed/world.ts';

/** What the steps leave for each other and for the report. */
export interface DemoState {
  world: World | undefined;
  /** Rows that the imports refused. */
  refusedRows: number;
  /** Records of the ceremony before the first row. */
  ceremonyRecords: number;
  /** A step was not true: keep the logs. */
  failed?: boolean;
  /** Location of a listing of Haikou that Sanya found. */
  listing: string | undefined;
  /** Another one, which will turn out to be wrong. */
  wronged: { readonly number: string; readonly location: string } | undefined;
  /** A certificate that its holder lets Sanya read. */
  papers: Papers | undefined;
  /** Milliseconds from request to agreed answer of interactive records, while all cities are up. */
  readonly finalityMs: number[];
}

export interface Papers {
  readonly code: string;
  /** Of the record that issued it. */
  readonly location: string;
  readonly consent: string;
}

export interface Step {
  readonly name: string;
  /** Does the step, checks it, and says in one line what was seen. */
  run(state: DemoState): Promise<string>;
}

export const officer = { handler: 'op01' };

export function worldOf(state: DemoState): World {
  return stateOf(state.world, 'federation');
}

/** What an earlier step left. */
export function stateOf<T>(left: T | undefined, what: string): T {
  if (left === undefined) throw new HansaError('DEMO_FAILED', `No step before this one left a ${what}.`);
  return left;
}
