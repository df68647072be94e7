import { setTimeout as delay } from 'node:timers/promises';
import { HansaError } from '@hansa/protocol';
import { type Standing, unreadiness } from '../../services/readiness.ts';
import { asError } from '../../services/unwrapped.ts';
import type { Daemon } from './daemon.ts';

const pauseMs = 200;
const notRunning = new Set(['DAEMON_UNREACHABLE', 'DAEMON_CUT_OFF', 'STOPPING']);

/**
 * Resolves when the daemon answers and its city takes part. Errors: the alarm's code at once when the city stopped
 * voting, because waiting does not help; after `seconds` `DAEMON_UNREACHABLE` or `NOT_READY`, whichever was the last;
 * the daemon's refusals.
 */
export async function waitUntilReady(daemon: Daemon, seconds: number): Promise<void> {
  const deadlineMs = performance.now() + 1000 * seconds;
  for (;;) {
    const missing = await look(daemon);
    if (missing === undefined) return;
    if (performance.now() >= deadlineMs) throw missing;
    await delay(pauseMs);
  }
}

/** What is missing now; throws what no waiting mends. */
async function look(daemon: Daemon): Promise<HansaError | undefined> {
  try {
    const status = await daemon.get<Standing>('/v1/status');
    const rejection = unreadiness(status);
    if (rejection === undefined) return undefined;
    if (status.halted) throw new HansaError(status.alarm?.code ?? rejection.code, rejection.message);
    return asError(rejection);
  } catch (error) {
    if (error instanceof HansaError && notRunning.has(error.code)) return error;
    throw error;
  }
}
