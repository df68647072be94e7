import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { City } from '../../src/city/index.ts';
import type { OprfService } from '../../src/oprf/index.ts';
import { oprfAt } from '../oprf-at-city.ts';
import { type Cities, startCities, testNowMs } from './cities.ts';
import { type Door, memoryRegistry, openDoor } from './fixture.ts';

let cities: Cities;
let haikou: Door;
let sanya: Door;
/** Nobody takes part in what is opened, so a ceremony stays under way. */
let oprfs: readonly OprfService[];

beforeAll(async () => {
  cities = await startCities(4);
  const two = cities.cities.slice(0, 2);
  oprfs = await Promise.all(two.map((city) => oprfAt(city, testNowMs)));
  [haikou, sanya] = (await Promise.all(
    two.map((city, index) => doorOf(city, oprfs[index] as OprfService)),
  )) as unknown as [Door, Door];
});
afterAll(async () => {
  for (const { app } of [haikou, sanya]) await app.close();
  await cities.stop();
});

const doorOf = (city: City, oprf: OprfService): Promise<Door> =>
  openDoor(city, memoryRegistry(cities, city), undefined, undefined, { oprf });
const open = (door: Door, payload: object, more: { query?: string; headers?: Record<string, string> } = {}) =>
  door.call('operator', 'POST', `/v1/oprf/ceremony${more.query ?? ''}`, { payload, headers: more.headers ?? {} });
const tip = (door: Door) => door.city.lanes()[door.city.self.index]?.heldSequence;

describe('an operator opens a ceremony (P2)', () => {
  test('what the ledger would refuse is refused before it stands on the lane, with what to do', async () => {
    const refusals: readonly (readonly [object, number, string])[] = [
      [{ kind: 'reshare' }, 409, 'OPRF_KEY_MISSING'],
      [{ kind: 'fresh', threshold: 9 }, 422, 'OPRF_THRESHOLD_OUT_OF_RANGE'],
      [{ kind: 'fresh', threshold: 1 }, 422, 'OPRF_THRESHOLD_OUT_OF_RANGE'],
      [{ kind: 'stale' }, 400, 'FIELD_INVALID'],
    ];
    for (const [body, status, code] of refusals) {
      const refused = (await open(haikou, body)).json();
      expect({ body, ...refused }).toMatchObject({ body, status, code, detail: expect.stringMatching(/\. \S/) });
    }
    expect(tip(haikou)).toBe(0);
  });

  test('of two cities that open one at a time the ledger takes the first, and the other operator reads which stands', async () => {
    // What Sanya's daemon prepares before Haikou's ceremony is final: its trial has nothing against it.
    const late = (oprfs[1] as OprfService).opening({ id: randomBytes(16), kind: 'fresh' });
    const headers = { 'idempotency-key': 'the-first-key' };
    const opened = await open(haikou, { kind: 'fresh' }, { headers });
    expect(opened.statusCode).toBe(201);
    const { id, location, state, height } = opened.json();
    expect({ location, state, height }).toEqual({ location: 'haikou/1/0', state: 'final', height: expect.any(Number) });
    // The same request opens nothing more.
    expect((await open(haikou, { kind: 'fresh' }, { headers })).json()).toEqual(opened.json());
    await cities.settled();
    const { ceremony } = (await sanya.call('auditor', 'GET', '/v1/oprf')).json();
    expect(ceremony).toMatchObject({ id, kind: 'fresh', threshold: 2, dealt: [] });

    vi.spyOn(oprfs[1] as OprfService, 'opening').mockReturnValueOnce(late);
    const refused = await open(sanya, { kind: 'fresh' });
    expect(refused.json()).toMatchObject({ status: 409, code: 'OPRF_CEREMONY_OPEN' });
    expect(refused.json().detail).toContain('on the ledger at sanya/1/0');
    const tried = await open(sanya, { kind: 'fresh' });
    expect(tried.json()).toMatchObject({ status: 409, code: 'OPRF_CEREMONY_OPEN' });
    expect([tip(haikou), tip(sanya)]).toEqual([1, 1]);
  });

  test('without waiting it says that the record is durable, and where it stands', async () => {
    const other = await startCities(1);
    const [city] = other.cities as [City];
    const door = await openDoor(city, memoryRegistry(other, city), undefined, undefined, {
      oprf: await oprfAt(city, testNowMs),
    });
    const opened = await open(door, { kind: 'fresh' }, { query: '?wait=none' });
    expect(opened.statusCode).toBe(202);
    expect(opened.json()).toMatchObject({
      location: 'haikou/1/0',
      state: 'pending',
      id: expect.stringMatching(/^\w{32}$/),
    });
    await door.app.close();
    await other.stop();
  });
});
