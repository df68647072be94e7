import { defaultPolicy } from '@hansa/protocol/genesis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveClocks, testNowMs, until } from './cities.ts';
import {
  account,
  type Door,
  type Doors,
  listedNumber,
  listingForm,
  openDoor,
  openDoors,
  unlistedNumber,
} from './fixture.ts';

/** A city that is dark for seven days, in a federation whose policy lets stale answers be given, marked as such. */
const dayMs = 86_400_000;
let doors: Doors;
let haikou: Door;
let sanya: Door;
let qionghai: Door;
beforeAll(async () => {
  doors = await openDoors(4, undefined, { lookup: { ...defaultPolicy.lookup, staleAnswers: 'say' } });
  [haikou, sanya, , qionghai] = doors.doors as [Door, Door, Door, Door];
});
afterAll(() => doors.close());

async function issued(): Promise<string> {
  const payload = { account, addressedTo: 'sanya', handler: 'op08' };
  const answer = (await haikou.call('issuer', 'POST', '/v1/certificates', { payload })).json();
  expect(answer).toMatchObject({ state: 'final' });
  return answer.code;
}

async function list(number: string, judgementNumber: string): Promise<string> {
  const payload = { kind: 'list', listing: listingForm(number, judgementNumber), handler: 'op08' };
  const { id } = (await haikou.call('clerk', 'POST', '/v1/approvals', { payload })).json();
  const approve = { payload: { approver: 'ap02' } };
  const { location } = (await haikou.call('approver', 'POST', `/v1/approvals/${id}/approve`, approve)).json();
  return location;
}

const certificateAt = async (door: Door, code: string) =>
  (await door.call('clerk', 'GET', `/v1/certificates/${code}`)).json();
const checkAt = async (door: Door, number: string) => {
  const payload = { subject: { kind: 'id', number }, purpose: 'loan', case: 'QH-2026-0001' };
  return (await door.call('clerk', 'POST', '/v1/check', { payload })).json();
};

describe('a city that was away for seven days (G3, L4)', () => {
  it('answers as of when it left, says so, and after catching up as of now: what was used, issued, listed and lifted meanwhile', async () => {
    const old = await issued();
    const listed = await list(listedNumber, '测试认字第1号');
    await doors.settled();
    const before = await certificateAt(qionghai, old);
    expect(before).toMatchObject({ certificate: { status: 'active' }, stale: false });

    await qionghai.exchange.stop();
    await qionghai.app.close();
    await doors.cities[3]?.stop();
    const others = doors.doors.slice(0, 3);
    const executed = (door: Door) => door.city.status().executedHeight;
    const among = () =>
      until(() => others.every((door) => executed(door) === Math.max(...others.map((each) => executed(each)))));
    let fresh = '';
    for (let day = 1; day <= 7; day++) {
      moveClocks(dayMs);
      if (day === 2) {
        const use = { payload: { loanReference: 'LOAN-7', handler: 'op03' } };
        const used = await sanya.call('clerk', 'POST', `/v1/certificates/${old}/use`, use);
        expect(used.json(), used.body).toMatchObject({ state: 'final' });
      }
      if (day === 4) fresh = await issued();
      if (day === 5) {
        const lift = { payload: { reason: 'repaired', handler: 'op08', approver: 'ap02' } };
        const lifted = await haikou.call('approver', 'POST', `/v1/blacklist/${listed}/lift`, lift);
        expect(lifted.json(), lifted.body).toMatchObject({ state: 'final' });
      }
      if (day === 7) expect(await list(unlistedNumber, '测试认字第2号')).toMatch(/^haikou\//);
      await among();
    }

    const newest = executed(haikou);
    const city = await doors.reopened(3);
    const back = await openDoor(city, qionghai.registry);
    // It has not heard of the others yet: each answer is of a week ago, and has the time as of which it is true.
    const stale = await certificateAt(back, old);
    expect(stale).toMatchObject({ certificate: { status: 'active' }, stale: true, asOf: before.asOf });
    expect(testNowMs() - stale.asOf.timestampMs).toBeGreaterThan(7 * dayMs - 3_600_000);
    expect((await certificateAt(back, fresh)).code).toBe('CERTIFICATE_UNKNOWN');
    expect(await checkAt(back, listedNumber)).toMatchObject({ result: 'hit', stale: true });

    await city.start();
    await doors.settled();
    const now = await certificateAt(back, old);
    expect(now).toMatchObject({ certificate: { status: 'used' }, stale: false });
    expect(now.asOf.height).toBeGreaterThanOrEqual(newest);
    expect(testNowMs() - now.asOf.timestampMs).toBeLessThan(dayMs);
    expect(await certificateAt(back, fresh)).toMatchObject({ certificate: { status: 'active' }, stale: false });
    expect(await checkAt(back, listedNumber)).toMatchObject({ result: 'none', stale: false });
    expect(await checkAt(back, unlistedNumber)).toMatchObject({ result: 'hit', stale: false });
    expect(city.status().checkpointHeight).toBeGreaterThan(before.asOf.height);
    await back.app.close();
  });
});
