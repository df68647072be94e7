import { HansaError, limits } from '@hansa/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CityPort } from '../../src/api/ports.ts';
import { decision } from '../registry-fixture.ts';
import { type Door, type Doors, openDoor, openDoors } from './fixture.ts';

let doors: Doors;
let haikou: Door;
beforeAll(async () => {
  doors = await openDoors(1);
  haikou = doors.doors[0] as Door;
});
afterAll(() => doors.close());

/** Decisions about one person, in the dialect of Qionghai. */
const rows = (person: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${JSON.stringify({ ...decision(i), ZJHM: person })}\n`).join('');

async function send(payload: string, { door = haikou, query = '', key = '' } = {}): Promise<Record<string, unknown>[]> {
  const response = await door.call('operator', 'POST', `/v1/import/blacklist?mapping=qionghai${query}`, {
    headers: { 'content-type': 'application/x-ndjson', ...(key === '' ? {} : { 'idempotency-key': key }) },
    payload,
  });
  const lines = response.body.trim().split('\n');
  return lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind !== 'progress');
}

/** A city in which nothing becomes final. */
async function doorWithoutQuorum(): Promise<Door> {
  const pending = new HansaError('STILL_PENDING', 'The record is accepted but not final yet.');
  const change: Partial<CityPort> = {
    waitFinal: async () => Promise.reject(pending),
    entryOutcome: async () => undefined,
  };
  const city = new Proxy(haikou.city, {
    get: (target, name) => {
      const own: unknown = Reflect.get(change, name);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return openDoor(city, haikou.registry);
}

describe('an import of listings', () => {
  test('L1: refuses by line, with the place on the ledger, what the ledger rejects; the others are final', async () => {
    const limit = limits.listingsPerCityMax;
    const [first, second, report] = await send(rows('99042519630514321X', limit + 2));
    expect(first).toMatchObject({ kind: 'refused', line: limit + 1, code: 'LISTINGS_TOO_MANY' });
    expect(second).toMatchObject({ kind: 'refused', line: limit + 2, code: 'LISTINGS_TOO_MANY' });
    const place = /haikou\/\d+\/\d+/.exec(String(first?.message))?.[0];
    expect((await haikou.call('auditor', 'GET', `/v1/records/${place}`)).json()).toMatchObject({ state: 'rejected' });
    expect(report).toMatchObject({ kind: 'report', rows: limit + 2, accepted: limit, refused: 2, state: 'final' });
    expect(report?.height).toBeGreaterThan(0);
  });

  test('under a key: the report comes again of an import that refused nothing; one that refused names its rows again', async () => {
    const whole = async (payload: string, key: string) => {
      const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': key };
      const answer = await haikou.call('operator', 'POST', '/v1/import/blacklist?mapping=qionghai', {
        headers,
        payload,
      });
      const lines = answer.body.trim().split('\n');
      return { replayed: answer.headers['idempotency-replayed'], lines: lines.map((line) => JSON.parse(line)), answer };
    };
    const good = rows('990104198501011231', 1);
    const first = await whole(good, 'good-key');
    expect(first.replayed).toBeUndefined();
    const second = await whole(good, 'good-key');
    expect(second.replayed).toBe('true');
    expect(second.lines).toEqual(first.lines.filter(({ kind }) => kind === 'report'));
    const other = await whole(`${good}x`, 'good-key');
    expect(other.answer.json()).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });

    const bad = `${good}${rows('990104198501011232', 1)}`;
    const refused = { kind: 'refused', line: 2, code: 'ID_CHECK_DIGIT' };
    for (const _ of [1, 2]) {
      const { replayed, lines } = await whole(bad, 'bad-key');
      expect(replayed).toBeUndefined();
      expect(lines).toContainEqual(expect.objectContaining(refused));
      expect(lines.at(-1)).toMatchObject({ kind: 'report', unchanged: 1, refused: 1 });
    }
  });

  test('answers at once when nobody waits, and says nothing of what is not decided', async () => {
    const [report] = await send(rows('990101199001010019', 1), { query: '&wait=none' });
    expect(report).toMatchObject({ kind: 'report', accepted: 1, refused: 0 });
    expect(report).not.toHaveProperty('state');
  });

  test('is pending when the federation does not agree in time, and then its report is not kept', async () => {
    const slow = await doorWithoutQuorum();
    const key = 'import-1';
    const [report] = await send(rows('990102198812310025', 1), { door: slow, key });
    expect(report).toMatchObject({ kind: 'report', accepted: 1, refused: 0, state: 'pending' });
    // The same door, so that the same answers are kept.
    const again = await send(rows('990102198812310025', 1), { door: slow, key });
    expect(again.at(-1)).toMatchObject({ kind: 'report', accepted: 0, unchanged: 1 });
    await slow.app.close();
  });
});
