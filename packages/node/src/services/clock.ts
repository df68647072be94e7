import { legalDay } from '@hansa/protocol/families';
import type { Genesis } from '@hansa/protocol/genesis';
import type { AsOf } from '../api/ports.ts';
import { legalTime } from './views.ts';

/** Legal days for answers. Rules on the ledger use the block's time (L4); an answer must also age when blocks stop. */
export class Clock {
  readonly nowMs: () => number;
  readonly #genesis: Genesis;

  constructor(nowMs: () => number, genesis: Genesis) {
    this.nowMs = nowMs;
    this.#genesis = genesis;
  }

  /** The later of the block's day and the wall's: what expired yesterday does not answer today, with or without blocks. */
  today(asOf: AsOf): number {
    return legalDay(Math.max(asOf.timestampMs, this.nowMs()), this.#genesis.utcOffsetMinutes);
  }

  /**
   * The newest block is older than the policy lets answers be: who was listed, lifted, granted or withdrawn since is not known
   * here. Whether such an answer is given is the policy's (`lookup.staleAnswers`); that it is stale stands on it.
   */
  isStale(asOf: AsOf): boolean {
    return this.nowMs() - legalTime(this.#genesis, asOf.timestampMs) > this.#genesis.policy.lookup.staleAfterMs;
  }
}
