import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConsoleFiles } from '../../src/api/console-files.ts';
import { type Door, type Doors, listing, memoryRegistry, openDoor, openDoors } from './fixture.ts';

let doors: Doors;
let door: Door;
let bare: Door;
let directory: string;

const page = '<!doctype html><script type="module" src="/assets/index-1a2b.js"></script>';
const program = `${'const answer = 42;'.repeat(40)}`;

beforeAll(async () => {
  doors = await openDoors(1);
  directory = await mkdtemp(join(tmpdir(), 'hansa-console-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), page);
  await writeFile(join(directory, 'assets', 'index-1a2b.js'), program);
  await writeFile(join(directory, 'assets', 'secret.key'), 'not for anybody');
  await writeFile(join(directory, 'beside.js'), 'not an asset');
  const city = doors.cities[0] as Door['city'];
  const more = { console: new ConsoleFiles(directory), genesisFile: doors.federation.bytes };
  door = await openDoor(city, memoryRegistry(doors, city), undefined, undefined, more);
  bare = await openDoor(city, memoryRegistry(doors, city), undefined, undefined, {
    console: new ConsoleFiles(join(directory, 'nowhere')),
  });
});
afterAll(async () => {
  await door.app.close();
  await bare.app.close();
  await doors.close();
  await rm(directory, { recursive: true });
});

describe('the console is served', () => {
  test('to everybody, with a policy that admits nothing but the files of this daemon', async () => {
    const answer = await door.call(undefined, 'GET', '/');
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toBe(page);
    const policy = String(answer.headers['content-security-policy']);
    for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]) {
      expect(policy.split('; ')).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
  });

  test('the page is asked for again and then not sent again; its parts are kept for ever', async () => {
    const first = await door.call(undefined, 'GET', '/');
    expect(first.headers['cache-control']).toBe('no-cache');
    const again = await door.call(undefined, 'GET', '/', { headers: { 'if-none-match': String(first.headers.etag) } });
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
    expect(again.headers['content-security-policy']).toBe(first.headers['content-security-policy']);
    const part = await door.call(undefined, 'GET', '/assets/index-1a2b.js');
    expect(part.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(part.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  test('compressed to whoever can read that', async () => {
    const zipped = await door.call(undefined, 'GET', '/assets/index-1a2b.js', {
      headers: { 'accept-encoding': 'br, gzip' },
    });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.rawPayload).toString()).toBe(program);
    const plain = await door.call(undefined, 'GET', '/assets/index-1a2b.js');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.body).toBe(program);
    expect(plain.headers.vary).toBe('accept-encoding');
  });

  test.each([
    '/assets/gone-1a2b.js',
    '/assets/secret.key',
    '/assets/..%2fbeside.js',
    '/assets/%2e%2e/beside.js',
    '/assets/..%2f..%2f..%2fetc%2fpasswd.js',
    '/beside.js',
  ])('%s is nothing', async (path) => {
    const answer = await door.call(undefined, 'GET', path);
    expect([400, 404]).toContain(answer.statusCode);
    expect(answer.json().code).toMatch(/^(NOT_FOUND|FIELD_INVALID)$/);
    expect(answer.body).not.toContain('not a');
  });

  test('where it was not built, the daemon says how to build it', async () => {
    const answer = await bare.call(undefined, 'GET', '/');
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'NOT_FOUND', detail: expect.stringContaining('pnpm build') });
  });
});

test('a token’s role and what it may call are those of the access table', async () => {
  const clerk = (await door.call('clerk', 'GET', '/v1/session')).json();
  expect(clerk).toMatchObject({ role: 'clerk', city: door.city.self.name, testFederation: true });
  expect(clerk.may).toContain('POST /v1/check');
  expect(clerk.may).not.toContain('POST /v1/certificates');
  const operator = (await door.call('operator', 'GET', '/v1/session')).json();
  expect(operator.may).not.toContain('POST /v1/check');
  for (const route of operator.may) expect(route).toMatch(/^(GET|POST) \//);
});

test('the genesis file is given byte by byte: its digest is the federation id (R1)', async () => {
  const answer = await door.call(undefined, 'GET', '/v1/genesis');
  expect(answer.statusCode).toBe(200);
  const { federationId } = (await door.call('auditor', 'GET', '/v1/session')).json();
  expect(createHash('sha256').update(answer.rawPayload).digest('hex')).toBe(federationId);
});

test('how long blocks took is told, each height once, in order', async () => {
  await door.city.submit([await listing(doors, '990102198812310025')]);
  await doors.settled();
  const { blocks } = (await door.call('clerk', 'GET', '/v1/finality')).json();
  const heights = blocks.map(({ height }: { height: number }) => height);
  expect(heights.length).toBeGreaterThan(0);
  expect(heights).toEqual([...new Set<number>(heights)].sort((a, b) => a - b));
  for (const { afterMs } of blocks) expect(afterMs).toBeGreaterThanOrEqual(0);
});
