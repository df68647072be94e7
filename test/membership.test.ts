import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toHex, unwrap } from '@hansa/protocol';
import { readFederation } from '@hansa/protocol/receipt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nativeCrypto } from '../packages/node/src/crypto/index.ts';
import { Daemon } from '../packages/node/src/testbed/daemon.ts';
import { freePorts } from '../packages/node/src/testbed/free-ports.ts';
import { until } from '../packages/node/src/testbed/until.ts';
import { World } from '../packages/node/src/testbed/world.ts';
import { ChangingAuthorities, listing, membership } from './support/operating-page.ts';

let world: World;
let page: ChangingAuthorities;
const daemons: Daemon[] = [];

beforeAll(async () => {
  world = await World.create();
  page = new ChangingAuthorities(world.directory);
  await world.startAll();
}, 300_000);

afterAll(async () => {
  await Promise.all(daemons.map((daemon) => daemon.stop('SIGTERM')));
  await world.stopAll();
  await rm(world.directory, { recursive: true, force: true });
}, 60_000);

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

    page.actual.set('/ip4/192.0.2.4/tcp/7400', `/ip4/127.0.0.1/tcp/${port}`);
    await page.run(
      'hansa init --dir qionghai --city qionghai --display-name 琼海市住房公积金管理局 --listen /ip4/192.0.2.4/tcp/7400',
      ...['--http-port', String(httpPort)],
    );
    const joined = await page.run('hansa join --dir qionghai --genesis genesis.json --new-keys');
    expect(joined).toContain('they count once the other cities have given them to qionghai');
    await copyFile(
      join(world.directory, 'qionghai/qionghai.member.json'),
      join(world.directory, 'qionghai.member.json'),
    );

    await page.decide('recover', 'qionghai.member.json', [haikou, sanya, danzhou]);

    const back = new Daemon({ name: 'qionghai', directory: join(world.directory, 'qionghai'), httpPort });
    daemons.push(back);
    await back.start();
    await page.run('hansa status --dir qionghai --wait');
    const { epoch, seats } = await membership(back);
    const card = JSON.parse(await readFile(join(world.directory, 'qionghai.member.json'), 'utf8'));
    expect({ epoch, laneKey: seats[3]?.laneKey }).toEqual({ epoch: 1, laneKey: card.laneKey });
    const after = await listing(back);
    expect(sequenceOf(after)).toBeGreaterThan(sequenceOf(before));
    expect(await page.run('hansa membership show --dir haikou')).toContain('EPOCH 1 began with: recover qionghai');
    await page.run('hansa genesis export --dir haikou --out hainan.federation');
    const federation = unwrap(readFederation(nativeCrypto, await readFile(join(world.directory, 'hainan.federation'))));
    expect({
      epoch: federation.epoch,
      laneKey: toHex(federation.authorities[3]?.laneKey ?? new Uint8Array(0)),
    }).toEqual({
      epoch: 1,
      laneKey: card.laneKey,
    });
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
