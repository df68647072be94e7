import { MemoryStore } from '@hansa/protocol/replica';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerKeptMs, StoredAnswers } from '../../src/api/answers.ts';
import { account, type Door, type Doors, openDoors } from './fixture.ts';

let doors: Doors;
let haikou: Door;
beforeAll(async () => {
  doors = await openDoors(1);
  haikou = doors.doors[0] as Door;
});
afterAll(() => doors.close());

const held = () => haikou.city.lanes()[0]?.heldSequence;
const issue = (key: string, payload: object = { account, handler: 'op08' }) =>
  haikou.call('issuer', 'POST', '/v1/certificates', { headers: { 'idempotency-key': key }, payload });

describe('Idempotency-Key', () => {
  test('the same key and request have one effect and the same answer', async () => {
    const first = await issue('key-1');
    const tip = held();
    const second = await issue('key-1');
    expect(second.body).toBe(first.body);
    expect(second.statusCode).toBe(201);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(held()).toBe(tip);
  });

  test('the same key with another body, path or query is refused, and the first answer stays', async () => {
    const first = await issue('key-2');
    expect((await issue('key-2', { account, handler: 'op09' })).json()).toMatchObject({
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    const other = await haikou.call('issuer', 'POST', '/v1/certificates?wait=none', {
      headers: { 'idempotency-key': 'key-2' },
      payload: { account, handler: 'op08' },
    });
    expect(other.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    expect((await issue('key-2')).body).toBe(first.body);
  });

  test('a refusal by a rule is an answer too, and is given again', async () => {
    const unknown = { account: '77777777777', handler: 'op08' };
    const first = await issue('key-3', unknown);
    expect(first.json()).toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
    expect((await issue('key-3', unknown)).headers['idempotency-replayed']).toBe('true');
  });

  test('keys of one role are not those of another', async () => {
    await issue('key-4');
    const check = { subject: { kind: 'id', number: '990101199001010019' }, purpose: 'loan', case: 'C' };
    const response = await haikou.call('clerk', 'POST', '/v1/check', {
      headers: { 'idempotency-key': 'key-4' },
      payload: check,
    });
    expect(response.statusCode).toBe(200);
    expect(response.headers['idempotency-replayed']).toBeUndefined();
  });

  test('two requests with one key at once: one is worked on, the other is told to wait', async () => {
    const answers = await Promise.all([issue('key-5'), issue('key-5')]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
    const waiting = answers.find(({ statusCode }) => statusCode === 409);
    expect(waiting?.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_IN_USE' });
    expect(waiting?.headers['retry-after']).toBe('1');
  });

  test('R2: a retry after a crash before the answer was kept draws the same requestId, so it has no second effect', async () => {
    const { requestIdOf } = await import('../../src/api/idempotency.ts');
    const claim = {
      name: new Uint8Array(32).fill(1),
      fingerprint: new Uint8Array(32).fill(2),
      seed: new Uint8Array(32).fill(3),
    };
    expect(requestIdOf(claim, 3)).toEqual(requestIdOf({ ...claim }, 3));
    expect(requestIdOf(claim, 3)).not.toEqual(requestIdOf(claim, 4));
    expect(requestIdOf({ ...claim, seed: new Uint8Array(32) }, 3)).not.toEqual(requestIdOf(claim, 3));
    expect(requestIdOf(undefined)).not.toEqual(requestIdOf(undefined));
    expect(requestIdOf(claim)).toHaveLength(16);
  });

  test('P1: two cities draw different requestIds for one key and one body, so nobody can try out what a body said', async () => {
    const { Idempotency, requestIdOf } = await import('../../src/api/idempotency.ts');
    const store = () => {
      const values = new Map<string, Uint8Array>();
      const name = (key: Uint8Array) => Buffer.from(key).toString('hex');
      return {
        get: async (key: Uint8Array) => values.get(name(key)),
        put: async (key: Uint8Array, value: Uint8Array) => void values.set(name(key), value),
      };
    };
    const request = {
      headers: { 'idempotency-key': 'k' },
      role: 'issuer',
      method: 'POST',
      url: '/',
      bodyDigest: new Uint8Array(32),
    };
    const mine = store();
    const ids = [];
    for (const answers of [mine, mine, store()]) {
      const idempotency = await Idempotency.open(answers);
      ids.push(Buffer.from(requestIdOf(idempotency.claimOf(request as never))).toString('hex'));
    }
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });
});

describe('an import under an Idempotency-Key', () => {
  const header =
    '个人账号,姓名,证件类型,证件号码,单位名称,统一社会信用代码,开户日期,个人缴存基数,单位缴存比例,个人缴存比例,月缴存额,个人账户余额,个人账户状态,缴至年月,连续正常缴存月数,未结清贷款余额,累计贷款次数\n';
  const row =
    '01100000014,钱文,01,990117196304086173,测试单位11,91990100TE5T422587,2011-02-03,34620.00,10%,10%,6924.00,1339794.00,01,2026-06,215,0.00,1\n';
  const send = (key: string, payload: string) =>
    haikou.call('operator', 'POST', '/v1/import/accounts?mapping=haikou', {
      headers: { 'content-type': 'text/csv', 'idempotency-key': key },
      payload,
    });
  const last = (body: string) => JSON.parse(body.trim().split('\n').at(-1) ?? '');

  test('gives the report again for the same file, and refuses another one', async () => {
    const first = last((await send('import-1', header + row)).body);
    expect(first).toMatchObject({ kind: 'report', rows: 1, refused: 0 });
    expect(last((await send('import-1', header + row)).body)).toEqual(first);
    expect(last((await send('import-1', header)).body)).toMatchObject({
      kind: 'problem',
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  test('reports a refused row by line, column and code, without its value', async () => {
    const { body } = await send('import-2', header + row.replace('990117196304086173', '990117196304086174'));
    expect(body).not.toContain('990117196304086174');
    expect(
      body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toContainEqual(expect.objectContaining({ kind: 'refused', line: 2, column: '证件号码', code: 'ID_CHECK_DIGIT' }));
  });
});

describe('kept answers', () => {
  test('are forgotten after a day, a few with each new one', async () => {
    let nowMs = 1_800_000_000_000;
    const store = new MemoryStore();
    const answers = new StoredAnswers(store, () => nowMs);
    const key = (number: number) => new Uint8Array(32).fill(number);
    for (const number of [1, 2, 3]) await answers.put(key(number), Uint8Array.of(number));
    expect(await answers.get(key(2))).toEqual(Uint8Array.of(2));
    nowMs += answerKeptMs;
    expect(await answers.get(key(2))).toBeUndefined();
    nowMs += 1;
    await answers.put(key(4), Uint8Array.of(4));
    await answers.put(key(5), Uint8Array.of(5));
    let stored = 0;
    for await (const _pair of store.range({ gte: new Uint8Array(0), lt: Uint8Array.of(255) })) stored++;
    expect(stored, 'two tables, two keys').toBe(4);
    expect(await answers.get(key(4))).toEqual(Uint8Array.of(4));
  });
});
