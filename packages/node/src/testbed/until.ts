import { setTimeout as sleep } from 'node:timers/promises';
import { HansaError } from '@hansa/protocol';

/** Long enough for a slow machine; reached only when something is broken. */
const PATIENCE_MS = 120_000;
const PAUSE_MS = 50;

/**
 * Waits for a condition, not for a duration. A condition that throws counts as "not yet", except for a `HansaError`,
 * which ends the wait. Errors: `DEMO_TIMEOUT` names what did not happen.
 */
export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      if (await condition()) return;
    } catch (error) {
      if (error instanceof HansaError) throw error;
    }
    if (performance.now() > deadlineMs) {
      throw new HansaError('DEMO_TIMEOUT', `This did not happen in two minutes: ${what}. Look at the daemons' logs.`);
    }
    await sleep(PAUSE_MS);
  }
}
