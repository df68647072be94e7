import { randomBytes } from 'node:crypto';
import { HansaError, limits } from '@hansa/protocol';
import {
  ConsentMode,
  ConsentPurpose,
  consentTypes,
  encodeConsentGrant,
  encodeConsentWithdraw,
} from '@hansa/protocol/families';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsentService } from '../../src/services/consents.ts';
import { consentRecord } from '../../src/wallet/consent-record.ts';
import { testNowMs } from './cities.ts';
import { account, type Door, type Doors, openDoors } from './fixture.ts';
import { asHolder, holderOf } from './holder.ts';

/** Ten thousand requests that are too large, cut off or noise, at each door of the API that takes what needs no token. */
let doors: Doors;
let haikou: Door;
beforeAll(async () => {
  doors = await openDoors(1);
  [haikou] = doors.doors as [Door];
});
afterAll(() => doors.close());

const COUNT = 10_000;
const consentId = randomBytes(16);

function signed(type: number, body: Uint8Array): string {
  const { secretKey } = holderOf('wu');
  return consentRecord(doors.federation.genesis, { secretKey, scheme: 'ed25519' }, type, body);
}

const grant = (certificateId: Uint8Array = randomBytes(16)) =>
  signed(
    consentTypes.grant,
    encodeConsentGrant({
      ...{ consentId, certificateId, grantee: 1, purpose: ConsentPurpose.LOAN_APPROVAL },
      ...{ mode: ConsentMode.COUNT, maxUses: 1 },
    }),
  );

/** What is left of a good text: its beginning, noise of its length, or more than a door takes. */
function spoilt(good: string, i: number): string {
  if (i % 100 === 0) return 'A'.repeat(4 * limits.recordBytesMax);
  const length = (i * 7919) % good.length;
  if (i % 2 === 0) return good.slice(0, length);
  const at = length % (good.length - 2);
  return `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;
}

async function flood(url: string, request: (i: number) => { payload: string; headers: Record<string, string> }) {
  const tip = haikou.city.lanes()[0]?.heldSequence;
  const codes = new Set<string>();
  for (let i = 0; i < COUNT; i++) {
    const answer = await haikou.app.inject({ method: 'POST', url, ...request(i) });
    if (answer.statusCode < 400 || answer.statusCode >= 500) throw new Error(`${answer.statusCode} ${answer.body}`);
    codes.add(answer.json().code);
    haikou.log.length = 0;
  }
  expect(haikou.city.lanes()[0]?.heldSequence).toBe(tip);
  return codes;
}

const json = { 'content-type': 'application/json' };

describe('the doors without a token', () => {
  it('refuse 10,000 consents that are too large, cut off or changed, and take the next good one', async () => {
    const record = grant();
    const codes = await flood('/v1/consents', (i) => ({
      payload: i % 10 === 9 ? '{"record":' : JSON.stringify({ record: spoilt(record, i) }),
      headers: json,
    }));
    expect([...codes]).toEqual(expect.arrayContaining(['FIELD_INVALID', 'MALFORMED', 'ACTOR_SIGNATURE_INVALID']));
    // Noise keeps no holder out: it does not count to what the city carries.
    expect(codes).not.toContain('RATE_EXCEEDED');
    const good = await haikou.call(undefined, 'POST', '/v1/consents', { payload: { record } });
    expect(good.json()).toMatchObject({ code: 'CERTIFICATE_UNKNOWN' });
  });

  it('refuse 10,000 withdrawals of that kind', async () => {
    const record = signed(consentTypes.withdraw, encodeConsentWithdraw({ consentId }));
    const url = `/v1/consents/${consentId.toString('hex')}/withdraw`;
    const codes = await flood(url, (i) => ({ payload: JSON.stringify({ record: spoilt(record, i) }), headers: json }));
    expect(codes).not.toContain('RATE_EXCEEDED');
    expect((await haikou.call(undefined, 'POST', url, { payload: { record } })).json().code).toBe('CONSENT_UNKNOWN');
  });

  it('refuse 10,000 applications whose proof is none, keep nothing of them, and take the next good one', async () => {
    const proof = randomBytes(400).toString('base64url');
    const forged = `${proof.slice(0, 90)}.${proof}.x`;
    const codes = await flood('/v1/applications', (i) => ({
      payload: JSON.stringify({ account, purpose: 'transfer' }),
      headers: { ...json, ...(i % 3 === 0 ? {} : { 'hansa-holder': spoilt(forged, i) }) },
    }));
    expect([...codes].sort()).toEqual(['HOLDER_PROOF_INVALID', 'HOLDER_PROOF_MISSING']);
    expect((await haikou.call('issuer', 'GET', '/v1/applications')).json().applications).toEqual([]);
    const wish = { account, purpose: 'transfer' };
    expect((await asHolder(haikou, holderOf('wu'), 'POST', '/v1/applications', wish)).json()).toMatchObject({
      state: 'pending',
    });
  });

  it('carry consents up to a bound, to which only those count that would be sealed', async () => {
    const [{ id }] = (await haikou.call('issuer', 'GET', '/v1/applications')).json().applications;
    const payload = { handler: 'op08' };
    const { code } = (await haikou.call('issuer', 'POST', `/v1/applications/${id}/approve`, { payload })).json();
    const full = () => {
      throw new HansaError('RATE_EXCEEDED', 'full');
    };
    const submission = { one: async (_: unknown, prepare: () => Promise<unknown>) => prepare() };
    const service = new ConsentService(haikou.city, submission as never, haikou.exchange.consents, {
      nowMs: testNowMs,
    } as never);
    const carried = async (record: string) =>
      service.submit(new Uint8Array(Buffer.from(record, 'base64')), {} as never, 'final', full).then(
        () => 'carried',
        (error: HansaError) => error.code,
      );
    expect(await carried(grant())).toBe('CERTIFICATE_UNKNOWN');
    expect(await carried(grant(Buffer.from(code, 'hex')))).toBe('RATE_EXCEEDED');
  });
});
