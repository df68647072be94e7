import { HansaError, unwrap } from '@hansa/protocol';
import { ACCESS_FAMILY } from '@hansa/protocol/families';
import { decodeRecord } from '@hansa/protocol/records';
import { MemoryStore, type Write } from '@hansa/protocol/replica';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StoredAnswers } from '../../src/api/answers.ts';
import type { AnswerStore, CityPort } from '../../src/api/ports.ts';
import { joinRecords, recordsType } from '../../src/api/record-stream.ts';
import type { Role } from '../../src/api/roles.ts';
import { Tokens } from '../../src/api/tokens.ts';
import { account, type Door, type Doors, dayFromNow, listing, openDoor, openDoors, tokenOf } from './fixture.ts';

let doors: Doors;
let haikou: Door;
beforeAll(async () => {
  doors = await openDoors(1);
  haikou = doors.doors[0] as Door;
});
afterAll(() => doors.close());

/** The city with some of its methods replaced. */
function altered(change: Partial<CityPort>): CityPort {
  return new Proxy(haikou.city, {
    get: (target, name) => {
      const own: unknown = Reflect.get(change, name);
      if (own !== undefined) return own;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const stopping = () => new HansaError('STOPPING', 'The daemon is stopping. Send the request again when it runs.');

/** Where the process ends in the first attempt. */
const interruptions: Readonly<Record<string, () => Partial<CityPort>>> = {
  'before its record was sealed': () => ({ submit: async () => Promise.reject(stopping()) }),
  'after its record was sealed, before the city heard where': () => ({
    submit: async (records) => {
      await haikou.city.submit(records);
      throw stopping();
    },
  }),
  'while it waited for finality': () => ({ waitFinal: async () => Promise.reject(stopping()) }),
};

interface Request {
  readonly role: Role;
  readonly url: string;
  readonly options: InjectOptions;
}

const officers = { handler: 'op08', approver: 'ap02' };
let numbers = 0;

async function issued(): Promise<string> {
  const payload = { account, handler: 'op08' };
  return (await haikou.call('issuer', 'POST', '/v1/certificates', { payload })).json().code;
}

async function listed(): Promise<string> {
  const payload = Buffer.from(joinRecords([await listing(doors, `99010119900101${1000 + numbers++}`)]));
  const headers = { 'content-type': recordsType };
  return (await haikou.call('operator', 'POST', '/v1/records?wait=final', { headers, payload })).json().sealed[0].first;
}

/** Every request that puts records on the lane. */
const requests: Readonly<Record<string, () => Promise<Request>>> = {
  issue: async () => ({
    ...{ role: 'issuer', url: '/v1/certificates' },
    options: { payload: { account, handler: 'op08' } },
  }),
  use: async () => ({
    ...{ role: 'clerk', url: `/v1/certificates/${await issued()}/use` },
    options: { payload: { loanReference: 'LOAN-1', handler: 'op03' } },
  }),
  revoke: async () => ({
    ...{ role: 'issuer', url: `/v1/certificates/${await issued()}/revoke` },
    options: { payload: { reason: 'account-changed', handler: 'op08' } },
  }),
  amend: async () => ({
    ...{ role: 'approver', url: `/v1/blacklist/${await listed()}/amend` },
    options: { payload: { ...officers, restrictUntil: dayFromNow(30) } },
  }),
  lift: async () => ({
    ...{ role: 'approver', url: `/v1/blacklist/${await listed()}/lift` },
    options: { payload: { ...officers, reason: 'repaired' } },
  }),
  dispute: async () => ({
    ...{ role: 'clerk', url: `/v1/blacklist/${await listed()}/dispute` },
    options: { payload: { state: 'open', handler: 'op03' } },
  }),
  'records of another system': async () => ({
    ...{ role: 'operator', url: '/v1/records?wait=final' },
    options: {
      headers: { 'content-type': recordsType },
      payload: Buffer.from(joinRecords([await listing(doors, 'a'), await listing(doors, 'b')])),
    },
  }),
  'drafts of another system': async () => ({
    ...{ role: 'operator', url: '/v1/records?wait=final' },
    options: { payload: { records: [draftOf(await listing(doors, 'c')), draftOf(await listing(doors, 'd'))] } },
  }),
};

/** The record as a draft, whose requestId follows from the Idempotency-Key. */
function draftOf(record: Uint8Array): object {
  const { family, type, body } = unwrap(decodeRecord(record));
  return { family, type, body: Buffer.from(body).toString('base64') };
}

/** What each attempt, a daemon of its own, answers; the last daemon is whole. */
class Attempts {
  readonly answers: AnswerStore;
  readonly #request: Request;
  readonly #key = `retry-${numbers++}`;

  constructor(request: Request, answers: AnswerStore = new StoredAnswers(new MemoryStore())) {
    this.#request = request;
    this.answers = answers;
  }

  async attempt(change: Partial<CityPort> = {}, answers = this.answers): Promise<LightMyRequestResponse> {
    const door = await openDoor(altered(change), haikou.registry, Tokens.of(tokenOf), answers);
    const { role, url, options } = this.#request;
    const headers = { ...options.headers, 'idempotency-key': this.#key };
    const answer = await door.call(role, 'POST', url, { ...options, headers });
    await door.app.close();
    return answer;
  }
}

/** A store whose machine may lose power: what was not flushed is gone then. */
class UnsafeStore extends MemoryStore {
  readonly left = new MemoryStore();
  #unflushed: Write[] = [];

  override async commit(writes: readonly Write[], flush: boolean): Promise<void> {
    await super.commit(writes, flush);
    this.#unflushed.push(...writes);
    if (flush) await this.left.commit(this.#unflushed.splice(0), true);
  }
}

const tip = () => haikou.city.lanes()[0]?.heldSequence ?? 0;

/** Locations of all records from an own entry on, but for what the city itself says of erasures after a lift. */
async function recordsAfter(sequence: number): Promise<string[]> {
  const places: string[] = [];
  for (let at = sequence + 1; at <= tip(); at++) {
    const records = (await haikou.city.entry(0, at))?.records ?? [];
    for (const [position, record] of records.entries()) {
      if (unwrap(decodeRecord(record)).family !== ACCESS_FAMILY) places.push(`haikou/${at}/${position}`);
    }
  }
  return places;
}

async function statesOf(locations: readonly string[]): Promise<string[]> {
  const read = (location: string) => haikou.call('auditor', 'GET', `/v1/records/${location}`);
  return Promise.all(locations.map(async (location) => (await read(location)).json().state));
}

describe.each(Object.keys(requests))('R2: %s', (name) => {
  test.each(Object.keys(interruptions))(
    'interrupted %s: the retry gets the answer of the one effect',
    async (where) => {
      const attempts = new Attempts(await (requests[name] as () => Promise<Request>)());
      const before = tip();
      const cut = await attempts.attempt((interruptions[where] as () => Partial<CityPort>)());
      expect(cut.json()).toMatchObject({ status: 503, code: 'STOPPING' });

      const answer = await attempts.attempt();
      expect(answer.json()).toMatchObject({ state: 'final' });
      expect([200, 201]).toContain(answer.statusCode);
      const sealed = await recordsAfter(before);
      const { location, sealed: ranges, rejected = [] } = answer.json();
      expect(location ?? ranges[0].first).toBe(sealed[0]);
      expect(rejected).toEqual([]);
      expect(sealed).toHaveLength(ranges?.[0].count ?? 1);
      expect(new Set(await statesOf(sealed))).toEqual(new Set(['final']));

      const replayed = await attempts.attempt();
      expect(replayed.headers['idempotency-replayed']).toBe('true');
      expect(replayed.body).toBe(answer.body);
      expect(await recordsAfter(before)).toEqual(sealed);
    },
  );
});

test.each(Object.keys(requests))('R2: %s: the answer is the same when power fails right after it', async (name) => {
  const store = new UnsafeStore();
  const request = await (requests[name] as () => Promise<Request>)();
  const attempts = new Attempts(request, new StoredAnswers(store));
  const first = await attempts.attempt();
  const before = tip();
  const again = await attempts.attempt({}, new StoredAnswers(store.left));
  expect(again.json()).toEqual(first.json());
  expect(again.statusCode).toBe(first.statusCode);
  expect(await recordsAfter(before)).toEqual([]);
});

describe('R2: the answers of a city are lost, and a request comes again', () => {
  test.each(['issue', 'use', 'revoke'])('%s: the ledger still knows that it is done', async (name) => {
    const attempts = new Attempts(await (requests[name] as () => Promise<Request>)());
    const first = (await attempts.attempt()).json();
    const before = tip();
    const again = await attempts.attempt({}, new StoredAnswers(new MemoryStore()));
    expect(again.json()).toEqual(first);
    expect(tip()).toBe(before);
  });

  test.each(['lift', 'dispute', 'amend'])('%s: it has no second effect, and the refusal is not kept', async (name) => {
    const attempts = new Attempts(await (requests[name] as () => Promise<Request>)());
    await attempts.attempt();
    const answers = new StoredAnswers(new MemoryStore());
    expect((await attempts.attempt({}, answers)).json()).toMatchObject({
      status: 409,
      code: 'REQUEST_ALREADY_APPLIED',
    });
    expect((await attempts.attempt({}, answers)).headers['idempotency-replayed']).toBeUndefined();
  });
});

test('a certificate that another request used is refused, though the same city used it', async () => {
  const request = await (requests.use as () => Promise<Request>)();
  expect((await new Attempts(request).attempt()).statusCode).toBe(200);
  expect((await new Attempts(request).attempt()).json()).toMatchObject({ status: 422, code: 'CERTIFICATE_USED' });
});

test('R6: while the city joins, a retry is told to wait, because entries of its lane may be missing', async () => {
  const attempts = new Attempts(await (requests.use as () => Promise<Request>)());
  const before = tip();
  const afterSealing = interruptions['after its record was sealed, before the city heard where'];
  await attempts.attempt((afterSealing as () => Partial<CityPort>)());
  const status = () => ({ ...haikou.city.status(), joined: false });
  const early = await attempts.attempt({ status });
  expect(early.json()).toMatchObject({ status: 503, code: 'NOT_JOINED' });
  expect(early.headers['retry-after']).toBe('1');
  expect((await attempts.attempt()).json()).toMatchObject({ state: 'final' });
  expect(await recordsAfter(before)).toHaveLength(1);
});

test('a retry is told to wait while the entry comes back to a city whose store was replaced', async () => {
  const attempts = new Attempts(await (requests.revoke as () => Promise<Request>)());
  await attempts.attempt((interruptions['while it waited for finality'] as () => Partial<CityPort>)());
  const unknown = new HansaError('RECORD_UNKNOWN', 'No record stands at this location.');
  const early = await attempts.attempt({ waitFinal: async () => Promise.reject(unknown) });
  expect(early.json()).toMatchObject({ status: 503, code: 'NOT_READY' });
  expect((await attempts.attempt()).json()).toMatchObject({ state: 'final' });
});

test('a key whose request was cut off is refused for another request', async () => {
  const answers = new StoredAnswers(new MemoryStore());
  const send = async (change: Partial<CityPort>, handler: string) => {
    const door = await openDoor(altered(change), haikou.registry, Tokens.of(tokenOf), answers);
    const headers = { 'idempotency-key': 'one-key' };
    const answer = await door.call('issuer', 'POST', '/v1/certificates', { headers, payload: { account, handler } });
    await door.app.close();
    return answer.json();
  };
  expect(await send({ waitFinal: async () => Promise.reject(stopping()) }, 'op08')).toMatchObject({ status: 503 });
  expect(await send({}, 'op09')).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(await send({}, 'op08')).toMatchObject({ state: 'final' });
});

test.each(['issue', 'records of another system'])(
  '%s: "pending" is no answer to keep: the retry waits again',
  async (name) => {
    const attempts = new Attempts(await (requests[name] as () => Promise<Request>)());
    const before = tip();
    const pending = await attempts.attempt({ waitFinal: async () => ({ state: 'pending', provable: false }) });
    expect(pending.statusCode).toBe(202);
    expect(pending.json()).toMatchObject({ state: 'pending' });
    expect((await attempts.attempt()).json()).toMatchObject({ state: 'final' });
    expect(new Set((await recordsAfter(before)).map((place) => place.split('/')[1])).size).toBe(1);
  },
);

test('the client goes away in the middle: the key stays in use until the work is done, and then has its answer', async () => {
  const { promise: finality, resolve: agree } = Promise.withResolvers<void>();
  const { promise: waiting, resolve: waits } = Promise.withResolvers<void>();
  const city = altered({
    waitFinal: async (location) => {
      waits();
      await finality;
      return haikou.city.waitFinal(location);
    },
  });
  const door = await openDoor(city, haikou.registry);
  const url = await door.app.listen({ host: '127.0.0.1', port: 0 });
  const before = tip();
  const send = (signal?: AbortSignal) =>
    fetch(`${url}/v1/certificates`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tokenOf.issuer}`,
        'content-type': 'application/json',
        'idempotency-key': 'gone',
      },
      body: JSON.stringify({ account, handler: 'op08' }),
      ...(signal === undefined ? {} : { signal }),
    });
  const goingAway = new AbortController();
  const first = send(goingAway.signal);
  await waiting;
  goingAway.abort();
  await expect(first).rejects.toThrow();
  expect((await send()).status).toBe(409);
  agree();
  let answer = await send();
  while (answer.status === 409) answer = await send();
  expect(answer.status).toBe(201);
  expect(answer.headers.get('idempotency-replayed')).toBe('true');
  expect(await recordsAfter(before)).toHaveLength(1);
  await door.app.close();
});
