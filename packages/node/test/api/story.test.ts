import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joinRecords, recordsType } from '../../src/api/record-stream.ts';
import { receiptType } from '../../src/api/routes/receipts.ts';
import {
  account,
  type Door,
  type Doors,
  dayFromNow,
  listedNumber,
  listing,
  openDoor,
  openDoors,
  unlistedNumber,
} from './fixture.ts';

const inAMonth = dayFromNow(30);

let doors: Doors;
let haikou: Door;
let sanya: Door;
let danzhou: Door;
beforeAll(async () => {
  doors = await openDoors(4, undefined, { dispute: 'suspend' });
  [haikou, sanya, danzhou] = doors.doors as [Door, Door, Door];
});
afterAll(() => doors.close());

const question = (number: string) => ({
  payload: { subject: { kind: 'id', number }, purpose: 'loan', case: 'LOAN-1' },
});

/** Until the other city has executed what this one saw. */
async function caughtUp(door: Door, height: number): Promise<void> {
  while (door.city.status().executedHeight < height) {
    await new Promise<void>((resolve) => {
      const heard = () => {
        door.city.events.off('executed', heard);
        resolve();
      };
      door.city.events.on('executed', heard);
    });
  }
}

async function list(number: string): Promise<string> {
  const payload = Buffer.from(joinRecords([await listing(doors, number)]));
  const headers = { 'content-type': recordsType };
  const outcome = (await haikou.call('operator', 'POST', '/v1/records?wait=final', { headers, payload })).json();
  expect(outcome).toMatchObject({ state: 'final', rejected: [] });
  await caughtUp(sanya, haikou.city.status().executedHeight);
  return outcome.sealed[0].first;
}

async function issue(payload: object = {}): Promise<string> {
  const response = await haikou.call('issuer', 'POST', '/v1/certificates', {
    payload: { account, handler: 'op08', ...payload },
  });
  expect(response.json()).toMatchObject({ state: 'final' });
  for (const door of doors.doors) await caughtUp(door, response.json().height);
  return response.json().code;
}

describe('a clerk in Sanya', () => {
  test('finds a person that Haikou listed, and nobody listed whom nobody listed', async () => {
    const location = await list(listedNumber);
    const hit = (await sanya.call('clerk', 'POST', '/v1/check', question(listedNumber))).json();
    expect(hit).toMatchObject({
      result: 'hit',
      listings: [{ location, city: 'haikou', severity: 'serious', disputed: false, restricted: true }],
    });
    expect(hit.asOf.height).toBeGreaterThan(0);
    const none = (await sanya.call('clerk', 'POST', '/v1/check', question(unlistedNumber))).json();
    expect(none).toMatchObject({ result: 'none', listings: [] });
  });

  test('types the number with blanks, in full width or lower case, and asks about the same person', async () => {
    const plain = (await sanya.call('clerk', 'POST', '/v1/check', question('99010420000229007X'))).json();
    const typed = (await sanya.call('clerk', 'POST', '/v1/check', question('９９0104 2000-0229 007x'))).json();
    expect(typed.proof).toBe(plain.proof);
  });

  test('L3: takes the proof of absence to a receipt that says NOT LISTED, and of a hit to one that says LISTED', async () => {
    for (const [number, result] of [
      [unlistedNumber, 'none'],
      [listedNumber, 'hit'],
    ] as const) {
      const { proof } = (await sanya.call('clerk', 'POST', '/v1/check', question(number))).json();
      const receipt = await sanya.call('auditor', 'POST', '/v1/receipts', { payload: { proof } });
      expect(receipt.headers['content-type']).toBe(receiptType);
      const payload = { receipt: receipt.rawPayload.toString('base64'), proof };
      const verified = await haikou.call('auditor', 'POST', '/v1/receipts/verify', { payload });
      expect(verified.json()).toMatchObject({ subject: { result } });
    }
  });
});

describe('what a clerk asked', () => {
  const checks = async (query = '') => (await sanya.call('auditor', 'GET', `/v1/checks${query}`)).json().checks;

  test('P1: an issuer that reads the document of an own certificate is kept, by its code', async () => {
    const { code } = (
      await haikou.call('issuer', 'POST', '/v1/certificates', { payload: { account, handler: 'op08' } })
    ).json();
    const looks = async () => (await haikou.call('auditor', 'GET', '/v1/checks')).json().checks;
    const before = (await looks()).length;
    expect((await haikou.call('clerk', 'GET', `/v1/certificates/${code}`)).json().document).toBeUndefined();
    expect((await sanya.call('issuer', 'GET', `/v1/certificates/${code}`)).json().document).toBeUndefined();
    expect(await looks()).toHaveLength(before);
    expect((await haikou.call('issuer', 'GET', `/v1/certificates/${code}`)).json().document).toBeDefined();
    const kept = { role: 'issuer', operator: 'role:issuer', given: 'document', proof: `certificate:${code}` };
    expect((await looks()).slice(before)).toMatchObject([kept]);
  });

  test('P2: is kept with purpose and matter, as an answer and as a receipt, in order; not what was refused', async () => {
    const before = (await checks()).length;
    const payload = { subject: { kind: 'id', number: unlistedNumber }, purpose: 'withdrawal', case: 'W-7' };
    const { proof, asOf } = (await sanya.call('clerk', 'POST', '/v1/check', { payload })).json();
    expect((await sanya.call('clerk', 'POST', '/v1/receipts', { payload })).statusCode).toBe(200);
    const mistyped = { ...payload, subject: { kind: 'id', number: '990102198812310026' } };
    expect((await sanya.call('clerk', 'POST', '/v1/check', { payload: mistyped })).json().code).toBe('ID_CHECK_DIGIT');
    const kept = await checks();
    expect(kept.slice(before)).toMatchObject([
      { number: before + 1, role: 'clerk', purpose: 'withdrawal', case: 'W-7', given: 'answer', result: 'none', proof },
      {
        number: before + 2,
        role: 'clerk',
        purpose: 'withdrawal',
        case: 'W-7',
        given: 'receipt',
        result: 'none',
        proof,
      },
    ]);
    expect(kept[before].height).toBeGreaterThanOrEqual(asOf.height);
    expect(JSON.stringify(kept)).not.toContain(unlistedNumber);
    expect(await checks(`?from=${before + 2}&limit=5`)).toEqual(kept.slice(before + 1));
    expect(await checks('?limit=1')).toEqual(kept.slice(-1));
  });

  test('P2: gets no answer when it cannot be kept', async () => {
    const registry = Object.create(sanya.registry, {
      noteCheck: { value: async () => Promise.reject(new Error('the disk is full')) },
      tags: { value: sanya.registry.tags.bind(sanya.registry) },
    });
    const door = await openDoor(sanya.city, registry);
    const response = await door.call('clerk', 'POST', '/v1/check', question(listedNumber));
    expect(response.json()).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(response.body).not.toContain('listings');
    await door.app.close();
  });
});

describe('changes of a listing', () => {
  const two = { handler: 'op08', approver: 'ap02' };

  test('a dispute opened in Sanya shows with every hit until Haikou closes it', async () => {
    const location = await list('990103197506150037');
    const opened = await sanya.call('clerk', 'POST', `/v1/blacklist/${location}/dispute`, {
      payload: { state: 'open', handler: 'op03' },
    });
    expect(opened.json()).toMatchObject({ state: 'final' });
    const disputed = (await sanya.call('clerk', 'POST', '/v1/check', question('990103197506150037'))).json();
    expect(disputed.listings[0]).toMatchObject({ location, disputed: true });
    const refused = await sanya.call('approver', 'POST', `/v1/blacklist/${location}/dispute`, {
      payload: { state: 'closed', handler: 'op03' },
    });
    expect(refused.json()).toMatchObject({ status: 422, code: 'NOT_LISTING_CITY' });
    await caughtUp(haikou, opened.json().height);
    const closed = await haikou.call('clerk', 'POST', `/v1/blacklist/${location}/dispute`, {
      payload: { state: 'closed', handler: 'op08' },
    });
    expect(closed.json()).toMatchObject({ state: 'final' });
    // The next test asks Sanya about the same person.
    await caughtUp(sanya, closed.json().height);
  });

  test('a dispute may suspend the restriction while it is open; one that is closed has no effect to name', async () => {
    const number = '990103197506150037';
    const { listings } = (await sanya.call('clerk', 'POST', '/v1/check', question(number))).json();
    const [{ location, restricted, suspended }] = listings;
    expect({ restricted, suspended }).toEqual({ restricted: true, suspended: false });
    const dispute = (city: typeof sanya, payload: object) =>
      city.call('clerk', 'POST', `/v1/blacklist/${location}/dispute`, { payload: { handler: 'op03', ...payload } });
    const opened = (await dispute(sanya, { state: 'open', effect: 'suspend' })).json();
    expect(opened).toMatchObject({ state: 'final' });
    expect((await sanya.call('clerk', 'POST', '/v1/check', question(number))).json().listings[0]).toMatchObject({
      disputed: true,
      restricted: false,
      suspended: true,
    });
    const record = (await sanya.call('auditor', 'GET', `/v1/records/${opened.location}`)).json();
    expect(record).toMatchObject({ type: 'dispute', now: { of: location, status: 'active', disputed: true } });
    await caughtUp(haikou, opened.height);
    expect((await dispute(haikou, { state: 'closed', effect: 'flag' })).json()).toMatchObject({
      code: 'FIELD_INVALID',
    });
    expect((await dispute(haikou, { state: 'closed' })).json()).toMatchObject({ state: 'final' });
    expect((await dispute(haikou, { state: 'open', effect: 'void' })).json()).toMatchObject({ code: 'FIELD_INVALID' });
  });

  test('amending and lifting need two different officers of the listing city', async () => {
    const location = await list('99010420000229007X');
    const alone = { handler: 'op08', approver: ' op08 ', reason: 'repaired' };
    expect(
      (await haikou.call('approver', 'POST', `/v1/blacklist/${location}/lift`, { payload: alone })).json(),
    ).toMatchObject({ code: 'APPROVERS_NOT_DISTINCT' });
    expect(
      (
        await sanya.call('approver', 'POST', `/v1/blacklist/${location}/lift`, { payload: { ...two, reason: 'void' } })
      ).json(),
    ).toMatchObject({ code: 'NOT_LISTING_CITY' });
    const amended = await haikou.call('approver', 'POST', `/v1/blacklist/${location}/amend`, {
      payload: { ...two, severity: 'general', restrictUntil: inAMonth },
    });
    expect(amended.json()).toMatchObject({ state: 'final' });
    expect(
      (await haikou.call('clerk', 'POST', '/v1/check', question('99010420000229007X'))).json().listings[0],
    ).toMatchObject({ severity: 'general', restrictUntil: inAMonth });
    const wrongDate = await haikou.call('approver', 'POST', `/v1/blacklist/${location}/amend`, {
      payload: { ...two, restrictUntil: '2026-02-30' },
    });
    expect(wrongDate.json()).toMatchObject({ status: 400, code: 'FIELD_INVALID' });
    const lifted = await haikou.call('approver', 'POST', `/v1/blacklist/${location}/lift`, {
      payload: { ...two, reason: 'repaired' },
    });
    expect(lifted.json()).toMatchObject({ state: 'final' });
    expect((await haikou.call('clerk', 'POST', '/v1/check', question('99010420000229007X'))).json()).toMatchObject({
      result: 'none',
    });
  });

  test('L1: what the ledger rejects comes back with its code and the place of the refusal', async () => {
    const location = await list('990102198812310025');
    const lift = { payload: { ...two, reason: 'void' } };
    expect((await haikou.call('approver', 'POST', `/v1/blacklist/${location}/lift`, lift)).json()).toMatchObject({
      state: 'final',
    });
    const again = await haikou.call('approver', 'POST', `/v1/blacklist/${location}/lift`, lift);
    // The fact is gone with its last live listing.
    expect(again.json()).toMatchObject({ status: 404, code: 'LISTING_UNKNOWN' });
    const refusedAt = /haikou\/\d+\/0/.exec(again.json().detail)?.[0];
    expect((await haikou.call('auditor', 'GET', `/v1/records/${refusedAt}`)).json()).toMatchObject({
      state: 'rejected',
      now: null,
      code: 'LISTING_UNKNOWN',
      type: 'lift',
    });
  });
});

describe('a deposit certificate', () => {
  test('is issued by Haikou, verified and used by Sanya, and its second use in Danzhou is refused', async () => {
    const code = await issue();
    expect((await sanya.call('clerk', 'GET', `/v1/certificates/${code}`)).json()).toMatchObject({
      certificate: { code, status: 'active', issuer: 'haikou' },
    });
    const used = await sanya.call(
      'clerk',
      'POST',
      `/v1/certificates/${code
        .toUpperCase()
        .replace(/(.{8})/g, '$1-')
        .slice(0, -1)}/use`,
      { payload: { loanReference: 'LOAN-7', handler: 'op03' } },
    );
    expect(used.json()).toMatchObject({ state: 'final' });
    await caughtUp(danzhou, used.json().height);
    const second = await danzhou.call('clerk', 'POST', `/v1/certificates/${code}/use`, {
      payload: { loanReference: 'LOAN-8', handler: 'op01' },
    });
    expect(second.json()).toMatchObject({ status: 422, code: 'CERTIFICATE_USED' });
    expect((await danzhou.call('auditor', 'GET', `/v1/certificates/${code}`)).json()).toMatchObject({
      certificate: { status: 'used', endedBy: used.json().location },
    });
  });

  test('used by two cities at the same moment goes to exactly one of them', async () => {
    const code = await issue();
    const answers = await Promise.all(
      [sanya, danzhou].map((door) =>
        door.call('clerk', 'POST', `/v1/certificates/${code}/use`, {
          payload: { loanReference: 'LOAN-9', handler: 'op02' },
        }),
      ),
    );
    const statuses = answers.map((answer) => answer.statusCode).sort();
    expect(statuses).toEqual([200, 422]);
    expect(answers.find((answer) => answer.statusCode === 422)?.json()).toMatchObject({ code: 'CERTIFICATE_USED' });
  });

  test('that was used is not revoked: what the own state excludes is refused before it is sealed', async () => {
    const code = await issue();
    const use = { payload: { loanReference: 'LOAN-10', handler: 'op08' } };
    expect((await haikou.call('clerk', 'POST', `/v1/certificates/${code}/use`, use)).json()).toMatchObject({
      state: 'final',
    });
    const tip = haikou.city.lanes()[0]?.heldSequence;
    const revoke = { payload: { reason: 'error', handler: 'op08' } };
    expect((await haikou.call('issuer', 'POST', `/v1/certificates/${code}/revoke`, revoke)).json()).toMatchObject({
      status: 422,
      code: 'CERTIFICATE_USED',
    });
    expect(haikou.city.lanes()[0]?.heldSequence).toBe(tip);
  });

  test('addressed to Sanya is of no use to Danzhou', async () => {
    const code = await issue({ addressedTo: 'sanya' });
    const refused = await danzhou.call('clerk', 'POST', `/v1/certificates/${code}/use`, {
      payload: { loanReference: 'L', handler: 'op1' },
    });
    expect(refused.json()).toMatchObject({ code: 'CERTIFICATE_NOT_ADDRESSED' });
  });

  test('is revoked by its issuer only, and its printed fields are for its issuer only', async () => {
    const code = await issue();
    const revoke = { payload: { reason: 'account-changed', handler: 'op08' } };
    expect((await sanya.call('issuer', 'POST', `/v1/certificates/${code}/revoke`, revoke)).json()).toMatchObject({
      code: 'NOT_CERTIFICATE_ISSUER',
    });
    expect((await haikou.call('issuer', 'POST', `/v1/certificates/${code}/revoke`, revoke)).json()).toMatchObject({
      state: 'final',
    });
    const own = (await haikou.call('issuer', 'GET', `/v1/certificates/${code}`)).json();
    expect(own).toMatchObject({
      certificate: { status: 'revoked', revokeReason: 'account-changed' },
      document: { accountNumber: account },
    });
    for (const [door, role] of [
      [haikou, 'clerk'],
      [haikou, 'auditor'],
      [sanya, 'issuer'],
    ] as const) {
      expect((await door.call(role, 'GET', `/v1/certificates/${code}`)).json()).not.toHaveProperty('document');
    }
  });

  test('has a receipt that says what it is, and one flipped bit spoils it', async () => {
    const code = await issue();
    const answer = await sanya.call('auditor', 'POST', '/v1/receipts', {
      payload: { certificate: code },
      headers: { accept: 'application/json' },
    });
    const receipt: string = answer.json().receipt;
    const verified = await danzhou.call('auditor', 'POST', '/v1/receipts/verify', {
      payload: { receipt, certificate: code },
    });
    expect(verified.json()).toMatchObject({ certificate: { code, status: 'active' } });
    const spoilt = Buffer.from(receipt, 'base64');
    spoilt[Math.floor(spoilt.length / 2)] = (spoilt[Math.floor(spoilt.length / 2)] as number) ^ 1;
    const refused = await danzhou.call('auditor', 'POST', '/v1/receipts/verify', {
      headers: { 'content-type': receiptType },
      payload: spoilt,
    });
    expect(refused.json()).toMatchObject({ status: 422, code: expect.stringMatching(/^RECEIPT_/) });
  });

  test('a receipt of its issue says that the record stands; one about another certificate says that it lacks it', async () => {
    const code = await issue();
    const { certificate } = (await haikou.call('clerk', 'GET', `/v1/certificates/${code}`)).json();
    const receipt = await haikou.call('auditor', 'POST', '/v1/receipts', { payload: { record: certificate.location } });
    const headers = { 'content-type': receiptType };
    expect(
      (await sanya.call('auditor', 'POST', '/v1/receipts/verify', { headers, payload: receipt.rawPayload })).json(),
    ).toMatchObject({ record: { location: certificate.location, standing: 'stands' } });
    const other = { receipt: receipt.rawPayload.toString('base64'), certificate: '00'.repeat(16) };
    expect((await sanya.call('auditor', 'POST', '/v1/receipts/verify', { payload: other })).json()).toMatchObject({
      code: 'RECEIPT_LACKS_FACT',
    });
  });
});

describe('what operators and auditors read', () => {
  test('all cities show one history root and one state root for each height', async () => {
    const [block] = (await haikou.call('auditor', 'GET', '/v1/blocks?from=2&limit=1')).json().blocks;
    await caughtUp(sanya, 2);
    expect((await sanya.call('auditor', 'GET', '/v1/blocks/2')).json()).toEqual(block);
  });

  test('metrics have height, lag of each lane and the time to finality', async () => {
    const text = (await haikou.call('operator', 'GET', '/metrics')).body;
    expect(text).toMatch(/^hansa_executed_height [1-9]/m);
    expect(text).toMatch(/^hansa_lane_lag_entries\{city="sanya"\} \d+$/m);
    expect(text).toMatch(/^hansa_finality_seconds_count [1-9]/m);
    expect(text).toMatch(/^hansa_http_refused_total\{code="APPROVERS_NOT_DISTINCT"\} [1-9]/m);
    expect(text).toMatch(/^hansa_nodejs_eventloop_lag_p99_seconds /m);
  });

  test('readiness follows the city: refused while an alarm stopped its vote or it catches up', async () => {
    for (const [change, words] of [
      [{ halted: true }, 'stopped voting'],
      [{ joined: false }, 'quorum'],
      [{ joined: false, alarm: { code: 'OWN_LANE_MISSING', message: 'This city signed entry 7.' } }, 'entry 7'],
      [{ behind: true }, 'catching up'],
    ] as const) {
      const city = new Proxy(haikou.city, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name, target);
          if (name === 'status') return () => ({ ...target.status(), ...change });
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      const door = await openDoor(city, haikou.registry);
      const response = await door.call(undefined, 'GET', '/readyz');
      expect(response.json()).toMatchObject({ status: 503, code: 'NOT_READY', detail: expect.stringContaining(words) });
      await door.app.close();
    }
    expect((await haikou.call(undefined, 'GET', '/readyz')).statusCode).toBe(200);
  });
});
