import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { joinRecords, recordsType } from '../src/api/record-stream.ts';
import type { Role } from '../src/api/roles.ts';
import { readTokenFile, tokenFile } from '../src/api/tokens.ts';
import { runCommand } from '../src/cli/main.ts';
import { loadConfig } from '../src/config/index.ts';
import { Daemon } from '../src/daemon.ts';
import { syntheticListing } from '../src/demo/load.ts';
import { createLog } from '../src/log.ts';
import { Observer } from '../src/observer.ts';
import { until } from './network/federation.ts';

/** A federation of one city, which a ministry observes: real daemons in this process, on ports that the system chooses. */

let directory: string;
let city: Daemon;
let cityUrl: string;
let ministry: Observer;
let url: string;
const path = (...parts: readonly string[]) => join(directory, ...parts);
const log = createLog({ level: 'silent', format: 'json', city: 'test' });
const anyPort = { HANSA_LISTEN: '/ip4/127.0.0.1/tcp/0', HANSA_HTTP_PORT: '0' };
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

async function startMinistry(): Promise<void> {
  ministry = await Observer.open(await loadConfig(path('ministry'), anyPort), log, failed);
  url = await ministry.start();
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hansa-observer-'));
  await hansa('init', '--dir', path('haikou'), '--city', 'haikou', '--display-name', 'Haikou');
  const made = await hansa(
    'init',
    '--observer',
    '--dir',
    path('ministry'),
    '--city',
    'ministry',
    '--display-name',
    '部',
  );
  expect(made.text).toContain('The observer ministry is in');
  const members = ['--member', path('haikou/haikou.member.json'), '--observer', path('ministry/ministry.member.json')];
  await hansa('genesis', 'create', '--name', 'One', '--test-federation', ...members, '--out', path('genesis.json'));
  await hansa('join', '--dir', path('haikou'), '--genesis', path('genesis.json'));
  const joined = await hansa('join', '--dir', path('ministry'), '--genesis', path('genesis.json'));
  expect(joined.text).toContain('ministry observes the 1 city of One.');

  city = await Daemon.open(await loadConfig(path('haikou'), anyPort), log, failed);
  cityUrl = await city.start();
  const network = { peers: { haikou: city.city.addresses() } };
  await writeFile(path('ministry/config.yaml'), stringify({ city: 'ministry', observer: true, network }));
  await startMinistry();
});
afterAll(async () => {
  await ministry.stop();
  await city.stop();
  await rm(directory, { recursive: true, force: true });
});

async function call(at: string, role: Role, route: string, body?: Uint8Array | object): Promise<Response> {
  const [method, where] = route.split(' ') as [string, string];
  const token = await readTokenFile(tokenFile(path(at === url ? 'ministry' : 'haikou'), role));
  const records = body instanceof Uint8Array;
  return fetch(`${at}${where}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': records ? recordsType : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: records ? new Uint8Array(body) : JSON.stringify(body) }),
  });
}

/** What the answers that are read here may have. */
interface Answer {
  readonly state: string;
  readonly sealed: readonly { readonly first: string }[];
  readonly height: number;
  readonly federationId: string;
  readonly may: readonly string[];
  readonly paths: object;
}

const json = async (at: string, role: Role, route: string, body?: Uint8Array | object) =>
  (await (await call(at, role, route, body)).json()) as Answer;

/** A final record of the city: where it stands. */
async function submit(): Promise<string> {
  const answer = await json(
    cityUrl,
    'operator',
    'POST /v1/records?wait=final',
    joinRecords([syntheticListing(Date.now())]),
  );
  expect(answer).toMatchObject({ state: 'final', rejected: [] });
  return answer.sealed[0]?.first as string;
}

const knows = async (location: string) => (await json(url, 'auditor', `GET /v1/records/${location}`)).state === 'final';

describe('an observer', () => {
  test('follows the cities to the same roots, and says when it does', async () => {
    const location = await submit();
    await until(() => knows(location));
    const height = (await json(url, 'auditor', `GET /v1/records/${location}`)).height;
    const [there, here] = [
      await json(cityUrl, 'auditor', 'GET /v1/status'),
      await json(url, 'auditor', 'GET /v1/status'),
    ];
    expect(here).toMatchObject({ city: 'ministry', observer: true, federationId: there.federationId, alarm: null });
    expect(await json(url, 'auditor', `GET /v1/blocks/${height}`)).toEqual(
      await json(cityUrl, 'auditor', `GET /v1/blocks/${height}`),
    );
    await until(async () => (await call(url, 'auditor', 'GET /readyz')).status === 200);
    // It is behind for a moment whenever it hears of a new block.
    const status = ['status', '--url', url, '--token-file', tokenFile(path('ministry'), 'operator')];
    await until(async () => (await hansa(...status)).text.includes('follows the cities, without a vote'));
    // In a city's status it is no city whose absence counts.
    const own = await hansa('status', '--url', cityUrl, '--token-file', tokenFile(path('haikou'), 'operator'));
    expect(own.text).toMatch(/state +takes part/);
  });

  test('gives receipts that need nobody’s word', async () => {
    const location = await submit();
    await until(() => knows(location));
    const answer = await call(url, 'auditor', 'POST /v1/receipts', { record: location });
    expect(answer.status).toBe(200);
    await writeFile(path('observed.receipt'), new Uint8Array(await answer.arrayBuffer()));
    const verified = await hansa('receipt', 'verify', path('observed.receipt'), '--genesis', path('genesis.json'));
    expect(verified.text).toContain(`${location}, blacklist list: final, and it has its effect`);
  });

  test('signs nothing: it has one key, takes no records, and sends no vote', async () => {
    expect(await readdir(path('ministry/keys'))).toEqual(['network.key']);
    await expect(ministry.observer.submit([syntheticListing(Date.now())])).rejects.toMatchObject({
      code: 'OBSERVER_READ_ONLY',
    });
    expect(await json(url, 'operator', 'POST /v1/records', { records: [] })).toMatchObject({ code: 'NOT_FOUND' });
    const { consensus, entries } = ministry.observer.traffic().channels;
    expect([consensus.messagesOut, entries.messagesOut]).toEqual([0, 0]);
    expect(city.city.peers()).toMatchObject([{ name: 'ministry', kind: 'observer', connected: true }]);
  });

  test('P2: looks nobody up, and offers no more than it has', async () => {
    const subject = { kind: 'id', number: '990101199001010019' };
    const question = { subject, purpose: 'loan', case: 'A-1' };
    expect(await json(url, 'clerk', 'POST /v1/receipts', question)).toMatchObject({ code: 'OBSERVER_NO_LOOKUPS' });
    const { may } = await json(url, 'auditor', 'GET /v1/session');
    expect(may).toEqual(expect.arrayContaining(['GET /v1/status', 'GET /v1/events', 'POST /v1/receipts']));
    expect(may).not.toContain('GET /v1/checks');
    expect(Object.keys((await json(url, 'auditor', 'GET /openapi.json')).paths)).not.toContain('/v1/check');
    expect(await (await call(url, 'auditor', 'GET /metrics')).text()).not.toContain('hansa_oprf');
  });

  test('G3: catches up with what was made while it was away', async () => {
    await ministry.stop();
    const missed = [await submit(), await submit()];
    await startMinistry();
    for (const location of missed) await until(() => knows(location));
  });

  test('is refused under a name or a key that is not in the genesis file, and as a city', async () => {
    const config = (settings: object) => writeFile(path('other/config.yaml'), stringify(settings));
    const join = () => hansa('join', '--dir', path('other'), '--genesis', path('genesis.json'));
    await hansa('init', '--observer', '--dir', path('other'), '--city', 'other', '--display-name', 'Other');
    expect((await join()).text).toContain('[NOT_A_MEMBER]');
    await config({ city: 'ministry', observer: true });
    expect((await join()).text).toContain('[KEYS_DO_NOT_MATCH]');
    await config({ city: 'haikou', observer: true });
    expect((await join()).text).toContain('[NOT_A_MEMBER]');
    const card = JSON.parse(await readFile(path('other/other.member.json'), 'utf8'));
    await writeFile(path('card.json'), JSON.stringify({ ...card, voteKey: 'ab' }));
    const create = ['genesis', 'create', '--name', 'Two', '--member', path('haikou/haikou.member.json')];
    const made = await hansa(...create, '--observer', path('card.json'), '--out', path('two.json'));
    expect(made.text).toContain('[MEMBER_CARD_INVALID]');
  });
});
