import { setTimeout as delay } from 'node:timers/promises';
import { HansaError } from '@hansa/protocol';
import type { RecordLocation } from '@hansa/protocol/replica';
import type { RegistryOptions } from './types.ts';

/**
 * Submits records and waits as long as the lane's window is full (R5). Throws everything else, and the signal's reason
 * when it is aborted while waiting.
 */
export async function submitPatiently(
  submit: RegistryOptions['submit'],
  records: readonly Uint8Array[],
  signal: AbortSignal | undefined,
): Promise<readonly RecordLocation[]> {
  for (;;) {
    try {
      return (await submit(records)).locations;
    } catch (error) {
      if (!(error instanceof HansaError) || error.code !== 'LANE_WINDOW_FULL') throw error;
      await delay(error.retryAfterMs ?? 100, undefined, signal === undefined ? {} : { signal });
    }
  }
}
