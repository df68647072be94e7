import { randomBytes } from 'node:crypto';
import { limits } from '@hansa/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinRecords, recordsType } from '../../src/api/record-stream.ts';
import { receiptType } from '../../src/api/routes/receipts.ts';
import {
  account,
  type Door,
  type Doors,
  listedNumber,
  listing,
  memoryRegistry,
  openDoor,
  openDoors,
} from './fixture.ts';

let doors: Doors;
let haikou: Door;
beforeAll(async () => {
  doors = await openDoors(1);
  haikou = doors.doors[0] as Door;
});
afterAll(() => doors.close());

const json = { 'content-type': 'application/json' };
const check = { subject: { kind: 'id', number: listedNumber }, purpose: 'loan', case: 'LOAN-1' };

describe('every error is a problem (RFC 9457) that says what to do', () => {
  const cases: readonly (readonly [string, Parameters<Door['call']>, number, string])[] = [
    ['an unknown path', ['clerk', 'GET', '/v1/nothing'], 404, 'NOT_FOUND'],
    ['a wrong percent escape', ['clerk', 'GET', '/v1/lanes/%zz'], 404, 'NOT_FOUND'],
    ['a method that the path does not have', ['clerk', 'PUT', '/v1/check'], 405, 'METHOD_NOT_ALLOWED'],
    ['DELETE of what is only added to', ['clerk', 'DELETE', '/v1/blocks/1'], 405, 'METHOD_NOT_ALLOWED'],
    [
      'a body that is no JSON',
      ['clerk', 'POST', '/v1/check', { headers: json, payload: '{"subject":' }],
      400,
      'BODY_MALFORMED',
    ],
    [
      'a body that is no UTF-8',
      ['clerk', 'POST', '/v1/check', { headers: json, payload: Buffer.from('7b22ff223a317d', 'hex') }],
      400,
      'BODY_MALFORMED',
    ],
    [
      'a prototype in the body',
      ['clerk', 'POST', '/v1/check', { headers: json, payload: '{"__proto__":{}}' }],
      400,
      'BODY_MALFORMED',
    ],
    ['an empty body', ['clerk', 'POST', '/v1/check', { headers: json, payload: '' }], 400, 'BODY_EMPTY'],
    [
      'a content type that is not read',
      ['clerk', 'POST', '/v1/check', { headers: { 'content-type': 'text/plain' }, payload: 'x' }],
      415,
      'CONTENT_TYPE_UNKNOWN',
    ],
    [
      'records where JSON belongs',
      ['clerk', 'POST', '/v1/check', { headers: { 'content-type': recordsType }, payload: Buffer.from('0100', 'hex') }],
      415,
      'CONTENT_TYPE_UNKNOWN',
    ],
    [
      'a field that is not known',
      ['clerk', 'POST', '/v1/check', { payload: { ...check, why: 1 } }],
      400,
      'FIELD_UNKNOWN',
    ],
    [
      'a missing field',
      ['clerk', 'POST', '/v1/check', { payload: { ...check, purpose: undefined } }],
      400,
      'FIELD_MISSING',
    ],
    [
      'a number where text belongs',
      ['clerk', 'POST', '/v1/check', { payload: { ...check, case: 7 } }],
      400,
      'FIELD_INVALID',
    ],
    [
      'a purpose that there is not',
      ['clerk', 'POST', '/v1/check', { payload: { ...check, purpose: 'curiosity' } }],
      400,
      'FIELD_INVALID',
    ],
    ['a query that is not known', ['clerk', 'GET', '/v1/blocks?page=1'], 400, 'FIELD_UNKNOWN'],
    ['a height that is no number', ['clerk', 'GET', '/v1/blocks/first'], 400, 'FIELD_INVALID'],
    ['a block that is not there', ['clerk', 'GET', '/v1/blocks/99999'], 404, 'BLOCK_UNKNOWN'],
    ['a city that is not there', ['clerk', 'GET', '/v1/lanes/atlantis'], 404, 'CITY_UNKNOWN'],
    ['a record that is not there', ['clerk', 'GET', '/v1/records/haikou/99/0'], 404, 'RECORD_UNKNOWN'],
    ['a certificate code of a wrong form', ['clerk', 'GET', '/v1/certificates/abc'], 422, 'CERTIFICATE_CODE_MALFORMED'],
    [
      'a certificate that is not there',
      ['clerk', 'GET', `/v1/certificates/${'00'.repeat(16)}`],
      404,
      'CERTIFICATE_UNKNOWN',
    ],
    [
      'an account that is not there',
      ['issuer', 'POST', '/v1/certificates', { payload: { account: '1', handler: 'op1' } }],
      404,
      'ACCOUNT_UNKNOWN',
    ],
    [
      'a certificate for a city that is not there',
      ['issuer', 'POST', '/v1/certificates', { payload: { account, addressedTo: 'atlantis', handler: 'op1' } }],
      404,
      'CITY_UNKNOWN',
    ],
    [
      'an amendment of no listing',
      ['approver', 'POST', '/v1/blacklist/haikou/9/0/amend', { payload: { handler: 'a', approver: 'b' } }],
      404,
      'LISTING_UNKNOWN',
    ],
    [
      'a proof id that is none',
      ['auditor', 'POST', '/v1/receipts', { payload: { proof: 'blacklist:00' } }],
      422,
      'PROOF_UNKNOWN',
    ],
    [
      'a receipt about two things',
      ['auditor', 'POST', '/v1/receipts', { payload: { proof: 'x', record: 'haikou/1/0' } }],
      400,
      'FIELD_INVALID',
    ],
    [
      'a receipt that is none',
      [
        'auditor',
        'POST',
        '/v1/receipts/verify',
        { headers: { 'content-type': receiptType }, payload: Buffer.from('junk') },
      ],
      422,
      'RECEIPT_MALFORMED',
    ],
    ['an import without a body', ['operator', 'POST', '/v1/import/accounts'], 400, 'BODY_EMPTY'],
    [
      'an Idempotency-Key with a blank',
      ['clerk', 'POST', '/v1/check', { headers: { 'idempotency-key': 'a b' }, payload: check }],
      400,
      'IDEMPOTENCY_KEY_INVALID',
    ],
  ];

  test.each([
    [
      'clerk',
      '/v1/check',
      { ...check, purpose: 'fun' },
      'purpose must be one of loan, withdrawal, account, supervision',
    ],
    ['clerk', '/v1/check', { ...check, case: ' ' }, 'case must not be blank'],
    ['clerk', '/v1/check', { ...check, subject: { kind: 'id', number: '' } }, 'subject.number must not be empty'],
    [
      'approver',
      '/v1/blacklist/haikou/1/0/amend',
      { restrictUntil: '1.2.27', handler: 'a', approver: 'b' },
      'restrictUntil must be a date like 2026-11-23',
    ],
    ['auditor', '/v1/receipts', { recrd: 'haikou/1/0' }, 'none of the forms'],
    ['auditor', '/v1/receipts/verify', { receipt: 7 }, 'receipt must be string'],
  ] as const)('%s %s %o: the detail says what the rule is (%s)', async (role, url, payload, words) => {
    const problem = (await haikou.call(role, 'POST', url, { payload })).json();
    expect(problem).toMatchObject({ status: 400, code: 'FIELD_INVALID', detail: expect.stringContaining(words) });
  });

  test.each(cases)('%s', async (_name, args, status, code) => {
    const response = await haikou.call(...args);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    const problem = response.json();
    expect(problem).toMatchObject({ status, code, type: `urn:hansa:error:${code}` });
    expect(response.statusCode).toBe(status);
    expect(problem.detail.length).toBeGreaterThan(20);
    if (status === 405) expect(response.headers.allow).toMatch(/GET|POST/);
  });

  test('a body above the limit is refused before it is read whole', async () => {
    const payload = Buffer.alloc(2 * limits.entryBytesMax + 1, ' ');
    const response = await haikou.call('clerk', 'POST', '/v1/check', { headers: json, payload });
    expect(response.json()).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  });
});

describe('a number is never shown again', () => {
  const cases = [
    ['990101199001010018', 'ID_CHECK_DIGIT'],
    ['990101199013010017', 'ID_DATE_IMPOSSIBLE'],
    ['990101900101001', 'ID_15_DIGITS'],
    ['000101199001010019', 'ID_PREFIX_UNASSIGNED'],
    ['9901011990010100', 'ID_MALFORMED'],
  ] as const;

  test.each(cases)('neither in the refusal %s nor in the log: %s', async (number, code) => {
    const response = await haikou.call('clerk', 'POST', '/v1/check', {
      payload: { ...check, subject: { kind: 'id', number } },
    });
    expect(response.json()).toMatchObject({ status: 422, code });
    expect(response.body).not.toContain(number);
    expect(haikou.log.join('')).not.toContain(number);
  });

  test('nor is a synthetic person of a test federation, who is refused in any other', async () => {
    const { genesis } = haikou.city;
    const real = { ...genesis, testFederation: false };
    const city = new Proxy(haikou.city, {
      get: (whole, name) => {
        const value: unknown = name === 'genesis' ? real : Reflect.get(whole, name, whole);
        return typeof value === 'function' ? value.bind(whole) : value;
      },
    });
    const federation = { ...doors.federation, genesis: real };
    const door = await openDoor(city, memoryRegistry({ ...doors, federation }, city));
    const problem = await door.call('clerk', 'POST', '/v1/check', { payload: check });
    expect(problem.json()).toMatchObject({ status: 422, code: 'ID_TEST_PREFIX' });
    const issued = await door.call('issuer', 'POST', '/v1/certificates', {
      payload: { account: listedNumber, handler: 'op08' },
    });
    expect(issued.json()).toMatchObject({ status: 422, code: 'ID_TEST_PREFIX' });
    for (const text of [problem.body, issued.body, door.log.join('')]) expect(text).not.toContain(listedNumber);
    await door.app.close();
  });

  test('P1: neither number, case, account nor certificate code are in the log of requests that succeed', async () => {
    haikou.log.length = 0;
    await haikou.call('clerk', 'POST', '/v1/check', { payload: { ...check, case: 'CASE-OF-SOMEBODY' } });
    const issued = await haikou.call('issuer', 'POST', '/v1/certificates', {
      payload: { account, handler: 'officer-lin' },
    });
    await haikou.call('clerk', 'GET', `/v1/certificates/${issued.json().code}`);
    const log = haikou.log.join('');
    expect(log).toContain('GET /v1/certificates/:code');
    for (const secret of [listedNumber, 'CASE-OF-SOMEBODY', account, 'officer-lin', issued.json().code]) {
      expect(log).not.toContain(secret);
    }
  });
});

test('what programs ask every few seconds does not bury the log, unless it is refused', async () => {
  const levelOf = (line: string) => (JSON.parse(line) as { level: number }).level;
  const asked = async (role: 'clerk' | 'operator', path: string) => {
    haikou.log.length = 0;
    await haikou.call(role, 'GET', path);
    return haikou.log.filter((line) => line.includes(`GET ${path}`)).map(levelOf);
  };
  expect(await asked('operator', '/v1/status')).toEqual([20]);
  expect(await asked('operator', '/metrics')).toEqual([20]);
  expect(await asked('operator', '/v1/lanes')).toEqual([30]);
  expect(await asked('clerk', '/metrics')).toEqual([30]);
});

describe('the integrators\u2019 door', () => {
  const send = (payload: Uint8Array, query = '') =>
    haikou.call('operator', 'POST', `/v1/records${query}`, {
      headers: { 'content-type': recordsType },
      payload: Buffer.from(payload),
    });

  test('seals nothing when one record of many breaks a rule, and says which', async () => {
    const before = haikou.city.lanes()[0]?.heldSequence;
    const good = await listing(doors, listedNumber);
    const response = await send(joinRecords([good, Uint8Array.of(1, 2, 3)]));
    expect(response.json()).toMatchObject({ status: 400, code: 'MALFORMED' });
    expect(response.json().detail).toContain('Record 1 of the request');
    expect(haikou.city.lanes()[0]?.heldSequence).toBe(before);
  });

  test.each([
    ['nothing', new Uint8Array(0), 'RECORDS_EMPTY'],
    ['a length and no record', Uint8Array.of(5, 1), 'RECORDS_TRUNCATED'],
    ['an endless length', Uint8Array.of(0x80, 0x80, 0x80, 0x80), 'RECORDS_TRUNCATED'],
    ['an empty record', Uint8Array.of(0), 'RECORDS_TRUNCATED'],
    ['a record above 8 KiB', joinRecords([new Uint8Array(limits.recordBytesMax + 1)]), 'RECORD_TOO_LARGE'],
    [
      'more records than an entry holds',
      joinRecords(Array.from({ length: limits.entryRecordsMax + 1 }, () => Uint8Array.of(1))),
      'RECORDS_TOO_MANY',
    ],
  ])('refuses %s', async (_name, payload, code) => {
    expect((await send(payload)).json()).toMatchObject({ code });
  });

  test('takes JSON drafts as well, and answers with a location', async () => {
    const { decodeRecord } = await import('@hansa/protocol/records');
    const record = decodeRecord(await listing(doors, listedNumber));
    if (!record.ok) throw new Error(record.error.code);
    const draft = { family: 1, type: 1, body: Buffer.from(record.value.body).toString('base64') };
    const response = await haikou.call('operator', 'POST', '/v1/records?wait=final', { payload: { records: [draft] } });
    expect(response.json()).toMatchObject({ count: 1, state: 'final', rejected: [] });
    expect(response.json().sealed[0].first).toMatch(/^haikou\/\d+\/0$/);
  });

  test('seals thousands in one entry, and reports those that the ledger rejects', async () => {
    const one = await listing(doors, listedNumber);
    const { encodeRecord, decodeRecord } = await import('@hansa/protocol/records');
    const decoded = decodeRecord(one);
    if (!decoded.ok) throw new Error(decoded.error.code);
    const { family, type, body } = decoded.value;
    const records = Array.from({ length: 2000 }, () =>
      encodeRecord({ family, type, body, requestId: randomBytes(16) }),
    );
    const response = await send(joinRecords(records), '?wait=final');
    const outcome = response.json();
    expect(response.statusCode).toBe(201);
    expect(outcome.sealed).toEqual([{ first: expect.stringMatching(/^haikou\/\d+\/0$/), count: 2000 }]);
    // One subject has at most so many listings.
    expect(outcome.rejected.length).toBeGreaterThan(1900);
    expect(outcome.rejected[0]).toMatchObject({ code: 'LISTINGS_TOO_MANY' });
  });

  test('R5: says 429 and when to retry while the lane\u2019s window is full', async () => {
    const { HansaError } = await import('@hansa/protocol');
    const { openDoor } = await import('./fixture.ts');
    const { city, registry } = haikou;
    const full = new Proxy(city, {
      get: (target, name) => {
        if (name === 'submit')
          return async () =>
            Promise.reject(
              new HansaError('LANE_WINDOW_FULL', 'The lane is full. Send it again later.', { retryAfterMs: 2500 }),
            );
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const door = await openDoor(full, registry);
    const response = await door.call('operator', 'POST', '/v1/records', {
      headers: { 'content-type': recordsType },
      payload: Buffer.from(joinRecords([await listing(doors, listedNumber)])),
    });
    expect(response.json()).toMatchObject({ status: 429, code: 'LANE_WINDOW_FULL', retryAfterMs: 2500 });
    expect(response.headers['retry-after']).toBe('3');
    await door.app.close();
  });
});
