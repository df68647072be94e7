import { randomBytes } from 'node:crypto';
import { toHex, unwrap } from '@hansa/protocol';
import { verifyAccessProof } from '@hansa/protocol/access';
import {
  ConsentMode,
  ConsentPurpose,
  consentTypes,
  encodeConsentGrant,
  encodeConsentWithdraw,
} from '@hansa/protocol/families';
import { verifyReceipt } from '@hansa/protocol/receipt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HolderKeyPair } from '../../src/credential/index.ts';
import { nativeCrypto } from '../../src/crypto/index.ts';
import { consentRecord } from '../../src/wallet/consent-record.ts';
import { testNowMs, until } from './cities.ts';
import { accessesAt, account, type Door, type Doors, openDoors } from './fixture.ts';
import { asHolder, holderOf } from './holder.ts';

/** Haikou issues, the holder consents, Sanya reads: four cities that agree for real, each with its exchange. */
let doors: Doors;
let haikou: Door;
let sanya: Door;
let danzhou: Door;
/** Whoever the certificate was issued to: each is another wallet, because one wallet may not apply without end. */
const holders = new Map<string, HolderKeyPair>();
const holderAt = (certificate: string) => holders.get(certificate) as HolderKeyPair;

beforeAll(async () => {
  doors = await openDoors(4);
  [haikou, sanya, danzhou] = doors.doors as [Door, Door, Door];
});
afterAll(() => doors.close());

/** Not soon. */
const FAR_MS = Date.UTC(2027, 5, 1);

interface Bounds {
  readonly grantee?: number;
  readonly purpose?: ConsentPurpose;
  readonly maxUses?: number;
  readonly fromMs?: number;
  readonly toMs?: number;
}

function actorSigned(type: number, body: Uint8Array, secretKey: Uint8Array): string {
  return consentRecord(doors.federation.genesis, { secretKey, scheme: 'ed25519' }, type, body);
}

function grantOf(certificate: string, bounds: Bounds = {}, secretKey = holderAt(certificate).secretKey) {
  const consentId = new Uint8Array(randomBytes(16));
  const { fromMs = 0, toMs = 0, maxUses = toMs === 0 ? 2 : 0 } = bounds;
  const body = encodeConsentGrant({
    ...{ consentId, certificateId: Buffer.from(certificate, 'hex'), grantee: (bounds.grantee ?? 1) + 1 },
    ...{ purpose: bounds.purpose ?? ConsentPurpose.LOAN_APPROVAL, maxUses },
    ...{ fromMs: BigInt(fromMs), toMs: BigInt(toMs) },
    mode: toMs === 0 ? ConsentMode.COUNT : maxUses === 0 ? ConsentMode.TIME : ConsentMode.TIME_COUNT,
  });
  return { id: toHex(consentId), record: actorSigned(consentTypes.grant, body, secretKey) };
}

async function issued(): Promise<string> {
  const wish = { account, addressedTo: 'sanya', purpose: 'loan-approval' };
  // One city has few active certificates of a person: those of earlier tests go.
  const oldest = [...holders.keys()][holders.size - 5];
  if (oldest !== undefined) {
    const payload = { reason: 'error', handler: 'op08' };
    await haikou.call('issuer', 'POST', `/v1/certificates/${oldest}/revoke`, { payload });
  }
  const holder = holderOf(`wallet ${holders.size}`);
  const { id } = (await asHolder(haikou, holder, 'POST', '/v1/applications', wish)).json();
  const approved = await haikou.call('issuer', 'POST', `/v1/applications/${id}/approve`, {
    payload: { handler: 'op08' },
  });
  await doors.settled();
  expect(approved.json(), approved.body).toMatchObject({ code: expect.any(String) });
  const { code } = approved.json();
  holders.set(code, holder);
  return code;
}

async function consented(certificate: string, bounds?: Bounds): Promise<string> {
  const { id, record } = grantOf(certificate, bounds);
  const answer = await danzhou.call(undefined, 'POST', '/v1/consents', { payload: { record } });
  expect(answer.json(), answer.body).toMatchObject({ id, state: 'final' });
  await doors.actedOn();
  return id;
}

const open = (door: Door, certificate: string, consent: string, changes: object = {}) =>
  door.call('clerk', 'POST', `/v1/certificates/${certificate}/open`, {
    payload: { consent, purpose: 'loan-approval', case: 'LOAN-2026-0117', handler: 'op03', ...changes },
  });

describe('a consent', () => {
  it('brings the payload to its grantee at once, sealed, and both cities keep the receipt (P3)', async () => {
    const certificate = await issued();
    const consent = await consented(certificate);
    expect(await sanya.exchange.delivered.held()).toHaveLength(1);
    const [[atHaikou], [atSanya]] = [
      (await accessesAt(haikou)).filter((each: { consent: string }) => each.consent === consent),
      (await accessesAt(sanya)).filter((each: { consent: string }) => each.consent === consent),
    ];
    expect(atHaikou).toMatchObject({ kind: 'delivery', reader: 'sanya', holder: 'haikou', outcome: 'granted' });
    expect(atSanya).toEqual({ ...atHaikou });
    const opened = await open(sanya, certificate, consent);
    expect(opened.json(), opened.body).toMatchObject({
      source: 'delivered',
      document: { format: 'hansa-deposit-certificate/1', code: certificate },
    });
  });

  it('opened from the vault leaves a receipt in both cities as well, once (P3)', async () => {
    const certificate = await issued();
    const consent = await consented(certificate);
    const headers = { 'idempotency-key': `opening-${certificate}` };
    const payload = { consent, purpose: 'loan-approval', case: 'LOAN-OF-THE-VAULT', handler: 'op03' };
    for (const _again of [1, 2]) {
      const opened = await sanya.call('clerk', 'POST', `/v1/certificates/${certificate}/open`, { payload, headers });
      expect(opened.json(), opened.body).toMatchObject({ source: 'delivered' });
      await doors.actedOn();
    }
    const reads = async (door: Door) =>
      (await accessesAt(door)).filter(
        (each: { consent: string; kind: string }) => each.consent === consent && each.kind === 'read',
      );
    const [atSanya] = [await reads(sanya)];
    expect(atSanya).toMatchObject([{ outcome: 'granted', reader: 'sanya', holder: 'haikou', officer: 'op03' }]);
    expect((await reads(haikou)).map(({ id }: { id: string }) => id)).toEqual([atSanya[0].id]);
    expect(await accessesAt(sanya, '&case=LOAN-OF-THE-VAULT')).toMatchObject([{ id: atSanya[0].id }]);
  });

  it('counts its uses in the agreed order: the third of two is refused, and both cities have a receipt (P3)', async () => {
    const certificate = await issued();
    const consent = await consented(certificate);
    for (const _use of [1, 2]) expect((await open(sanya, certificate, consent)).statusCode).toBe(200);
    const third = await open(sanya, certificate, consent);
    expect(third.json()).toMatchObject({ status: 422, code: 'CONSENT_EXHAUSTED' });
    await expectRefusal(consent, 'CONSENT_EXHAUSTED');
    const shown = (await sanya.call(undefined, 'GET', `/v1/consents/${consent}`)).json();
    expect(shown.consent).toMatchObject({ status: 'exhausted', uses: 2, usesLeft: 0, grantee: 'sanya' });
  });

  it('gives its last use to one of two who ask at once (P3)', async () => {
    const certificate = await issued();
    const consent = await consented(certificate, { maxUses: 1 });
    const answers = await Promise.all(
      [1, 2].map((each) => open(sanya, certificate, consent, { case: `CASE-${each}` })),
    );
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 422]);
    expect(answers.find(({ statusCode }) => statusCode === 422)?.json().code).toBe('CONSENT_EXHAUSTED');
  });

  it.each([
    ['for another purpose', {}, { purpose: 'loan-review' }, 'CONSENT_WRONG_PURPOSE'],
    ['for another city', { grantee: 2 }, {}, 'CONSENT_NOT_GRANTEE'],
    ['that has not begun', { fromMs: FAR_MS, toMs: FAR_MS + 1000 }, {}, 'CONSENT_NOT_YET'],
  ] as const)(
    '%s opens nothing, with its own code, receipted on both sides (P3)',
    async (_what, bounds, changes, code) => {
      const certificate = await issued();
      const consent = await consented(certificate, bounds);
      expect((await open(sanya, certificate, consent, changes)).json()).toMatchObject({ code });
      await expectRefusal(consent, code);
    },
  );

  it('that ran out or was never granted opens nothing, with its own code, receipted on both sides (P3)', async () => {
    const certificate = await issued();
    // As short as this machine can agree on it.
    let [toMs, consent] = [0, ''];
    for (let leftMs = 500; consent === ''; leftMs *= 2) {
      toMs = testNowMs() + leftMs;
      const { id, record } = grantOf(certificate, { fromMs: toMs - 60_000, toMs });
      const answer = await danzhou.call(undefined, 'POST', '/v1/consents', { payload: { record } });
      if (answer.statusCode === 201) consent = id;
      else expect(answer.json()).toMatchObject({ code: 'CONSENT_EXPIRED' });
    }
    await doors.actedOn();
    while (testNowMs() <= toMs) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await open(sanya, certificate, consent)).json()).toMatchObject({ code: 'CONSENT_EXPIRED' });
    await expectRefusal(consent, 'CONSENT_EXPIRED');
    const unknown = toHex(randomBytes(16));
    expect((await open(sanya, certificate, unknown)).json()).toMatchObject({ status: 404, code: 'CONSENT_UNKNOWN' });
    await expectRefusal(unknown, 'CONSENT_UNKNOWN');
  });

  it('withdrawn in the middle of a case ends it; the receipt of before stays, and the grantee forgets (P3)', async () => {
    const certificate = await issued();
    const consent = await consented(certificate);
    expect((await open(sanya, certificate, consent)).statusCode).toBe(200);
    const before = await accessesAt(sanya);
    const record = actorSigned(
      consentTypes.withdraw,
      encodeConsentWithdraw({ consentId: Buffer.from(consent, 'hex') }),
      holderAt(certificate).secretKey,
    );
    const withdrawn = await sanya.call(undefined, 'POST', `/v1/consents/${consent}/withdraw`, { payload: { record } });
    expect(withdrawn.json(), withdrawn.body).toMatchObject({ state: 'final' });
    await doors.actedOn();
    expect((await open(sanya, certificate, consent)).json()).toMatchObject({ code: 'CONSENT_WITHDRAWN' });
    await expectRefusal(consent, 'CONSENT_WITHDRAWN');
    expect((await sanya.exchange.delivered.held()).map(({ consentId }) => toHex(consentId))).not.toContain(consent);
    expect(await accessesAt(sanya)).toEqual(
      expect.arrayContaining(before.map(({ id }: { id: string }) => expect.objectContaining({ id }))),
    );
    const { location } = (await sanya.call('clerk', 'GET', `/v1/certificates/${certificate}`)).json().certificate;
    const acknowledged = (await haikou.call('auditor', 'GET', `/v1/erasures/${location}`)).json().acknowledged;
    expect(acknowledged).toMatchObject([{ city: 'sanya', reason: 'withdrawn' }]);
    // Sent twice, it is one withdrawal.
    const again = await danzhou.call(undefined, 'POST', `/v1/consents/${consent}/withdraw`, { payload: { record } });
    expect(again.json()).toMatchObject({ location: withdrawn.json().location, state: 'final' });
  });

  it('opened under an Idempotency-Key takes one use, and opens no more with that key once it is withdrawn (P1, P3)', async () => {
    const certificate = await issued();
    const consent = await consented(certificate);
    const headers = { 'idempotency-key': randomBytes(16).toString('hex') };
    const payload = { consent, purpose: 'loan-approval', case: 'LOAN-2026-0117', handler: 'op03' };
    const send = () => sanya.call('clerk', 'POST', `/v1/certificates/${certificate}/open`, { headers, payload });
    const first = await send();
    const again = await send();
    expect(again.json(), again.body).toMatchObject({ use: first.json().use, document: first.json().document });
    const { uses } = (await sanya.call(undefined, 'GET', `/v1/consents/${consent}`)).json().consent;
    expect(uses).toBe(1);
    const body = encodeConsentWithdraw({ consentId: Buffer.from(consent, 'hex') });
    const record = actorSigned(consentTypes.withdraw, body, holderAt(certificate).secretKey);
    await sanya.call(undefined, 'POST', `/v1/consents/${consent}/withdraw`, { payload: { record } });
    await doors.actedOn();
    expect((await send()).json()).toMatchObject({ code: 'CONSENT_WITHDRAWN' });
  });

  it('opens only the certificate that it is for (P3)', async () => {
    const [certificate, another] = [await issued(), await issued()];
    const consent = await consented(certificate);
    const answer = await open(sanya, another, consent);
    expect(answer.statusCode, answer.body).toBe(422);
    expect(answer.json().code).toBe('CONSENT_OTHER_CERTIFICATE');
  });

  it('that another key signed, or that was changed, is refused before it is sealed; a replay changes nothing (P3)', async () => {
    const certificate = await issued();
    const post = async (record: string) =>
      (await danzhou.call(undefined, 'POST', '/v1/consents', { payload: { record } })).json();
    expect(await post(grantOf(certificate, {}, holderOf('a stranger').secretKey).record)).toMatchObject({
      code: 'CONSENT_NOT_BY_HOLDER',
    });
    const { record } = grantOf(certificate);
    const changed = Buffer.from(record, 'base64');
    changed[60] = (changed[60] as number) ^ 1;
    expect((await post(changed.toString('base64'))).code).toMatch(
      /^(ACTOR_SIGNATURE_INVALID|MALFORMED|CERTIFICATE_UNKNOWN)$/,
    );
    const first = await post(record);
    expect(first).toMatchObject({ state: 'final' });
    await doors.settled();
    const replayed = await sanya.call(undefined, 'POST', '/v1/consents', { payload: { record } });
    expect(replayed.json()).toMatchObject({ location: first.location, state: 'final' });
  });
});

describe('who looked', () => {
  it('is in the batches of both cities, complete, and a hidden receipt is proven missing (P3)', async () => {
    const certificate = await issued();
    const consent = await consented(certificate);
    await open(sanya, certificate, consent);
    const patience = AbortSignal.timeout(60_000);
    expect(await haikou.exchange.batches.seal(patience)).toBe(true);
    expect(await sanya.exchange.batches.seal(patience)).toBe(true);
    await doors.actedOn();
    const testimony = (await haikou.call('auditor', 'GET', '/v1/access/testimony')).json();
    const verify = async (door: Door, changed: object) =>
      (await door.call('auditor', 'POST', '/v1/access/verify', { payload: { testimony: changed } })).json();
    const verdict = await verify(sanya, testimony);
    expect(verdict).toMatchObject({ city: 'haikou', withheld: [], missing: [] });
    expect(verdict.accesses.some((each: { consent: string }) => each.consent === consent)).toBe(true);
    // A city that shows one receipt less is told which.
    const less = await verify(sanya, { ...testimony, receipts: testimony.receipts.slice(1) });
    expect(less.withheld).toHaveLength(1);
    // One that leaves it out of its batch has another root than the ledger.
    const [batch] = testimony.batches;
    const forged = { ...testimony, batches: [{ ...batch, ids: batch.ids.slice(1) }, ...testimony.batches.slice(1)] };
    expect(await verify(sanya, forged)).toMatchObject({ code: 'ACCESS_BATCH_UNKNOWN' });
    for (const period of [{ fromMs: 2 ** 50, toMs: 2 ** 51 }, { toMs: testimony.fromMs }]) {
      expect(await verify(sanya, { ...testimony, ...period })).toMatchObject({ status: 400, code: 'FIELD_INVALID' });
    }
    const [access] = (await accessesAt(sanya)).filter((each: { consent: string }) => each.consent === consent);
    const proven = await sanya.call('auditor', 'POST', '/v1/access/prove', {
      payload: { receipt: access.id, testimony },
    });
    const context = { ...doors.federation, crypto: nativeCrypto };
    const proof = unwrap(verifyAccessProof(context, new Uint8Array(Buffer.from(proven.json().proof, 'base64'))));
    expect(proof.present).toBe(true);
    expect(unwrap(verifyReceipt(context, proof.ledgerReceipt)).record?.location).toEqual(proof.batch.location);
    expect(access.batch).toMatch(/^sanya\//);
  });

  it('is told to the holder of the certificate, and found by case (P4)', async () => {
    const certificate = await issued();
    const consent = await consented(certificate);
    const unknown = toHex(randomBytes(16));
    await open(sanya, certificate, unknown, { case: 'LOAN-OF-A-NAME' });
    await doors.actedOn();
    const own = await asHolder(haikou, holderAt(certificate), 'GET', `/v1/holder/certificates/${certificate}/accesses`);
    expect(own.json().accesses).toMatchObject([
      { kind: 'delivery', consent },
      { kind: 'read', outcome: 'refused', code: 'CONSENT_UNKNOWN' },
    ]);
    const stranger = await asHolder(
      haikou,
      holderOf('a stranger'),
      'GET',
      `/v1/holder/certificates/${certificate}/accesses`,
    );
    expect(stranger.json()).toMatchObject({ code: 'NOT_CERTIFICATE_HOLDER' });
    expect(await accessesAt(sanya, '&case=LOAN-OF-A-NAME')).toMatchObject([{ consent: unknown, officer: 'op03' }]);
    expect(await accessesAt(haikou, '&case=LOAN-OF-A-NAME')).toEqual([]);
    expect(await accessesAt(sanya, '&officer=nobody')).toEqual([]);
  });
});

describe('an erasure', () => {
  it('deletes payload and salt here, and is acknowledged by every holder (P1)', async () => {
    const certificate = await issued();
    const consent = await consented(certificate);
    expect((await sanya.exchange.delivered.held()).map(({ consentId }) => toHex(consentId))).toContain(consent);
    const erased = await haikou.call('issuer', 'POST', `/v1/certificates/${certificate}/erase`, {
      payload: { reason: 'holder-request', handler: 'op08' },
    });
    expect(erased.json(), erased.body).toMatchObject({
      acknowledged: expect.arrayContaining([expect.objectContaining({ city: 'haikou', reason: 'holder-request' })]),
    });
    await until(async () => {
      await doors.actedOn();
      const { acknowledged } = (await haikou.call('auditor', 'GET', `/v1/erasures/${erased.json().record}`)).json();
      return acknowledged.length === 2;
    });
    expect((await sanya.exchange.delivered.held()).map(({ consentId }) => toHex(consentId))).not.toContain(consent);
    expect((await open(sanya, certificate, consent)).json()).toMatchObject({ code: 'PAYLOAD_ERASED' });
    const notices = (await sanya.call('operator', 'GET', '/v1/notices')).json().notices;
    expect(notices).toMatchObject([{ from: 'haikou', record: erased.json().record, reason: 'holder-request' }]);
    const looked = await haikou.call('issuer', 'GET', `/v1/certificates/${certificate}`);
    expect(looked.json().document).toBeUndefined();
  });
});

/** Both cities have the refusal of a read, with the same receipt. On a slow machine a delivery may come too late as well. */
async function expectRefusal(consent: string, code: string): Promise<void> {
  await doors.actedOn();
  const refusedAt = async (door: Door) =>
    (await accessesAt(door)).filter(
      (each: { consent: string; outcome: string; kind: string }) =>
        each.consent === consent && each.outcome === 'refused' && each.kind === 'read',
    );
  const [atHaikou, atSanya] = [await refusedAt(haikou), await refusedAt(sanya)];
  expect(atSanya).toMatchObject([{ code, kind: 'read', reader: 'sanya', holder: 'haikou' }]);
  expect(atHaikou.map(({ id }: { id: string }) => id)).toEqual(atSanya.map(({ id }: { id: string }) => id));
}
