import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinRecords, recordsType } from '../src/api/record-stream.ts';
import { readTokenFile, tokenFile } from '../src/api/tokens.ts';
import { runCommand } from '../src/cli/main.ts';
import { loadConfig } from '../src/config/index.ts';
import { Daemon } from '../src/daemon.ts';
import { syntheticListing } from '../src/demo/load.ts';
import { createLog } from '../src/log.ts';
import { openDaemon } from '../src/newcomer.ts';
import { freePorts } from '../src/testbed/free-ports.ts';
import { until } from './network/federation.ts';

/** A city replaces its own keys (C12): a federation of one, a real daemon in this process, on ports that the system chose. */

const log = createLog({ level: 'silent', format: 'json', city: 'test' });
let directory: string;
let url: string;
let running: { stop(): Promise<void> } | undefined;
const path = (...parts: readonly string[]) => join(directory, ...parts);
const failed = (failure: unknown) => {
  throw failure;
};

async function hansa(...args: string[]): Promise<string> {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  await runCommand(args, { stdout: write, stderr: write, environment: {}, interactive: false });
  return text;
}

async function start(open: typeof openDaemon | typeof Daemon.open = openDaemon): Promise<void> {
  const daemon = await open(await loadConfig(path('haikou'), {}), log, failed);
  running = daemon;
  url = await daemon.start();
}

async function stop(): Promise<void> {
  await running?.stop();
  running = undefined;
}

async function call<T>(role: 'auditor' | 'operator', route: string, body?: Uint8Array): Promise<T | undefined> {
  const authorization = `Bearer ${await readTokenFile(tokenFile(path('haikou'), role))}`;
  const posted = body && { method: 'POST', body: new Uint8Array(body) };
  const headers = { authorization, ...(body === undefined ? {} : { 'content-type': recordsType }) };
  // The API is away for a moment when the daemon goes on under the new keys.
  const answer = await fetch(`${url}${route}`, { ...posted, headers }).catch(() => undefined);
  return answer === undefined ? undefined : ((await answer.json()) as T);
}

const cardOf = async (file: string) => JSON.parse(await readFile(path('haikou', file), 'utf8'));

/** The lane key of the present epoch, and whether the city signs with it. */
async function atWork(laneKey: string, epoch: number): Promise<void> {
  await until(async () => {
    const found = await call<{ epoch: number; seats: { laneKey: string }[] }>('auditor', '/v1/membership');
    return found?.epoch === epoch && found.seats[0]?.laneKey === laneKey;
  });
  await until(
    async () => (await call<{ joined: boolean; alarm: object | null }>('auditor', '/v1/status'))?.joined === true,
  );
  const body = joinRecords([syntheticListing(Date.now())]);
  await until(async () => {
    const sealed = await call<{ state?: string }>('operator', '/v1/records?wait=final', body);
    return sealed?.state === 'final';
  });
}

const propose = () => {
  const officers = ['--handler', 'op08', '--approver', 'ap02'];
  const card = path('haikou/haikou.next.member.json');
  return hansa('membership', 'propose', 'rotate', '--dir', path('haikou'), '--card', card, ...officers);
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hansa-rotate-'));
  const [listen, http] = await freePorts(2);
  const address = ['--listen', `/ip4/127.0.0.1/tcp/${listen}`, '--http-port', String(http)];
  await hansa('init', '--dir', path('haikou'), '--city', 'haikou', '--display-name', '海口市', ...address);
  const members = ['--member', path('haikou/haikou.member.json'), '--out', path('genesis.json')];
  await hansa('genesis', 'create', '--name', 'One', '--test-federation', ...members);
  await hansa('join', '--dir', path('haikou'), '--genesis', path('genesis.json'));
});
afterAll(async () => {
  await stop();
  await rm(directory, { recursive: true, force: true });
});

test('prepared keys are beside the present ones, with all that is to change and nothing else', async () => {
  await start();
  const told = await hansa('keys', 'rotate', '--dir', path('haikou'));
  expect(told).toContain('hansa membership propose rotate');
  const [present, next] = [await cardOf('haikou.member.json'), await cardOf('haikou.next.member.json')];
  const same = Object.keys(present).filter((field) => JSON.stringify(present[field]) === JSON.stringify(next[field]));
  expect(same.sort()).toEqual(['addresses', 'displayName', 'exchangeKey', 'format', 'name']);
  for (const [key, stays] of [
    ['city', true],
    ['exchange', true],
    ['lane', false],
    ['credential', false],
  ] as const) {
    const [a, b] = [
      await readFile(path(`haikou/keys/${key}.key`)),
      await readFile(path(`haikou/keys-next/${key}.key`)),
    ];
    expect(a.equals(b)).toBe(stays);
  }
  expect(await hansa('keys', 'rotate', '--dir', path('haikou'))).toContain('[KEYS_PREPARED]');
  expect(await hansa('keys', 'take', '--dir', path('haikou'))).toContain('[STORE_LOCKED]');
});

test('the daemon goes on under them by itself in the epoch that has them, and starts with them (C12)', async () => {
  const { laneKey } = await cardOf('haikou.next.member.json');
  expect(await propose()).toContain('It is decided');
  await atWork(laneKey, 1);
  expect(await readdir(path('haikou'))).toEqual(expect.arrayContaining(['keys', 'keys-before-1', 'new-keys']));
  expect(await readdir(path('haikou'))).not.toContain('keys-next');
  expect((await cardOf('haikou.member.json')).laneKey).toBe(laneKey);
  await stop();
  await start();
  await atWork(laneKey, 1);
});

test('a daemon that was away takes them when it starts, also after it was killed in the middle of it (C12)', async () => {
  await stop();
  await hansa('keys', 'rotate', '--dir', path('haikou'));
  const { laneKey } = await cardOf('haikou.next.member.json');
  await start(Daemon.open);
  expect(await propose()).toContain('It is decided');
  await until(async () => (await call<{ epoch: number }>('auditor', '/v1/status'))?.epoch === 2);
  await stop();
  await start();
  await atWork(laneKey, 2);
  await stop();
  await rename(path('haikou/keys'), path('haikou/keys-next'));
  await start();
  await atWork(laneKey, 2);
});

test('they are taken by hand, too, while nothing runs', async () => {
  expect(await hansa('keys', 'take', '--dir', path('haikou'))).toContain('[KEYS_NOT_PREPARED]');
  await hansa('keys', 'rotate', '--dir', path('haikou'));
  const { laneKey } = await cardOf('haikou.next.member.json');
  await stop();
  await start(Daemon.open);
  expect(await propose()).toContain('It is decided');
  await until(async () => (await call<{ epoch: number }>('auditor', '/v1/status'))?.epoch === 3);
  await stop();
  expect(await hansa('keys', 'take', '--dir', path('haikou'))).toContain('haikou has the prepared keys');
  await start();
  await atWork(laneKey, 3);
});
