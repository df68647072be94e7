import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newKeys } from '../../../protocol/test/membership-fixture.ts';
import { nativeCrypto } from '../../src/crypto/index.ts';
import { memberCardFile } from '../../src/keys/index.ts';
import type { MembershipView } from '../../src/services/membership-views.ts';
import { until } from './cities.ts';
import { type Door, type Doors, openDoors } from './fixture.ts';

let doors: Doors;
let haikou: Door;
let sanya: Door;
let danzhou: Door;
beforeAll(async () => {
  doors = await openDoors(4);
  [haikou, sanya, danzhou] = doors.doors as [Door, Door, Door];
});
afterAll(() => doors.close());

const officers = { handler: 'op08', approver: 'ap02' };
const card = (name: string, label: string) => memberCardFile(newKeys(nativeCrypto, name, label).member);
const membership = async (door: Door): Promise<MembershipView> =>
  (await door.call('auditor', 'GET', '/v1/membership')).json();
async function post(door: Door, what: string, body: object, headers = {}) {
  await doors.settled();
  return door.call('operator', 'POST', `/v1/membership/${what}`, { payload: { ...officers, ...body }, headers });
}
const propose = (door: Door, body: object, headers = {}) => post(door, 'proposals', body, headers);
const tip = (door: Door) => door.city.lanes()[door.city.self.index]?.heldSequence;

describe('officers change the authorities (C12)', () => {
  test('a proposal is made, seen by all, and withdrawn by its city alone; then it is approved by nobody', async () => {
    expect(await membership(sanya)).toMatchObject({ epoch: 0, voters: 4, quorum: 3, proposals: [], history: [] });
    const made = await propose(haikou, { change: 'suspend', city: 'danzhou', days: 3 });
    expect(made.statusCode).toBe(201);
    const { location, proposal } = made.json();
    expect(proposal).toMatchObject({ location, state: 'open', approvedBy: ['haikou'], approvalsMissing: 2 });
    await doors.settled();
    expect((await membership(danzhou)).proposals).toEqual([proposal]);
    expect(Date.parse(proposal.expiresAt) - Date.parse(proposal.proposedAt)).toBeLessThanOrEqual(3 * 86_400_000);

    expect((await post(sanya, 'withdrawals', { proposal: location })).json().code).toBe('MEMBERSHIP_NOT_PROPOSER');
    const withdrawn = await post(haikou, 'withdrawals', { proposal: location });
    expect(withdrawn.json()).toMatchObject({ state: 'final', proposal: { state: 'withdrawn' } });
    const late = await post(sanya, 'approvals', { proposal: location });
    expect(late.json()).toMatchObject({ status: 422, code: 'MEMBERSHIP_PROPOSAL_ENDED' });
    expect((await membership(haikou)).proposals).toEqual([]);
  });

  test('what the ledger would refuse is refused before it stands on the lane, with what to do', async () => {
    const mine = card('haikou', 'next');
    const refusals: readonly (readonly [object, number, string])[] = [
      [{ change: 'remove', city: 'danzhou', approver: ' op08 ' }, 422, 'APPROVERS_NOT_DISTINCT'],
      [{ change: 'remove', city: 'nowhere' }, 404, 'CITY_UNKNOWN'],
      [{ change: 'remove' }, 400, 'FIELD_INVALID'],
      [{ change: 'remove', city: 'danzhou', member: mine }, 400, 'FIELD_INVALID'],
      [{ change: 'rotate', city: 'haikou' }, 400, 'FIELD_INVALID'],
      [{ change: 'rotate', member: card('sanya', 'next') }, 422, 'MEMBERSHIP_CHANGE_WRONG'],
      [{ change: 'recover', member: mine }, 422, 'MEMBERSHIP_CHANGE_WRONG'],
      [{ change: 'recover', member: card('wenchang', 'new') }, 404, 'CITY_UNKNOWN'],
      [{ change: 'add', member: card('sanya', 'next') }, 422, 'MEMBERSHIP_NAME_TAKEN'],
      [{ change: 'rotate', member: { ...mine, laneKey: card('x', 'y').laneKey.slice(2) } }, 400, 'FIELD_INVALID'],
      [
        { change: 'rotate', member: { ...mine, voteKeyProof: card('haikou', 'other').voteKeyProof } },
        422,
        'MEMBERSHIP_POSSESSION_UNPROVEN',
      ],
      [{ change: 'remove', city: 'danzhou', days: 30 }, 400, 'FIELD_INVALID'],
    ];
    const before = tip(haikou);
    for (const [body, status, code] of refusals) {
      const refused = await propose(haikou, body);
      expect({ body, ...refused.json() }).toMatchObject({ body, status, code, detail: expect.stringMatching(/\. \S/) });
    }
    const unknown = await post(haikou, 'approvals', { proposal: 'sanya/1/0' });
    expect(unknown.json()).toMatchObject({ status: 404, code: 'MEMBERSHIP_PROPOSAL_UNKNOWN' });
    expect(tip(haikou)).toBe(before);
  });

  test('three of four give a city new keys: the next epoch has them, every city follows, and says so', async () => {
    const fresh = card('qionghai', 'fresh');
    const key = { 'idempotency-key': 'recover-qionghai' };
    const made = await propose(haikou, { change: 'recover', member: fresh }, key);
    const { location } = made.json();
    expect((await propose(haikou, { change: 'recover', member: fresh }, key)).json()).toEqual(made.json());
    expect((await propose(haikou, { change: 'remove', city: 'danzhou' })).json().code).toBe('MEMBERSHIP_PROPOSAL_OPEN');

    expect((await post(sanya, 'approvals', { proposal: location })).json().proposal).toMatchObject({
      state: 'open',
      approvedBy: ['haikou', 'sanya'],
      approvalsMissing: 1,
    });
    const before = tip(sanya);
    const again = await post(sanya, 'approvals', { proposal: location });
    expect(again.json()).toMatchObject({ status: 409, code: 'MEMBERSHIP_APPROVED_ALREADY' });
    expect(tip(sanya)).toBe(before);
    const metrics = async () => (await sanya.call('operator', 'GET', '/metrics')).body;
    expect(await metrics()).toMatch(/^hansa_membership_proposals 1$/m);
    expect(await metrics()).toMatch(/^hansa_epoch 0$/m);

    const heard: number[] = [];
    sanya.city.events.on('epoch', ({ epoch }) => heard.push(epoch));
    const last = await post(danzhou, 'approvals', { proposal: location });
    expect(last.json().proposal).toMatchObject({ state: 'decided', approvalsMissing: 0 });
    await until(async () => {
      for (const door of [haikou, sanya, danzhou]) if ((await membership(door)).epoch !== 1) return false;
      return true;
    });
    expect(heard).toEqual([1]);
    const { seats, history, decided, proposals } = await membership(sanya);
    const { format: _, name: city, voteKeyProof: __, ...member } = fresh;
    expect(seats[3]).toEqual({ index: 3, city, self: false, standing: 'votes', quarantined: false, ...member });
    expect(history).toMatchObject([{ epoch: 1, proposal: location, change: { kind: 'recover', city, member } }]);
    expect(history[0]?.approvedBy).toEqual(['haikou', 'sanya', 'danzhou']);
    expect({ decided, proposals }).toEqual({ decided: null, proposals: [] });
    expect(await metrics()).toMatch(/^hansa_membership_proposals 0$/m);
    expect(await metrics()).toMatch(/^hansa_epoch 1$/m);
    expect((await sanya.call('auditor', 'GET', '/v1/status')).json().epoch).toBe(1);
  });

  test('records go through in the new epoch, other changes too; a city that was removed never comes back', async () => {
    const made = await propose(sanya, { change: 'remove', city: 'qionghai' });
    expect(made.json()).toMatchObject({ state: 'final', proposal: { epoch: 1, approvalsMissing: 2 } });
    const record = await haikou.call('auditor', 'GET', `/v1/records/${made.json().location}`);
    expect(record.json().fields.change).toMatchObject({ kind: 'remove', subject: 'qionghai' });
    for (const door of [haikou, danzhou]) await post(door, 'approvals', { proposal: made.json().location });
    await until(async () => (await membership(haikou)).epoch === 2);
    expect(await membership(haikou)).toMatchObject({
      voters: 3,
      quorum: 3,
      seats: [{}, {}, {}, { standing: 'removed' }],
    });
    const back = await propose(haikou, { change: 'recover', member: card('qionghai', 'third') });
    expect(back.json()).toMatchObject({ code: 'MEMBERSHIP_CHANGE_WRONG' });
  });
});
