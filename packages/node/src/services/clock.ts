import { legalDay } from '@hansa/protocol/families';
import type { Genesis } from '@hansa/protocol/genesis';
import type { AsOf } from '../api/ports.ts';

/** Legal days for answers. Rules on the ledger use the block's time (L4); an answer must also age when blocks stop. */
export class Clock {
  readonly nowMs: () => number;
  readonly #utcOffsetMinutes: number;

  constructor(nowMs: () => number, genesis: Genesis) {
    this.nowMs = nowMs;
    this.#utcOffsetMinutes = genesis.utcOffsetMinutes;
  }

  /** The later of the block's day and the wall's: what expired yesterday does not answer today, with or without blocks. */
  today(asOf: AsOf): number {
    return legalDay(Math.max(asOf.timestampMs, this.nowMs()), this.#utcOffsetMinutes);
  }
}
