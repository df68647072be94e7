import { setTimeout as sleep } from 'node:timers/promises';
import { joinRecords, recordsType } from '../api/record-stream.ts';
import { ApiProblem } from '../client/problem.ts';
import type { Daemon } from '../testbed/daemon.ts';

const BACK_OFF_MS = 20;

/**
 * Keeps a city busy: batch after batch through the HTTP API, `lanes` of them at a time, slowing down when the city
 * says 429. `sealed` hears of every batch that the city made durable.
 */
export async function keepBusy(
  daemon: Daemon,
  options: {
    readonly batch: () => Uint8Array[];
    readonly inFlight: number;
    readonly until: () => boolean;
    readonly sealed?: (records: number) => void;
  },
): Promise<void> {
  const operator = await daemon.as('operator');
  const worker = async () => {
    while (!options.until()) {
      const records = options.batch();
      const body = joinRecords(records);
      for (;;) {
        try {
          await operator.upload('/v1/records', body, recordsType);
          options.sealed?.(records.length);
          break;
        } catch (error) {
          if (!(error instanceof ApiProblem) || (error.status !== 429 && error.status !== 503)) throw error;
          if (options.until()) return;
          await sleep(BACK_OFF_MS);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: options.inFlight }, worker));
}

/** One record at a time on a fixed beat, whatever the answers do (open loop); milliseconds from request to final. */
export async function beat(
  daemons: readonly Daemon[],
  options: { readonly record: () => Uint8Array; readonly perSecond: number; readonly count: number },
): Promise<number[]> {
  const clients = await Promise.all(daemons.map((daemon) => daemon.as('operator')));
  const answers: Promise<number>[] = [];
  const startMs = performance.now();
  for (let number = 0; number < options.count; number++) {
    const dueMs = startMs + (1000 * number) / options.perSecond;
    await sleep(Math.max(0, dueMs - performance.now()));
    const client = clients[number % clients.length];
    if (client === undefined) break;
    const body = joinRecords([options.record()]);
    const sentMs = performance.now();
    answers.push(client.upload('/v1/records?wait=final', body, recordsType).then(() => performance.now() - sentMs));
  }
  return Promise.all(answers);
}
