import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { account, type Doors, openDoors, tokenOf } from '../../packages/node/test/api/fixture.ts';
import { type Finding, inspect, type WatchedCity, watch } from './src/watch.ts';

let doors: Doors;
let cities: WatchedCity[];
beforeAll(async () => {
  doors = await openDoors(4);
  cities = [];
  for (const { app, city } of doors.doors) {
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    cities.push({ name: city.self.name, url: `http://127.0.0.1:${port}`, token: tokenOf.auditor });
  }
});
afterAll(() => doors.close());

async function issue(): Promise<void> {
  const payload = { account, handler: 'op08' };
  const answer = await doors.doors[0]?.call('issuer', 'POST', '/v1/certificates', { payload });
  expect(answer?.statusCode).toBe(201);
  await doors.settled();
}

/** A city that shows another block than it has. */
function lying(city: WatchedCity): WatchedCity {
  return {
    ...city,
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      if (!/\/v1\/blocks\/\d+$/.test(input instanceof Request ? input.url : String(input))) return answer;
      const block = (await answer.json()) as object;
      return Response.json({ ...block, digest: '00'.repeat(32) });
    },
  };
}

describe('the supervisor', () => {
  test('sees that four cities agree', async () => {
    await issue();
    const findings = await inspect(cities);
    expect(findings).toMatchObject([{ kind: 'agreed', cities: cities.map(({ name }) => name) }]);
  });

  test('sees a city that shows another block, and one that does not answer', async () => {
    const [haikou, sanya, danzhou] = cities as [WatchedCity, WatchedCity, WatchedCity];
    const findings = await inspect([haikou, lying(sanya), { ...danzhou, url: 'http://127.0.0.1:1' }]);
    expect(findings.map(({ kind }) => kind)).toEqual(['unreachable', 'disagreement']);
    expect(findings[0]).toEqual({ kind: 'unreachable', city: danzhou.name });
  });

  test('looks again when something happens, until it is told to end', async () => {
    const end = new AbortController();
    const seen: Finding[] = [];
    let issued: Promise<void> | undefined;
    for await (const finding of watch(cities, end.signal)) {
      seen.push(finding);
      issued ??= issue();
      if (seen.length === 3) end.abort();
    }
    await issued;
    expect(seen.every(({ kind }) => kind === 'agreed')).toBe(true);
  });
});
