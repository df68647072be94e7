import { setTimeout as delay } from 'node:timers/promises';
import { HansaError } from '@hansa/protocol';
import { joinPatienceMs } from '../patience.ts';

/** Pause where a refusal names none. */
const pauseMs = 100;

/** Codes that say that others are still missing: cities that join (R6), or that help to tag (P2). */
const waitedFor = new Set(['NOT_JOINED', 'OPRF_NO_KEY', 'OPRF_TOO_FEW_EVALUATORS']);

/**
 * Does something with the own lane, again and again as long as its window is full (R5), and for `joinPatienceMs` in all
 * while the city joins (R6), or waits for others to tag (P2). Throws everything else, and the signal's reason when it is aborted while waiting.
 */
export async function patiently<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  let joinWaitMs = 0;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof HansaError)) throw error;
      const { code, retryAfterMs = pauseMs } = error;
      if (waitedFor.has(code)) joinWaitMs += retryAfterMs;
      else if (code !== 'LANE_WINDOW_FULL') throw error;
      if (joinWaitMs > joinPatienceMs) throw error;
      await delay(retryAfterMs, undefined, signal === undefined ? {} : { signal });
    }
  }
}
