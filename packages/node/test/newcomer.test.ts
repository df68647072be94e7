import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { joinRecords, recordsType } from '../src/api/record-stream.ts';
import { readTokenFile, tokenFile } from '../src/api/tokens.ts';
import { openNewcomer } from '../src/city/index.ts';
import { CityDaemon, type RunningDaemon } from '../src/city-daemon.ts';
import { runCommand } from '../src/cli/main.ts';
import { loadConfig } from '../src/config/index.ts';
import { Daemon } from '../src/daemon.ts';
import { syntheticListing } from '../src/demo/load.ts';
import { createLog } from '../src/log.ts';
import { Newcomer, openDaemon } from '../src/newcomer.ts';
import { Observer } from '../src/observer.ts';
import { freePorts } from '../src/testbed/free-ports.ts';
import { until } from './network/federation.ts';

/** A federation of one city adds another one (C12): real daemons in this process, on ports that the system chooses. */

const log = createLog({ level: 'silent', format: 'json', city: 'test' });
const anyPort = { HANSA_LISTEN: '/ip4/127.0.0.1/tcp/0', HANSA_HTTP_PORT: '0' };
let directory: string;
let haikou: Daemon;
let haikouUrl: string;
let wenchang: RunningDaemon;
let url: string;
const path = (...parts: readonly string[]) => join(directory, ...parts);
const failed = (failure: unknown) => {
  throw failure;
};

async function hansa(...args: string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  const code = await runCommand(args, { stdout: write, stderr: write, environment: {}, interactive: false });
  return { code, text };
}

async function get<T>(at: string, route: string): Promise<T> {
  const city = at === haikouUrl ? 'haikou' : 'wenchang';
  const token = await readTokenFile(tokenFile(path(city), 'auditor'));
  return (await fetch(`${at}${route}`, { headers: { authorization: `Bearer ${token}` } })).json() as T;
}

const isReady = async (at: string) => (await fetch(`${at}/readyz`).catch(() => undefined))?.status === 200;

async function seal(at: string): Promise<string> {
  const token = await readTokenFile(tokenFile(path(at === haikouUrl ? 'haikou' : 'wenchang'), 'operator'));
  const headers = { authorization: `Bearer ${token}`, 'content-type': recordsType };
  const body = joinRecords([syntheticListing(Date.now())]);
  const answer = await fetch(`${at}/v1/records`, { method: 'POST', headers, body });
  return ((await answer.json()) as { sealed: { first: string }[] }).sealed[0]?.first ?? '';
}

const isFinal = async (at: string, place: string) =>
  (await get<{ state?: string }>(at, `/v1/records/${place}`)).state === 'final';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hansa-newcomer-'));
  const [listen, http] = await freePorts(2);
  const address = ['--listen', `/ip4/127.0.0.1/tcp/${listen}`, '--http-port', String(http)];
  await hansa('init', '--dir', path('haikou'), '--city', 'haikou', '--display-name', '海口市');
  await hansa('init', '--dir', path('wenchang'), '--city', 'wenchang', '--display-name', '文昌市', ...address);
  const members = ['--member', path('haikou/haikou.member.json'), '--out', path('genesis.json')];
  await hansa('genesis', 'create', '--name', 'One', '--test-federation', ...members);
  await hansa('join', '--dir', path('haikou'), '--genesis', path('genesis.json'));
  haikou = await Daemon.open(await loadConfig(path('haikou'), anyPort), log, failed);
  haikouUrl = await haikou.start();
});
afterAll(async () => {
  await wenchang?.stop();
  await haikou.stop();
  await rm(directory, { recursive: true, force: true });
});

test('a city that is to be added joins, starts, and says that it waits; without --new-keys it is refused (C12)', async () => {
  const refused = await hansa('join', '--dir', path('wenchang'), '--genesis', path('genesis.json'));
  expect(refused.text).toContain('A city that the federation is to add joins with --new-keys.');
  const joined = await hansa('join', '--dir', path('wenchang'), '--genesis', path('genesis.json'), '--new-keys');
  expect(joined.text).toContain('wenchang is new to One: it has a seat once its 1 city have added it.');
  expect(joined.text).toContain('one runs: hansa membership propose add --card wenchang.member.json');

  const config = parse(await readFile(path('wenchang/config.yaml'), 'utf8'));
  const network = { ...config.network, peers: { haikou: haikou.city.addresses() } };
  await writeFile(path('wenchang/config.yaml'), stringify({ ...config, network }));
  wenchang = await openDaemon(await loadConfig(path('wenchang'), {}), log, failed);
  expect(wenchang).toBeInstanceOf(Newcomer);
  url = await wenchang.start();
  expect(await isReady(url)).toBe(false);
  expect(await get(url, '/v1/status')).toMatchObject({ joined: false, epoch: 0, alarm: { code: 'SEAT_NOT_YET' } });
  expect((await hansa('status', '--dir', path('wenchang'), '--url', url)).text).toContain('waits for its seat');
});

test('it takes its seat when the federation has added it: it votes, seals, and every daemon knows it (C12)', async () => {
  const card = path('wenchang/wenchang.member.json');
  const officers = ['--handler', 'op08', '--approver', 'ap02'];
  const token = ['--token-file', tokenFile(path('haikou'), 'operator')];
  const proposed = await hansa(
    'membership',
    'propose',
    'add',
    '--card',
    card,
    ...officers,
    '--url',
    haikouUrl,
    ...token,
  );
  expect(proposed.text).toContain('It is decided');
  await until(() => isReady(url));
  const status = await get<{ epoch: number; alarm: unknown }>(url, '/v1/status');
  expect(status).toMatchObject({ epoch: 1, alarm: null, observer: false, city: 'wenchang', displayName: '文昌市' });
  for (const at of [haikouUrl, url]) {
    const { cities } = await get<{ cities: { name: string; connected: boolean }[] }>(at, '/v1/cities');
    expect(cities.map(({ name, connected }) => [name, connected])).toEqual([
      ['haikou', true],
      ['wenchang', true],
    ]);
  }
  // Of two cities both must vote.
  for (const at of [haikouUrl, url]) {
    const place = await seal(at);
    expect(place).toMatch(at === url ? /^wenchang\/1\// : /^haikou\//);
    await until(async () => (await isFinal(haikouUrl, place)) && (await isFinal(url, place)));
  }
});

test('it is the city of its seat from then on: started again, it votes at once (C12)', async () => {
  await wenchang.stop();
  wenchang = await openDaemon(await loadConfig(path('wenchang'), {}), log, failed);
  expect(wenchang).toBeInstanceOf(CityDaemon);
  url = await wenchang.start();
  await until(() => isReady(url));
  const place = await seal(url);
  expect(place).toMatch(/^wenchang\/2\//);
  await until(() => isFinal(haikouUrl, place));
});

test('G3: with its keys alone it finds its seat again, also when it ended just before it took it (C12)', async () => {
  await wenchang.stop();
  await rm(path('wenchang/data'), { recursive: true });
  const follower = await Observer.open(await loadConfig(path('wenchang'), {}), log, failed, openNewcomer);
  await follower.start();
  await until(() => follower.observer.genesis.epoch === 1);
  await follower.stop();
  wenchang = await openDaemon(await loadConfig(path('wenchang'), {}), log, failed);
  expect(wenchang).toBeInstanceOf(Newcomer);
  url = await wenchang.start();
  await until(() => isReady(url));
  const place = await seal(url);
  expect(place).toMatch(/^wenchang\/3\//);
  await until(() => isFinal(haikouUrl, place));
});
