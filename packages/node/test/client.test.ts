import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  ApiProblem,
  type CityApi,
  type CityEvent,
  cityEvents,
  connectCity,
  type ImportEvent,
  importFile,
} from '../src/client/index.ts';
import { account, type Door, type Doors, listedNumber, openDoors, tokenOf } from './api/fixture.ts';

let doors: Doors;
let haikou: Door;
let url: string;
beforeAll(async () => {
  doors = await openDoors(1);
  haikou = doors.doors[0] as Door;
  await haikou.app.listen({ host: '127.0.0.1', port: 0 });
  url = `http://127.0.0.1:${(haikou.app.server.address() as AddressInfo).port}/`;
});
afterAll(() => doors.close());

const as = (role: keyof typeof tokenOf): CityApi => connectCity({ url, token: tokenOf[role] });

/** The problem that a call is refused with. */
async function problemOf(call: Promise<unknown>): Promise<ApiProblem> {
  const problem = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(ApiProblem);
  return problem as ApiProblem;
}

const issue = { account, addressedTo: 'haikou', handler: 'op08' };

describe('the client', () => {
  test('calls routes by the types of their description', async () => {
    const { data } = await as('issuer').POST('/v1/certificates', { body: issue });
    const code = data?.code ?? '';
    expect(code).toMatch(/^[0-9a-f]{32}$/);
    const found = await as('clerk').GET('/v1/certificates/{code}', { params: { path: { code } } });
    expect(found.data?.certificate.status).toBe('active');
  });

  test('throws each refusal with its code and its advice', async () => {
    const body = { subject: { kind: 'id' as const, number: listedNumber }, purpose: 'loan' as const, case: 'LOAN-1' };
    const problem = await problemOf(as('operator').POST('/v1/check', { body }));
    expect(problem).toMatchObject({ status: 403, code: 'FORBIDDEN', retryAfterMs: undefined });
    expect(problem.message).toContain('role');
    expect(await problemOf(connectCity({ url }).GET('/v1/status'))).toMatchObject({ status: 401 });
  });

  test('says UNKNOWN when what answers is no daemon', async () => {
    const fetch = async () => new Response('<html>', { status: 502, statusText: 'Bad Gateway' });
    const problem = await problemOf(connectCity({ url, fetch }).GET('/v1/status'));
    expect(problem).toMatchObject({ status: 502, code: 'UNKNOWN' });
    expect(problem.message).toContain('502 Bad Gateway');
  });

  test('R2: sends a new Idempotency-Key with each POST, and keeps the one that is given', async () => {
    const once = async (headers: Record<string, string>) =>
      (await as('issuer').POST('/v1/certificates', { body: issue, headers })).data?.code;
    const first = await once({});
    expect(await once({})).not.toBe(first);
    const kept = await once({ 'idempotency-key': 'matter-17' });
    expect(await once({ 'idempotency-key': 'matter-17' })).toBe(kept);
  });
});

describe('the events of a city', () => {
  /** Events up to the first of a name. */
  async function until(name: CityEvent['name'], lastEventId?: string, fetch?: typeof globalThis.fetch) {
    const end = new AbortController();
    const seen: CityEvent[] = [];
    const lost: unknown[] = [];
    const options = {
      signal: end.signal,
      onLost: (cause: unknown) => void lost.push(cause),
      ...(lastEventId === undefined ? {} : { lastEventId }),
    };
    const connection = { url, token: tokenOf.auditor, ...(fetch === undefined ? {} : { fetch }) };
    for await (const event of cityEvents(connection, options)) {
      seen.push(event);
      if (event.name === name) end.abort();
    }
    return { seen, lost };
  }

  test('come in order, and those that were missed come again after the last that was seen', async () => {
    const issued = as('issuer').POST('/v1/certificates', { body: issue });
    const { seen } = await until('executed');
    await issued;
    const [first] = seen as [CityEvent];
    const again = await until('executed', first.id);
    expect(again.seen.slice(0, seen.length - 1)).toEqual(seen.slice(1));
  });

  test('go on over a lost connection', async () => {
    let calls = 0;
    const flaky: typeof globalThis.fetch = async (input, init) => {
      if (calls++ === 0) throw new TypeError('no connection');
      return fetch(input, init);
    };
    const issued = as('issuer').POST('/v1/certificates', { body: issue });
    const { seen, lost } = await until('executed', undefined, flaky);
    await issued;
    expect(lost).toEqual([new TypeError('no connection')]);
    expect(seen.at(-1)?.name).toBe('executed');
  });

  test('end with the refusal that would come again', async () => {
    const events = cityEvents({ url, token: 'hansa_wrong' }, { signal: new AbortController().signal });
    expect(await problemOf(events.next())).toMatchObject({ status: 401 });
  });
});

describe('an import by the client', () => {
  const accounts = readFileSync(new URL('../data/centres/haikou/accounts.csv', import.meta.url));
  const operator = () => ({ url, token: tokenOf.operator });

  async function events(...parameters: Parameters<typeof importFile>): Promise<ImportEvent[]> {
    const seen: ImportEvent[] = [];
    for await (const event of importFile(...parameters)) seen.push(event);
    return seen;
  }

  test('gives each refused row and the report', async () => {
    const text = accounts.toString('utf8').replace('01100000014', '');
    const seen = await events(operator(), 'accounts', text, { dryRun: true, contentType: 'text/csv' });
    expect(seen.filter(({ kind }) => kind === 'refused')).toMatchObject([{ line: 4 }]);
    expect(seen.at(-1)).toMatchObject({ kind: 'report', refused: 1, dryRun: true });
  });

  test('that is refused or fails throws its problem', async () => {
    expect(await problemOf(events({ url, token: tokenOf.auditor }, 'accounts', accounts))).toMatchObject({
      code: 'FORBIDDEN',
    });
    const lines =
      '{"kind":"progress","rows":9}\n{"kind":"problem","status":503,"code":"STOPPING","detail":"Send it again."}\n';
    const broken = { ...operator(), fetch: async () => new Response(lines) };
    expect(await problemOf(events(broken, 'accounts', accounts))).toMatchObject({ status: 503, code: 'STOPPING' });
  });
});
