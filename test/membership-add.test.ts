import { copyFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Daemon } from '../packages/node/src/testbed/daemon.ts';
import { freePorts } from '../packages/node/src/testbed/free-ports.ts';
import { until } from '../packages/node/src/testbed/until.ts';
import { World } from '../packages/node/src/testbed/world.ts';
import { ChangingAuthorities, finalIn, listing, membership } from './support/operating-page.ts';

let world: World;
let page: ChangingAuthorities;
let wenchang: Daemon;

beforeAll(async () => {
  world = await World.create();
  page = new ChangingAuthorities(world.directory);
  await world.startAll();
}, 300_000);

afterAll(async () => {
  await wenchang?.stop('SIGTERM');
  await world.stopAll();
  await rm(world.directory, { recursive: true, force: true });
}, 60_000);

it('a city replaces its own keys by the commands of the page, though it was away when they began to count (C12)', {
  timeout: 600_000,
}, async () => {
  const [haikou, sanya, danzhou] = world.daemons as [Daemon, Daemon, Daemon, Daemon];
  const before = await listing(haikou);
  expect(await page.run('hansa keys rotate --dir haikou')).toContain('New keys of haikou are prepared');
  const card = 'haikou.next.member.json';
  await copyFile(join(haikou.directory, card), join(world.directory, card));
  const { laneKey } = JSON.parse(await readFile(join(world.directory, card), 'utf8'));
  await page.decide('rotate', card, [haikou, sanya, danzhou], { proposed: () => haikou.stop('SIGKILL') });

  // Under its old keys it reaches nobody, and does not hear of the new epoch.
  expect(await page.run('hansa keys take --dir haikou')).toContain('haikou has the prepared keys');
  await haikou.start();
  const { epoch, seats } = await membership(haikou);
  expect({ epoch, laneKey: seats[0]?.laneKey }).toEqual({ epoch: 1, laneKey });
  const after = await listing(haikou);
  expect(Number(after.split('/')[1])).toBeGreaterThan(Number(before.split('/')[1]));
  for (const city of world.daemons) await finalIn(city, after);
});

it('a fifth city is added by the commands of the page, takes its seat by itself, and votes (C12)', {
  timeout: 600_000,
}, async () => {
  const cities = world.daemons as [Daemon, Daemon, Daemon, Daemon];
  const [haikou, sanya, danzhou, qionghai] = cities;
  const before = await listing(haikou);
  const [port, httpPort] = (await freePorts(2)) as [number, number];
  page.actual.set('/ip4/192.0.2.5/tcp/7400', `/ip4/127.0.0.1/tcp/${port}`);
  await page.run(
    'hansa init --dir wenchang --city wenchang --display-name 文昌市住房公积金管理局 --listen /ip4/192.0.2.5/tcp/7400',
    ...['--http-port', String(httpPort)],
  );
  const joined = await page.run('hansa join --dir wenchang --genesis genesis.json --new-keys');
  expect(joined).toContain('it has a seat once its 4 cities have added it');
  const directory = join(world.directory, 'wenchang');
  await copyFile(join(directory, 'wenchang.member.json'), join(world.directory, 'wenchang.member.json'));

  wenchang = new Daemon({ name: 'wenchang', directory, httpPort });
  await wenchang.start({ ready: false });
  await until('wenchang says that it waits', async () => {
    const { alarm } = await (await wenchang.as('auditor')).get<{ alarm: { code: string } | null }>('/v1/status');
    return alarm?.code === 'SEAT_NOT_YET';
  });
  await page.decide('add', 'wenchang.member.json', [haikou, sanya, danzhou]);

  await page.run('hansa status --dir wenchang --wait');
  const { epoch, quorum, seats } = await membership(wenchang);
  expect({ epoch, quorum, seat: seats[4] }).toMatchObject({
    ...{ epoch: 2, quorum: 4 },
    seat: { city: 'wenchang', self: true, standing: 'votes', displayName: '文昌市住房公积金管理局' },
  });
  await finalIn(wenchang, before);
  expect(await listing(wenchang)).toBe('wenchang/1/0'); // the first of its lane

  // Four of five decide: without Wenchang's vote nothing were final now.
  await qionghai.stop('SIGKILL');
  await finalIn(wenchang, await listing(sanya));
  // Killed and started again it is the city of its seat, without a word of the others.
  await wenchang.stop('SIGKILL');
  await wenchang.start();
  const after = await listing(wenchang);
  for (const city of [haikou, sanya, danzhou]) await finalIn(city, after);
  await world.settled([haikou, sanya, danzhou, wenchang]);
});
