import { MemoryStore } from '@hansa/protocol/replica';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerKeptMs, StoredAnswers } from '../../src/api/answers.ts';
import { type Claim, Idempotency, requestIdOf } from '../../src/api/idempotency.ts';
import { joinRecords, recordsType } from '../../src/api/record-stream.ts';
import { account, type Door, type Doors, listedNumber, listing, listingForm, openDoor, openDoors } from './fixture.ts';

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

  test('a refusal of what was never sealed is not kept: when its cause is gone, the same request goes through', async () => {
    const early = { account: '77777777777', handler: 'op08' };
    expect((await issue('key-3', early)).json()).toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
    const payload = header + row.replace('01100000014', early.account);
    await haikou.call('operator', 'POST', '/v1/import/accounts', { headers: { 'content-type': 'text/csv' }, payload });
    const later = await issue('key-3', early);
    expect(later.statusCode).toBe(201);
    expect(later.headers['idempotency-replayed']).toBeUndefined();
  });

  test('L1: a refusal by the ledger is an answer, and is given again', async () => {
    const payload = Buffer.from(joinRecords([await listing(doors, listedNumber)]));
    const headers = { 'content-type': recordsType };
    const sealed = await haikou.call('operator', 'POST', '/v1/records?wait=final', { headers, payload });
    const location = sealed.json().sealed[0].first;
    const lift = (key: string) =>
      haikou.call('approver', 'POST', `/v1/blacklist/${location}/lift`, {
        headers: { 'idempotency-key': key },
        payload: { reason: 'void', handler: 'op08', approver: 'ap02' },
      });
    expect((await lift('lift-1')).statusCode).toBe(200);
    const refused = await lift('lift-2');
    expect(refused.json()).toMatchObject({ code: 'LISTING_UNKNOWN' });
    const again = await lift('lift-2');
    expect(again.body).toBe(refused.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
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

  test('P1: an answer with private fields is not kept; the request is known all the same, and prepares nothing twice', async () => {
    const store = new MemoryStore();
    const { app, call } = await openDoor(haikou.city, haikou.registry, undefined, new StoredAnswers(store));
    const name = '测试壬';
    const payload = {
      kind: 'list',
      handler: 'op08',
      listing: { ...listingForm(listedNumber, '测试认字第7号'), name },
    };
    const prepare = (changes: object = {}) =>
      call('clerk', 'POST', '/v1/approvals', {
        headers: { 'idempotency-key': 'private-1' },
        payload: { ...payload, ...changes },
      });
    const first = await prepare();
    expect(first.statusCode, first.body).toBe(201);
    expect((await prepare()).json()).toEqual(first.json());
    expect((await prepare({ handler: 'op09' })).json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    const kept: string[] = [];
    for await (const [, value] of store.range({ gte: new Uint8Array(0), lt: Uint8Array.of(255) })) {
      kept.push(Buffer.from(value).toString('utf8'));
      kept.push(Buffer.from(/"body":"([^"]*)"/.exec(kept.at(-1) ?? '')?.[1] ?? '', 'base64').toString('utf8'));
    }
    expect(kept.length).toBeGreaterThan(0);
    for (const secret of [name, listedNumber]) expect(kept.join('\n')).not.toContain(secret);
    await app.close();
  });

  test('P1: two cities draw different requestIds for one key and one body, so nobody can try out what a body said', async () => {
    const request = {
      headers: { 'idempotency-key': 'k' },
      role: 'issuer',
      method: 'POST',
      url: '/',
      bodyDigest: new Uint8Array(32),
    };
    const idsOf = (secret: number) => {
      const idempotency = new Idempotency(new StoredAnswers(new MemoryStore()), new Uint8Array(32).fill(secret));
      const claim = idempotency.claimOf(request as never);
      return [0, 1].map((index) => Buffer.from(requestIdOf(claim as Claim, index)).toString('hex'));
    };
    // R2: the same in every attempt, whenever the daemon was started.
    expect(idsOf(1)).toEqual(idsOf(1));
    expect(new Set([...idsOf(1), ...idsOf(2)]).size).toBe(4);
  });
});

const header =
  '个人账号,姓名,证件类型,证件号码,单位名称,统一社会信用代码,开户日期,个人缴存基数,单位缴存比例,个人缴存比例,月缴存额,个人账户余额,个人账户状态,缴至年月,连续正常缴存月数,未结清贷款余额,累计贷款次数\n';
const row =
  '01100000014,钱文,01,990117196304086173,测试单位11,91990100TE5T422587,2011-02-03,34620.00,10%,10%,6924.00,1339794.00,01,2026-06,215,0.00,1\n';

describe('an import under an Idempotency-Key', () => {
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
    expect((await send('import-1', header)).json()).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
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
