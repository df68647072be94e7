import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinRecords, recordsType } from '../packages/node/src/api/record-stream.ts';
import { syntheticListing } from '../packages/node/src/demo/load.ts';
import { ApiProblem } from '../packages/node/src/testbed/api-client.ts';
import type { Daemon } from '../packages/node/src/testbed/daemon.ts';
import { until } from '../packages/node/src/testbed/until.ts';
import { World } from '../packages/node/src/testbed/world.ts';

let world: World;

beforeAll(async () => {
  world = await World.create();
  await world.startAll();
}, 300_000);

afterAll(async () => {
  await world.stopAll();
  await rm(world.directory, { recursive: true, force: true });
}, 60_000);

/** Submits a batch and gives the locations that the city acknowledged as durable. */
async function submit(daemon: Daemon, count: number): Promise<string | undefined> {
  const operator = await daemon.as('operator');
  const records = Array.from({ length: count }, () => syntheticListing(Date.now()));
  try {
    const answer = await operator.upload('/v1/records', joinRecords(records), recordsType);
    const { sealed } = (await answer.json()) as { sealed: { first: string }[] };
    return sealed[0]?.first;
  } catch (error) {
    // Killed in between, or its window is full: nothing was acknowledged.
    if (error instanceof ApiProblem || error instanceof TypeError) return undefined;
    throw error;
  }
}

async function isFinal(daemon: Daemon, location: string): Promise<boolean> {
  const auditor = await daemon.as('auditor');
  const record = await auditor.get<{ state: string; code: string | null }>(`/v1/records/${location}`);
  return record.state === 'final';
}

describe('real daemons that are killed', () => {
  it('lose nothing that was acknowledged: kill -9 in the middle of load, one city after the other', {
    timeout: 600_000,
  }, async () => {
    const acknowledged: string[] = [];
    for (const victim of world.daemons) {
      const load = world.daemons.flatMap((daemon) => Array.from({ length: 4 }, () => submit(daemon, 50)));
      await Promise.race(load);
      await victim.stop('SIGKILL');
      for (const location of await Promise.all(load)) if (location !== undefined) acknowledged.push(location);
      await victim.start();
    }
    expect(acknowledged.length).toBeGreaterThan(0);
    await until('every acknowledged record is final in every city', async () => {
      for (const location of acknowledged) {
        for (const daemon of world.daemons) if (!(await isFinal(daemon, location))) return false;
      }
      return true;
    });
    const roots = await world.converged();
    expect(new Set(roots.map(({ stateRoot }) => stateRoot)).size).toBe(1);
  });

  it('come back together after all of them were killed at once, and go on', { timeout: 600_000 }, async () => {
    const first = await Promise.all(world.daemons.map((daemon) => submit(daemon, 20)));
    await Promise.all(world.daemons.map((daemon) => daemon.stop('SIGKILL')));
    await world.startAll();
    const second = await Promise.all(world.daemons.map((daemon) => submit(daemon, 20)));
    const locations = [...first, ...second].filter((location) => location !== undefined);
    expect(locations.length).toBeGreaterThanOrEqual(4);
    await until('everything is final', async () => {
      for (const location of locations) if (!(await isFinal(world.daemons[0] as Daemon, location))) return false;
      return true;
    });
    await world.converged();
  });

  it('stop cleanly on SIGTERM with exit code 0', { timeout: 120_000 }, async () => {
    const qionghai = world.city('qionghai');
    expect(await qionghai.stop('SIGTERM')).toBe(0);
    await qionghai.start();
    await world.converged();
  });
});
