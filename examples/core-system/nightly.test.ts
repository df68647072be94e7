import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Connection } from '@hansa/node/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Door, type Doors, openDoors, tokenOf } from '../../packages/node/test/api/fixture.ts';
import { type NightlyExport, upload } from './src/nightly.ts';

const data = (file: string) =>
  new Uint8Array(readFileSync(new URL(`../../packages/node/data/centres/haikou/${file}`, import.meta.url)));
const accounts: NightlyExport = { kind: 'accounts', bytes: data('accounts.csv'), mapping: 'haikou' };
const blacklist: NightlyExport = { kind: 'blacklist', bytes: data('blacklist.csv'), mapping: 'haikou' };

let doors: Doors;
let city: Connection;
beforeAll(async () => {
  doors = await openDoors(1);
  const { app } = doors.doors[0] as Door;
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  city = { url: `http://127.0.0.1:${port}`, token: tokenOf.operator };
});
afterAll(() => doors.close());

const noPause = async () => {};

describe('a night of a core system', () => {
  test('ends with one line for people when a file is not there, before anything is uploaded', () => {
    const main = fileURLToPath(new URL('./dist/main.js', import.meta.url));
    const here = fileURLToPath(import.meta.url);
    const ran = spawnSync(process.execPath, [
      main,
      String(city.url),
      here,
      'haikou',
      '2026-11-27',
      here,
      '/no/such/file.csv',
    ]);
    expect(ran.stderr.toString()).toMatch(/^\/no\/such\/file\.csv cannot be read \(ENOENT\)\. [^\n]*\n$/);
    expect(ran.stdout.toString()).toBe('');
    expect(ran.status).toBe(2);
  });

  test('tells before each pause why it comes again, and gives up when no daemon answers', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await once(nobody, 'listening');
    const { port } = nobody.address() as AddressInfo;
    nobody.close();
    await once(nobody, 'close');
    const told: string[] = [];
    const pause = async (_: number, because: Error) => void told.push(because.message);
    const down = { url: `http://127.0.0.1:${port}`, token: tokenOf.operator };
    const options = { city: down, night: '2026-11-28', pause, attemptsMax: 3 };
    await expect(upload(blacklist, options)).rejects.toThrow('fetch failed');
    expect(told).toEqual(['fetch failed', 'fetch failed']);
  });

  test('R2: brings its exports once, however often it runs', async () => {
    const options = { city, night: '2026-11-24', pause: noPause };
    const first = await upload(blacklist, options);
    expect(first).toMatchObject({ kind: 'blacklist', final: true });
    expect(first.rows).toBeGreaterThan(50);
    const records = (await doors.doors[0]?.call('auditor', 'GET', '/v1/status'))?.json().records;
    const second = await upload(blacklist, options);
    expect(second.rows).toBe(first.rows);
    expect((await doors.doors[0]?.call('auditor', 'GET', '/v1/status'))?.json().records).toBe(records);
    expect(await upload(accounts, options)).toMatchObject({ kind: 'accounts' });
  });

  test('says that a file was not read to its end, and brings the right one under the same night', async () => {
    const options = { city, night: '2026-11-26', pause: noPause };
    const wrong = await upload({ ...accounts, bytes: blacklist.bytes }, options);
    expect(wrong).toMatchObject({ rows: 0, stopped: { code: 'COLUMN_MISSING' } });
    const right = await upload(accounts, options);
    expect(right.rows).toBeGreaterThan(50);
    expect(right.stopped).toBeUndefined();
  });

  test('comes again when the city says when, and after a broken connection; not when it is refused for good', async () => {
    const waits: number[] = [];
    let calls = 0;
    const flaky: Connection = {
      ...city,
      fetch: async (input, init) => {
        calls++;
        if (calls === 1) throw new TypeError('connection refused');
        if (calls === 2) {
          const body = { code: 'LANE_WINDOW_FULL', detail: 'Wait, then send the same again.', retryAfterMs: 700 };
          return Response.json(body, { status: 429 });
        }
        return fetch(input, init);
      },
    };
    const options = { city: flaky, night: '2026-11-25', pause: async (ms: number) => void waits.push(ms) };
    expect(await upload(accounts, options)).toMatchObject({ kind: 'accounts' });
    expect(waits).toEqual([5000, 700]);
    const refused = upload(accounts, { ...options, city: { ...city, token: tokenOf.auditor } });
    await expect(refused).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(waits).toHaveLength(2);
  });
});
