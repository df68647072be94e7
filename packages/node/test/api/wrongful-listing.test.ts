import { MemoryStore } from '@hansa/protocol/replica';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoredAnswers } from '../../src/api/answers.ts';
import { until } from './cities.ts';
import { type Door, type Doors, listedNumber, listingForm, openDoor, openDoors } from './fixture.ts';

/** Somebody is listed who should not be: what every counter of the federation says, from the dispute to the lift. */
let doors: Doors;
let haikou: Door;
/** Sanya's desk, with a store of kept answers that the test can read. */
let sanya: Door;
const answers = new MemoryStore();
let location: string;

beforeAll(async () => {
  doors = await openDoors(4);
  haikou = doors.doors[0] as Door;
  const { city, registry } = doors.doors[1] as Door;
  sanya = await openDoor(city, registry, undefined, new StoredAnswers(answers));
  const payload = { kind: 'list', listing: listingForm(listedNumber, '测试认字第1号'), handler: 'op08' };
  const { id } = (await haikou.call('clerk', 'POST', '/v1/approvals', { payload })).json();
  const approve = { payload: { approver: 'ap02' } };
  location = (await haikou.call('approver', 'POST', `/v1/approvals/${id}/approve`, approve)).json().location;
  await doors.settled();
});
afterAll(async () => {
  await sanya.app.close();
  await doors.close();
});

const matter = { subject: { kind: 'id', number: listedNumber }, purpose: 'loan', case: 'LOAN-2026-0117' };

/** What each city answers once it has executed that height, which made it so everywhere. */
async function everywhereAt(height: number) {
  await until(() => doors.doors.every(({ city }) => city.status().executedHeight >= height));
  const each = doors.doors.map((door) => door.call('clerk', 'POST', '/v1/check', { payload: matter }));
  return (await Promise.all(each)).map((answer) => {
    const { listings, ...body } = answer.json();
    return listings?.[0]?.disputed ?? body.result ?? body.code;
  });
}

const change = async (door: Door, role: 'clerk' | 'approver', what: string, payload: object): Promise<number> => {
  const done = await door.call(role, 'POST', `/v1/blacklist/${location}/${what}`, { payload });
  expect(done.json(), done.body).toMatchObject({ state: 'final' });
  return done.json().height;
};

describe('a wrongful listing', () => {
  it('shows its dispute in all four cities with the block that made it final, until Haikou closes it (L1)', async () => {
    const opened = await change(sanya, 'clerk', 'dispute', { state: 'open', handler: 'op03' });
    expect(await everywhereAt(opened)).toEqual([true, true, true, true]);
    const closed = await change(haikou, 'clerk', 'dispute', { state: 'closed', handler: 'op08' });
    expect(await everywhereAt(closed)).toEqual([false, false, false, false]);
  });

  it('is told by nobody after its lift, not by an answer either that was kept under an Idempotency-Key (P1)', async () => {
    const asked = async (key: string, payload: object) => {
      const headers = { 'idempotency-key': key };
      const receipt = await sanya.call('clerk', 'POST', '/v1/receipts', { payload, headers });
      expect(receipt.statusCode, receipt.body).toBe(200);
      return receipt.rawPayload;
    };
    const { proof } = (await sanya.call('clerk', 'POST', '/v1/check', { payload: matter })).json();
    const resultOf = async (receipt: Buffer, headers = {}) => {
      const payload = { receipt: receipt.toString('base64'), proof };
      return (await sanya.call('clerk', 'POST', '/v1/receipts/verify', { payload, headers })).json().subject.result;
    };
    const bySubject = await asked('by-subject', matter);
    const byProof = await asked('by-proof', { proof });
    expect([await resultOf(bySubject, { 'idempotency-key': 'verified' }), await resultOf(byProof)]).toEqual([
      'hit',
      'hit',
    ]);
    await asked('by-record', { record: location });

    const lifted = await change(haikou, 'approver', 'lift', { reason: 'void', handler: 'op08', approver: 'ap02' });
    expect(await everywhereAt(lifted)).toEqual(['none', 'none', 'none', 'none']);
    // A receipt proves a checkpoint, which comes with the next block.
    await until(() => sanya.city.status().checkpointHeight >= lifted);
    expect(await resultOf(await asked('by-subject', matter))).toBe('none');
    expect(await resultOf(await asked('by-proof', { proof }))).toBe('none');
    for await (const [, value] of answers.range({ gte: new Uint8Array(0), lt: new Uint8Array(9).fill(0xff) })) {
      const kept = Buffer.from(value).toString('latin1');
      for (const receipt of [bySubject, byProof]) expect(kept).not.toContain(receipt.toString('base64').slice(0, 60));
      expect(kept).not.toContain('listings');
    }
  });
});
