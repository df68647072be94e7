import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinRecords, recordsType } from '../packages/node/src/api/record-stream.ts';
import { syntheticListing } from '../packages/node/src/demo/load.ts';
import type { MembershipView } from '../packages/node/src/services/membership-views.ts';
import { Daemon, hansaProgram } from '../packages/node/src/testbed/daemon.ts';
import { freePorts } from '../packages/node/src/testbed/free-ports.ts';
import { until } from '../packages/node/src/testbed/until.ts';
import { World } from '../packages/node/src/testbed/world.ts';
import { read } from './support/tree.ts';

const page = read('docs/operating/changing-authorities.md');
let world: World;
/** What stands for an example of the page. */
const actual = new Map<string, string>();
const daemons: Daemon[] = [];

beforeAll(async () => {
  world = await World.create();
  await world.startAll();
}, 300_000);

afterAll(async () => {
  await Promise.all(daemons.map((daemon) => daemon.stop('SIGTERM')));
  await world.stopAll();
  await rm(world.directory, { recursive: true, force: true });
}, 60_000);

/** A command of the page, with this federation's places instead of its examples; gives what it prints. */
async function documented(command: string, ...more: string[]): Promise<string> {
  expect(page.split('\n')).toContain(command);
  return hansa(
    ...command
      .split(' ')
      .slice(1)
      .map((word) => actual.get(word) ?? word),
    ...more,
  );
}

async function hansa(...words: string[]): Promise<string> {
  const child = spawn(process.execPath, [hansaProgram, ...words], {
    cwd: world.directory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, error, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  expect(code, `hansa ${words.join(' ')}\n${out}${error}`).toBe(0);
  return out;
}

async function membership(daemon: Daemon): Promise<MembershipView> {
  return (await daemon.as('auditor')).get<MembershipView>('/v1/membership');
}

/** Has a city seal a listing; gives its place when it is final. */
async function listing(daemon: Daemon): Promise<string> {
  const operator = await daemon.as('operator');
  const bytes = joinRecords([syntheticListing(Date.now())]);
  let place = '';
  // A city that has just come back may still ask the others for what it signed (R6).
  await until(`${daemon.name} seals`, async () => {
    const answer = await operator.upload('/v1/records', bytes, recordsType);
    place = ((await answer.json()) as { sealed: { first: string }[] }).sealed[0]?.first ?? '';
    return place !== '';
  });
  const auditor = await daemon.as('auditor');
  await until(`${place} is final`, async () => {
    return (await auditor.get<{ state: string }>(`/v1/records/${place}`)).state === 'final';
  });
  return place;
}

const sequenceOf = (place: string) => Number(place.split('/')[1]);

describe('a city whose directory is gone (C12)', () => {
  it('comes back under new keys by the commands of the page, goes on in its lane, and its old keys are refused', {
    timeout: 600_000,
  }, async () => {
    const [haikou, sanya, danzhou, lost] = world.daemons as [Daemon, Daemon, Daemon, Daemon];
    const before = await listing(lost);
    await world.settled();
    await lost.stop('SIGKILL');
    const thief = join(world.directory, 'stolen');
    await rename(lost.directory, thief);
    const [port, httpPort, thiefPort, thiefHttpPort] = (await freePorts(4)) as [number, number, number, number];

    actual.set('/ip4/192.0.2.4/tcp/7400', `/ip4/127.0.0.1/tcp/${port}`);
    await documented(
      'hansa init --dir qionghai --city qionghai --display-name 琼海市住房公积金管理局 --listen /ip4/192.0.2.4/tcp/7400',
      ...['--http-port', String(httpPort)],
    );
    const joined = await documented('hansa join --dir qionghai --genesis genesis.json --new-keys');
    expect(joined).toContain('they count once the other cities have given them to qionghai');
    await copyFile(
      join(world.directory, 'qionghai/qionghai.member.json'),
      join(world.directory, 'qionghai.member.json'),
    );

    const proposed = await documented(
      'hansa membership propose recover --dir haikou --card qionghai.member.json --handler op08 --approver ap02',
    );
    const proposal = /^The proposal is made: (\S+), final/.exec(proposed)?.[1] ?? '';
    expect(proposed).toContain(`2 more cities must approve it, each with: hansa membership approve ${proposal}`);
    actual.set('haikou/12/0', proposal);
    for (const daemon of [sanya, danzhou]) {
      await until(`${daemon.name} has the proposal`, async () => (await membership(daemon)).proposals.length === 1);
    }
    await documented(
      'hansa membership approve haikou/12/0 --dir sanya --card qionghai.member.json --handler op03 --approver ap01',
    );
    await until('danzhou has the approval', async () => {
      return (await membership(danzhou)).proposals[0]?.approvalsMissing === 1;
    });
    const decided = await documented(
      'hansa membership approve haikou/12/0 --dir danzhou --card qionghai.member.json --handler op01 --approver ap03',
    );
    expect(decided).toContain('It is decided');
    for (const daemon of [haikou, sanya, danzhou]) {
      await until(`${daemon.name} is in the next epoch`, async () => (await membership(daemon)).epoch === 1);
    }

    const back = new Daemon({ name: 'qionghai', directory: join(world.directory, 'qionghai'), httpPort });
    daemons.push(back);
    await back.start();
    await documented('hansa status --dir qionghai --wait');
    const { epoch, seats } = await membership(back);
    const card = JSON.parse(await readFile(join(world.directory, 'qionghai.member.json'), 'utf8'));
    expect({ epoch, laneKey: seats[3]?.laneKey }).toEqual({ epoch: 1, laneKey: card.laneKey });
    const after = await listing(back);
    expect(sequenceOf(after)).toBeGreaterThan(sequenceOf(before));
    expect(await documented('hansa membership show --dir haikou')).toContain('EPOCH 1 began with: recover qionghai');
    await world.settled([haikou, sanya, danzhou, back]);

    // The old machine turns up: its store is good, and its keys are worth nothing.
    const config = await readFile(join(thief, 'config.yaml'), 'utf8');
    const moved = config.replace(/\/ip4\/127\.0\.0\.1\/tcp\/\d+/, `/ip4/127.0.0.1/tcp/${thiefPort}`);
    await writeFile(join(thief, 'config.yaml'), moved.replace(/port: \d+/, `port: ${thiefHttpPort}`));
    const { peerId } = JSON.parse(await readFile(join(thief, 'qionghai.member.json'), 'utf8'));
    const old = new Daemon({ name: 'qionghai', directory: thief, httpPort: thiefHttpPort });
    daemons.push(old);
    await old.start({ ready: false });
    await until('the others refuse the old keys', async () => {
      const logs = await Promise.all([haikou, sanya, danzhou, back].map(({ logFile }) => readFile(logFile, 'utf8')));
      return logs.some((log) => log.split('\n').some((line) => line.includes(peerId) && line.includes('not a member')));
    });
    await until('the old daemon answers, and is connected to nobody', async () => {
      const status = await (await old.as('auditor')).get<{ joined: boolean; peers: { connected: boolean }[] }>(
        '/v1/status',
      );
      return !status.joined && status.peers.every(({ connected }) => !connected);
    });
    expect(sequenceOf(await listing(back))).toBeGreaterThan(sequenceOf(after));
  });
});
