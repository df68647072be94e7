import { MemoryStore } from '@hansa/protocol/replica';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApprovalBook } from '../../src/registry/approvals.ts';
import { until } from './cities.ts';
import { type Door, type Doors, dayFromNow, listedNumber, listingForm, openDoors, unlistedNumber } from './fixture.ts';

let doors: Doors;
let haikou: Door;
let sanya: Door;
beforeAll(async () => {
  doors = await openDoors(4);
  [haikou, sanya] = doors.doors as [Door, Door];
  // P2: before the first block a city knows nothing that is new enough to answer from.
  await until(() => sanya.city.status().executedHeight > 0);
});
afterAll(() => doors.close());

const prepare = (body: object, door = haikou) =>
  door.call('clerk', 'POST', '/v1/approvals', { payload: { handler: 'op08', ...body } });
const approve = (id: string, approver = 'ap02', headers = {}) =>
  haikou.call('approver', 'POST', `/v1/approvals/${id}/approve`, { payload: { approver }, headers });
const listed = async (number: string) => {
  await doors.settled();
  const payload = { subject: { kind: 'id', number }, purpose: 'loan', case: 'C-1' };
  return (await sanya.call('clerk', 'POST', '/v1/check', { payload })).json().listings;
};
const queue = async (role: 'clerk' | 'auditor' = 'clerk') => (await haikou.call(role, 'GET', '/v1/approvals')).json();

describe('two officers stand behind every change', () => {
  test('a listing is prepared by one, approved by another, and every city answers with it (L2)', async () => {
    const prepared = await prepare({ kind: 'list', listing: listingForm(listedNumber, '测试认字第1号') });
    expect(prepared.statusCode).toBe(201);
    const { id, state } = prepared.json();
    expect(state).toBe('waiting');
    expect(await listed(listedNumber)).toEqual([]);
    expect((await queue()).waiting).toContainEqual(expect.objectContaining({ id, handler: 'op08' }));

    const approved = (await approve(id)).json();
    expect(approved).toMatchObject({
      state: 'approved',
      approver: 'ap02',
      location: expect.stringMatching(/^\w+\/\d+\/0$/),
    });
    const [listing] = await listed(listedNumber);
    expect(listing).toMatchObject({ location: approved.location, severity: 'serious', restricted: true });
  });

  test('the same officer does not approve, whatever blanks are around the name; it goes on waiting (L2)', async () => {
    const { id } = (await prepare({ kind: 'list', listing: listingForm(unlistedNumber, '测试认字第2号') })).json();
    for (const name of ['op08', ' op08 ']) {
      expect((await approve(id, name)).json()).toMatchObject({ code: 'APPROVERS_NOT_DISTINCT' });
    }
    expect((await queue()).waiting.map((each: { id: string }) => each.id)).toContain(id);
    expect(await listed(unlistedNumber)).toEqual([]);
    const returned = await haikou.call('approver', 'POST', `/v1/approvals/${id}/return`, {
      payload: { approver: 'ap02', reason: 'The judgement is not attached.' },
    });
    expect(returned.json()).toMatchObject({ state: 'returned', reason: 'The judgement is not attached.' });
    expect((await approve(id)).json()).toMatchObject({ code: 'APPROVAL_DECIDED', status: 409 });
    expect(await listed(unlistedNumber)).toEqual([]);
  });

  test('an amendment and a lift go the same way, twice is once', async () => {
    const [{ location }] = await listed(listedNumber);
    const amended = (await prepare({ kind: 'amend', location, restrictUntil: dayFromNow(30) })).json();
    expect((await approve(amended.id)).json()).toMatchObject({ state: 'approved' });
    expect((await listed(listedNumber))[0]).toMatchObject({ restrictUntil: dayFromNow(30) });

    const lift = (await prepare({ kind: 'lift', location, reason: 'repaired' })).json();
    const answers = await Promise.all([approve(lift.id), approve(lift.id)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect(await listed(listedNumber)).toEqual([]);
  });
});

describe('what is prepared', () => {
  test.each([
    ['a wrong digit', { kind: 'list', listing: listingForm('990101199001010018', 'x') }, 'ID_CHECK_DIGIT'],
    [
      'an objection window that is open',
      { kind: 'list', listing: { ...listingForm(unlistedNumber, 'x'), objectionUntil: dayFromNow(-5) } },
      'OBJECTION_WINDOW_OPEN',
    ],
    [
      'a term above the policy',
      { kind: 'list', listing: { ...listingForm(unlistedNumber, 'x'), restrictUntil: dayFromNow(3000) } },
      'RESTRICT_TOO_LONG',
    ],
    ['no listing', { kind: 'list' }, 'FIELD_MISSING'],
    ['no reason', { kind: 'lift', location: 'haikou/1/0' }, 'FIELD_MISSING'],
    ['nothing to amend', { kind: 'amend', location: 'haikou/1/0' }, 'FIELD_MISSING'],
    [
      'a field of another kind',
      { kind: 'lift', location: 'haikou/1/0', reason: 'void', severity: 'minor' },
      'FIELD_UNKNOWN',
    ],
    ['a listing that is not there', { kind: 'lift', location: 'member0/99/0', reason: 'void' }, 'LOCATION_INVALID'],
  ])('is refused at once with %s', async (_what, body, code) => {
    const before = (await queue()).waiting.length;
    expect((await prepare(body)).json()).toMatchObject({ code });
    expect((await queue()).waiting.length).toBe(before);
  });

  test('is refused for a listing of another city', async () => {
    const { id } = (await prepare({ kind: 'list', listing: listingForm(unlistedNumber, '测试认字第9号') })).json();
    await approve(id);
    const [{ location }] = await listed(unlistedNumber);
    expect((await prepare({ kind: 'lift', location, reason: 'void' }, sanya)).json()).toMatchObject({
      code: 'NOT_LISTING_CITY',
    });
  });

  test('stays in the city: no log has the person, auditors see no number, and what is decided keeps none (P1)', async () => {
    const number = '990103197506150037';
    const { id } = (await prepare({ kind: 'list', listing: listingForm(number, '测试认字第3号') })).json();
    expect(JSON.stringify(await queue('clerk'))).toContain(number);
    expect(JSON.stringify(await queue('auditor'))).not.toContain(number);
    expect(JSON.stringify(await queue('auditor'))).not.toContain('测试甲');
    await approve(id);
    expect(JSON.stringify(await queue('clerk'))).not.toContain(number);
    expect(haikou.log.join('')).not.toMatch(new RegExp(`${number}|测试甲`));
  });

  test('survives a restart of the daemon', async () => {
    const store = new MemoryStore();
    const change = { kind: 'lift', location: 'haikou/1/0', reason: 'void' } as const;
    const waiting = { id: 'ab'.repeat(16), state: 'waiting', change, handler: 'op08', preparedAtMs: 2 } as const;
    const book = new ApprovalBook(store);
    await book.add(waiting);
    await book.add({ ...waiting, id: 'cd'.repeat(16), preparedAtMs: 1 });
    await book.decide(waiting, { state: 'returned', decidedAtMs: 3, approver: 'ap02', reason: 'x' });
    const again = new ApprovalBook(store);
    expect((await again.waiting()).map(({ id }) => id)).toEqual(['cd'.repeat(16)]);
    expect(await again.decided(10)).toMatchObject([{ id: 'ab'.repeat(16), approver: 'ap02', reason: 'x' }]);
  });
});
