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
import { spoilt } from '../flood.ts';
import { testNowMs } from './cities.ts';
import { account, type Door, type Doors, openDoors } from './fixture.ts';
import { flood, json } from './flood.ts';
import { asHolder, holderOf } from './holder.ts';

/** Ten thousand requests that are too large, cut off or noise, at each door of the API that takes what needs no token. */
let doors: Doors;
let haikou: Door;
beforeAll(async () => {
  doors = await openDoors(1);
  [haikou] = doors.doors as [Door];
});
afterAll(() => doors.close());

const large = 'A'.repeat(4 * limits.recordBytesMax);
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

describe('the doors without a token', () => {
  it('refuse 10,000 consents that are too large, cut off or changed, and take the next good one', async () => {
    const record = grant();
    const codes = await flood(haikou, undefined, '/v1/consents', (i) => ({
      payload: i % 10 === 9 ? '{"record":' : JSON.stringify({ record: spoilt(record, i, large) }),
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
    const codes = await flood(haikou, undefined, url, (i) => ({
      payload: JSON.stringify({ record: spoilt(record, i, large) }),
      headers: json,
    }));
    expect(codes).not.toContain('RATE_EXCEEDED');
    expect((await haikou.call(undefined, 'POST', url, { payload: { record } })).json().code).toBe('CONSENT_UNKNOWN');
  });

  it('refuse 10,000 applications whose proof is none, keep nothing of them, and take the next good one', async () => {
    const proof = randomBytes(400).toString('base64url');
    const forged = `${proof.slice(0, 90)}.${proof}.x`;
    const codes = await flood(haikou, undefined, '/v1/applications', (i) => ({
      payload: JSON.stringify({ account, purpose: 'transfer' }),
      headers: { ...json, ...(i % 3 === 0 ? {} : { 'hansa-holder': spoilt(forged, i, large) }) },
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
