import { setTimeout as delay } from 'node:timers/promises';
import { HansaError } from '@hansa/protocol';
import type { RecordLocation } from '@hansa/protocol/replica';
import { joinPatienceMs } from '../patience.ts';
import type { RegistryOptions } from './types.ts';

/** Pause where a refusal names none. */
const pauseMs = 100;

/**
 * Submits records and waits as long as the lane's window is full (R5), and for `joinPatienceMs` in all while the city
 * joins (R6). Throws everything else, and the signal's reason when it is aborted while waiting.
 */
export async function submitPatiently(
  submit: RegistryOptions['submit'],
  records: readonly Uint8Array[],
  signal: AbortSignal | undefined,
): Promise<readonly RecordLocation[]> {
  let joinWaitMs = 0;
  for (;;) {
    try {
      return (await submit(records)).locations;
    } catch (error) {
      if (!(error instanceof HansaError)) throw error;
      const { code, retryAfterMs = pauseMs } = error;
      if (code === 'NOT_JOINED') joinWaitMs += retryAfterMs;
      else if (code !== 'LANE_WINDOW_FULL') throw error;
      if (joinWaitMs > joinPatienceMs) throw error;
      await delay(retryAfterMs, undefined, signal === undefined ? {} : { signal });
    }
  }
}
