import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinRecords, recordsType } from '../packages/node/src/api/record-stream.ts';
import { ApiProblem } from '../packages/node/src/client/problem.ts';
import { normalAccounts } from '../packages/node/src/demo/demo-rows.ts';
import { syntheticListing } from '../packages/node/src/demo/load.ts';
import { importFile } from '../packages/node/src/demo/queries.ts';
import type { Daemon } from '../packages/node/src/testbed/daemon.ts';
import { until } from '../packages/node/src/testbed/until.ts';
import { demoData, World } from '../packages/node/src/testbed/world.ts';
import { openPage } from './support/browser.ts';

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

/** How many records of the city's own lane issue a certificate. */
async function issuedIn(daemon: Daemon): Promise<number> {
  const auditor = await daemon.as('auditor');
  const { heldSequence } = await auditor.get<{ heldSequence: number }>(`/v1/lanes/${daemon.name}`);
  let issued = 0;
  for (let sequence = 1; sequence <= heldSequence; sequence++) {
    const { records } = await auditor.get<{ records: { type: string }[] }>(`/v1/lanes/${daemon.name}/${sequence}`);
    issued += records.filter(({ type }) => type === 'issue').length;
  }
  return issued;
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

  it('R2: give each request that was cut off its one answer when it comes again under its key', {
    timeout: 600_000,
  }, async () => {
    const haikou = world.city('haikou');
    const accounts = normalAccounts('accounts.csv', await demoData('haikou', 'accounts.csv')).slice(0, 12);
    await importFile(await haikou.as('operator'), 'accounts', await demoData('haikou', 'accounts.csv'));
    const issuer = await haikou.as('issuer');
    const issue = (account: string) =>
      issuer.post<{ code: string; location: string }>(
        '/v1/certificates',
        { account, handler: 'op01' },
        `key-${account}`,
      );
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const before = await issuedIn(haikou);
      const first = accounts.splice(0, 6);
      const cut = first.map((account) => issue(account).catch(() => undefined));
      // Some are answered, some are under way.
      await Promise.race(cut);
      await haikou.stop(signal);
      const answered = await Promise.all(cut);
      await haikou.start();
      const again = await Promise.all(first.map((account) => issue(account)));
      for (const [index, answer] of answered.entries()) {
        if (answer === undefined) continue;
        const { code, location } = answer;
        expect(again[index]).toMatchObject({ code, location });
      }
      await until('every certificate is final', async () => {
        for (const { location } of again) if (!(await isFinal(haikou, location))) return false;
        return true;
      });
      expect(new Set(again.map(({ code }) => code)).size).toBe(first.length);
      expect((await issuedIn(haikou)) - before).toBe(first.length);
    }
  });

  it('R6: say in the log and to the operator that the store was an old backup, fetch what is missing, and fork nothing', {
    timeout: 600_000,
  }, async () => {
    const danzhou = world.city('danzhou');
    const store = join(danzhou.directory, 'data', 'store');
    await danzhou.stop('SIGTERM');
    await cp(store, `${store}.backup`, { recursive: true });
    await danzhou.start();
    let since: string | undefined;
    await until('the city made an entry that the backup lacks', async () => {
      since ??= await submit(danzhou, 5);
      return since !== undefined && isFinal(world.city('haikou'), since);
    });
    await danzhou.stop('SIGTERM');
    await rm(store, { recursive: true });
    await cp(`${store}.backup`, store, { recursive: true });
    await danzhou.start();
    await until('the log says so', async () =>
      (await readFile(danzhou.logFile, 'utf8')).includes('RESTORED_FROM_BACKUP'),
    );
    const { alarm } = await (await danzhou.as('auditor')).get<{ alarm: { code: string } | null }>('/v1/status');
    expect(alarm?.code).toBe('RESTORED_FROM_BACKUP');
    let next: string | undefined;
    await until('what it signs now is final', async () => {
      next ??= await submit(danzhou, 5);
      if (next === undefined || !(await isFinal(world.city('haikou'), next))) return false;
      return isFinal(danzhou, since as string);
    });
    expect(next).not.toBe(since);
    for (const { evidence } of await world.converged()) expect(evidence).toBe(0);
  });

  it('P4: give receipts that a page verifies with the genesis file and the built bundle alone', async () => {
    const bundle = new URL('../packages/protocol/dist/light-client.bundle.js', import.meta.url);
    const page = openPage(await readFile(bundle, 'utf8'));
    const haikou = world.city('haikou');
    let location: string | undefined;
    await until('a record is final', async () => {
      location ??= await submit(haikou, 3);
      return location !== undefined && isFinal(haikou, location);
    });
    const receipt = await (await haikou.as('auditor')).receipt({ record: location });
    const genesis = await readFile(world.genesisFile);
    const factKey = new Uint8Array(32);
    const record = JSON.parse(page({ genesis, receipt, factKey })) as { record: string };
    expect(record.record).toBe(location);
    receipt[100] = (receipt[100] as number) ^ 1;
    expect(page({ genesis, receipt, factKey })).toMatch(/^RECEIPT_/);
  });

  it('stop cleanly on SIGTERM with exit code 0', { timeout: 120_000 }, async () => {
    const qionghai = world.city('qionghai');
    expect(await qionghai.stop('SIGTERM')).toBe(0);
    await qionghai.start();
    await world.converged();
  });
});
