import { createReadStream } from 'node:fs';
import { fromHex, toHex, unwrap } from '@hansa/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { credentialStanding, verifyCredential } from '../../src/credential/index.ts';
import { nativeCrypto as crypto } from '../../src/crypto/index.ts';
import { testNowMs } from './cities.ts';
import { account, type Door, type Doors, openDoors } from './fixture.ts';
import { asHolder, challengeOf, holderOf, phoneOf, type Tampering } from './holder.ts';

let doors: Doors;
let haikou: Door;
let sanya: Door;
beforeAll(async () => {
  doors = await openDoors(4);
  [haikou, sanya] = doors.doors as [Door, Door];
});
afterAll(() => doors.close());

/** A person with a normal account at both centres. */
const otherAccount = '01100000021';
const accountsOfHaikou = () => createReadStream(new URL('../../data/centres/haikou/accounts.csv', import.meta.url));

const wish = { account, addressedTo: 'sanya', purpose: 'loan-approval' };
const officer = { handler: 'op08' };
const apply = async (name: string, body: object = wish) =>
  (await asHolder(haikou, holderOf(name), 'POST', '/v1/applications', body)).json();
const approve = (id: string, body: object = officer) =>
  haikou.call('issuer', 'POST', `/v1/applications/${id}/approve`, { payload: body });
const waiting = async () => (await haikou.call('issuer', 'GET', '/v1/applications')).json().applications;

/** An approved application: the code of its certificate, final in every city. */
async function certified(name: string, body: object = wish): Promise<string> {
  const { id } = await apply(name, body);
  const { code } = (await approve(id)).json();
  await doors.settled();
  return code;
}

describe('P4: a citizen applies from the phone', () => {
  test('an officer sees it, approves it, and the citizen gets certificate, copy, document and receipt', async () => {
    const holder = holderOf('wu');
    const application = await apply('wu');
    expect(application).toMatchObject({ state: 'pending', purpose: 'loan-approval', certificate: null });
    expect(await waiting()).toContainEqual(
      expect.objectContaining({ id: application.id, account, holderKey: toHex(holder.publicKey) }),
    );
    const approved = await approve(application.id);
    expect(approved.json()).toMatchObject({ state: 'final' });
    expect(approved.statusCode).toBe(201);
    const { code } = approved.json();
    const own = await asHolder(haikou, holder, 'GET', `/v1/applications/${application.id}`);
    expect(own.json()).toMatchObject({ state: 'approved', certificate: code });

    const copy = (await asHolder(haikou, holder, 'GET', `/v1/holder/certificates/${code}`)).json();
    const context = { genesis: doors.federation.genesis, crypto };
    const credential = unwrap(verifyCredential(context, copy.credential, testNowMs()));
    expect(credential.holderKey).toEqual(holder.publicKey);
    expect(credential.disclosed.accountNumber).toBe(account);
    expect(copy.document.accountNumber).toBe(account);
    const standing = credentialStanding(context, credential, Buffer.from(copy.receipt, 'base64'), testNowMs());
    expect(unwrap(standing).status).toBe('active');
  });

  test('the status is the receipt\u2019s: used, and it shows, at another city too', async () => {
    const holder = holderOf('used');
    const code = await certified('used');
    const at = async (door: Door) => (await asHolder(door, holder, 'GET', `/v1/holder/certificates/${code}`)).json();
    const { credential } = await at(haikou);
    const body = { loanReference: 'LOAN-1', handler: 'op03' };
    const used = await sanya.call('clerk', 'POST', `/v1/certificates/${code}/use`, { payload: body });
    expect(used.json()).toMatchObject({ state: 'final' });
    await doors.settled();
    const elsewhere = await at(sanya);
    expect(elsewhere.credential).toBeUndefined();
    const context = { genesis: doors.federation.genesis, crypto };
    const verified = unwrap(verifyCredential(context, credential, testNowMs()));
    const receipt = Buffer.from(elsewhere.receipt, 'base64');
    expect(unwrap(credentialStanding(context, verified, receipt, testNowMs())).status).toBe('used');
  });

  test('two cities that certify one person at once: the copy is in conflict, by the receipt', async () => {
    const holder = holderOf('both');
    const code = await certified('both', { ...wish, account: otherAccount });
    for await (const _ of sanya.registry.import('accounts', accountsOfHaikou(), { mapping: 'haikou', dryRun: false }));
    const payload = { account: otherAccount, handler: 'op03' };
    const issued = await sanya.call('issuer', 'POST', '/v1/certificates', { payload });
    expect(issued.json()).toMatchObject({ state: 'final' });
    await doors.settled();
    const copy = (await asHolder(haikou, holder, 'GET', `/v1/holder/certificates/${code}`)).json();
    const context = { genesis: doors.federation.genesis, crypto };
    const credential = unwrap(verifyCredential(context, copy.credential, testNowMs()));
    const receipt = Buffer.from(copy.receipt, 'base64');
    expect(unwrap(credentialStanding(context, credential, receipt, testNowMs())).status).toBe('conflict');
    const revocation = { reason: 'error', handler: 'op03' };
    await sanya.call('issuer', 'POST', `/v1/certificates/${issued.json().code}/revoke`, { payload: revocation });
    await doors.settled();
    const after = (await asHolder(haikou, holder, 'GET', `/v1/holder/certificates/${code}`)).json();
    const cleared = credentialStanding(context, credential, Buffer.from(after.receipt, 'base64'), testNowMs());
    expect(unwrap(cleared).status).toBe('active');
  });

  test('the status is the receipt’s: revoked as soon as its issuer says so, and a receipt of before does not know it', async () => {
    const holder = holderOf('revoked');
    const code = await certified('revoked');
    const at = async () => (await asHolder(haikou, holder, 'GET', `/v1/holder/certificates/${code}`)).json();
    const context = { genesis: doors.federation.genesis, crypto };
    const { credential, receipt } = await at();
    const verified = unwrap(verifyCredential(context, credential, testNowMs()));
    const statusOf = (bytes: string) =>
      unwrap(credentialStanding(context, verified, Buffer.from(bytes, 'base64'), testNowMs())).status;
    expect(statusOf(receipt)).toBe('active');
    const payload = { reason: 'account-changed', handler: 'op08' };
    await haikou.call('issuer', 'POST', `/v1/certificates/${code}/revoke`, { payload });
    await doors.settled();
    expect(statusOf((await at()).receipt)).toBe('revoked');
    expect(statusOf(receipt)).toBe('active');
    const { staleAfterMs } = context.genesis.policy.lookup;
    const isStale = (atMs: number) =>
      unwrap(credentialStanding(context, verified, Buffer.from(receipt, 'base64'), atMs)).stale;
    expect([isStale(testNowMs()), isStale(testNowMs() + 2 * staleAfterMs)]).toEqual([false, true]);
  });

  test('the status is the receipt’s: expired once the last day is over, also by a receipt of before (L4)', async () => {
    const code = await certified('month three', { ...wish, account: otherAccount });
    const context = { genesis: doors.federation.genesis, crypto };
    const path = `/v1/holder/certificates/${code}`;
    const copy = (await asHolder(haikou, holderOf('month three'), 'GET', path)).json();
    const verified = unwrap(verifyCredential(context, copy.credential, testNowMs()));
    const receipt = Buffer.from(copy.receipt, 'base64');
    const later = (days: number) => testNowMs() + days * 86_400_000;
    const statusAt = (atMs: number) => unwrap(credentialStanding(context, verified, receipt, atMs)).status;
    expect(statusAt(later(58))).toBe('active');
    expect(statusAt(later(63))).toBe('expired');
    expect(verifyCredential(context, copy.credential, later(63))).toMatchObject({ ok: false });
  });

  test('at the counter the issuer binds the key that the citizen shows, and only its wallet gets the copy', async () => {
    for (const holder of [holderOf('at the counter'), phoneOf('at the counter')]) {
      const payload = { account: otherAccount, handler: 'op08', holderKey: toHex(holder.publicKey) };
      const issued = (await haikou.call('issuer', 'POST', '/v1/certificates', { payload })).json();
      expect(issued).toMatchObject({ state: 'final' });
      await doors.settled();
      const path = `/v1/holder/certificates/${issued.code}`;
      const copy = (await asHolder(haikou, holder, 'GET', path)).json();
      const context = { genesis: doors.federation.genesis, crypto };
      expect(unwrap(verifyCredential(context, copy.credential, testNowMs())).holderKey).toEqual(holder.publicKey);
      const stranger = await asHolder(haikou, holderOf('thief'), 'GET', path);
      expect(stranger.json()).toMatchObject({ code: 'NOT_CERTIFICATE_HOLDER' });
      const reason = { reason: 'error', handler: 'op08' };
      await haikou.call('issuer', 'POST', `/v1/certificates/${issued.code}/revoke`, { payload: reason });
    }
    for (const holderKey of ['00', `02${'f'.repeat(64)}`, `04${'1'.repeat(64)}`]) {
      const payload = { account: otherAccount, handler: 'op08', holderKey };
      const refused = await haikou.call('issuer', 'POST', '/v1/certificates', { payload });
      expect(refused.json()).toMatchObject({ status: 400, code: 'FIELD_INVALID' });
    }
  });

  test('a receipt of another certificate says nothing about this one', async () => {
    const [mine, other] = [await certified('mine'), await certified('other')];
    const copy = (await asHolder(haikou, holderOf('mine'), 'GET', `/v1/holder/certificates/${mine}`)).json();
    const foreign = (await asHolder(haikou, holderOf('other'), 'GET', `/v1/holder/certificates/${other}`)).json();
    const context = { genesis: doors.federation.genesis, crypto };
    const credential = unwrap(verifyCredential(context, copy.credential, testNowMs()));
    const receipt = Buffer.from(foreign.receipt, 'base64');
    expect(credentialStanding(context, credential, receipt, testNowMs())).toMatchObject({
      ok: false,
      error: { code: 'RECEIPT_LACKS_FACT' },
    });
    const own = Buffer.from(copy.receipt, 'base64');
    for (const wrong of [
      { holderKey: holderOf('other').publicKey },
      { validUntil: credential.validUntil + 1 },
      { issuer: sanya.city.self },
    ]) {
      expect(credentialStanding(context, { ...credential, ...wrong }, own, testNowMs())).toMatchObject({
        ok: false,
        error: { code: 'CREDENTIAL_NOT_OF_RECEIPT' },
      });
    }
  });

  test('there is one copy, however often it is fetched', async () => {
    const code = await certified('twice');
    const path = `/v1/holder/certificates/${code}`;
    const copies = await Promise.all(
      Array.from({ length: 4 }, async () => (await asHolder(haikou, holderOf('twice'), 'GET', path)).json().credential),
    );
    expect(new Set(copies).size).toBe(1);
  });

  test('P1: with the payload the copy is erased', async () => {
    const code = await certified('erased');
    const path = `/v1/holder/certificates/${code}`;
    const before = (await asHolder(haikou, holderOf('erased'), 'GET', path)).json();
    expect(before.credential).toBeTruthy();
    const commitment = fromHex(before.certificate.commitment) as Uint8Array;
    await haikou.registry.erase(commitment);
    expect(await haikou.registry.credentialCopy(commitment)).toBeUndefined();
    const after = (await asHolder(haikou, holderOf('erased'), 'GET', path)).json();
    expect(after).not.toHaveProperty('credential');
    expect(after.certificate.status).toBe('active');
  });

  test('a refusal has a reason that the citizen sees', async () => {
    const { id } = await apply('refused');
    const payload = { handler: 'op08', reason: 'identity-not-confirmed' };
    const refused = await haikou.call('issuer', 'POST', `/v1/applications/${id}/refuse`, { payload });
    expect(refused.json()).toMatchObject({ state: 'refused', refusal: 'identity-not-confirmed' });
    expect(await waiting()).not.toContainEqual(expect.objectContaining({ id }));
    expect((await approve(id)).json()).toMatchObject({ status: 409, code: 'APPLICATION_DECIDED' });
  });

  test('P1: once decided, no account number is kept with it', async () => {
    const { id } = await apply('forgotten', { ...wish, phone: '0898-123' });
    expect(await haikou.registry.applications.get(id)).toMatchObject({ account, phone: '0898-123' });
    await approve(id);
    const kept = JSON.stringify(await haikou.registry.applications.get(id));
    expect(kept).toContain('op08');
    expect(kept).not.toContain(account);
    expect(kept).not.toContain('0898-123');
  });

  test('R2: approving twice issues once', async () => {
    const { id } = await apply('double');
    const [first, second] = await Promise.all([approve(id), approve(id)]);
    expect([first.statusCode, second.statusCode].sort()).toEqual([201, 409]);
  });

  test('the same application sent again while it waits is one', async () => {
    const [first, second] = [await apply('again'), await apply('again')];
    expect(second.id).toBe(first.id);
    expect((await apply('again', { ...wish, purpose: 'transfer' })).id).not.toBe(first.id);
  });

  test('an account that there is not is found out by the officer, not by the applicant', async () => {
    const { id, state } = await apply('guess', { account: '01199999999', purpose: 'transfer' });
    expect(state).toBe('pending');
    expect((await approve(id)).json().code).toBe('ACCOUNT_UNKNOWN');
    // It goes on waiting: the newest export may have the account.
    expect(await waiting()).toContainEqual(expect.objectContaining({ id }));
  });
});

describe('P4: abuse of applications', () => {
  test('another key sees neither application nor certificate', async () => {
    const { id } = await apply('private');
    const thief = holderOf('thief');
    expect((await asHolder(haikou, thief, 'GET', `/v1/applications/${id}`)).json().code).toBe('APPLICATION_UNKNOWN');
    const approved = (await approve(id)).json();
    expect(approved).toMatchObject({ state: 'final' });
    const { code } = approved;
    await doors.settled();
    const looked = await asHolder(haikou, thief, 'GET', `/v1/holder/certificates/${code}`);
    expect(looked.json()).toMatchObject({ status: 403, code: 'NOT_CERTIFICATE_HOLDER' });
    expect(looked.payload).not.toContain(account);
  });

  test.each<[string, Tampering, string]>([
    ['with a challenge that the city never gave', { challenge: 'A'.repeat(43) }, 'CHALLENGE_INVALID'],
    ['with no challenge', { challenge: '' }, 'CHALLENGE_INVALID'],
    ['signed for another city', { audience: 'urn:hansa:00:sanya' }, 'HOLDER_PROOF_INVALID'],
    ['signed for another path', { signedPath: '/v1/applications/0' }, 'HOLDER_PROOF_INVALID'],
    ['signed for another method', { signedMethod: 'GET' }, 'HOLDER_PROOF_INVALID'],
    ['with a body that was changed', { signedBody: '{"account":"1","purpose":"transfer"}' }, 'HOLDER_PROOF_INVALID'],
    ['with a body where none was signed', { signedBody: '' }, 'HOLDER_PROOF_INVALID'],
    ['signed an hour ago', { signedAtMs: testNowMs() - 3_600_000 }, 'HOLDER_PROOF_INVALID'],
    ['with a broken proof', { headers: { 'hansa-holder': 'a.b.c' } }, 'HOLDER_PROOF_INVALID'],
    ['with a huge proof', { headers: { 'hansa-holder': 'a'.repeat(8000) } }, 'HOLDER_PROOF_INVALID'],
  ])('%s, a request is refused', async (_, tampering, code) => {
    const response = await asHolder(haikou, holderOf('tamper'), 'POST', '/v1/applications', wish, tampering);
    expect(response.json()).toMatchObject({ status: 401, code });
    expect(response.headers['www-authenticate']).toContain('Hansa-Holder');
  });

  test('a request that was overheard cannot be sent again', async () => {
    const challenge = await challengeOf(haikou);
    const send = () => asHolder(haikou, holderOf('replay'), 'GET', '/v1/applications/0', undefined, { challenge });
    expect((await send()).json().code).toBe('FIELD_INVALID');
    expect((await send()).json().code).toBe('CHALLENGE_INVALID');
  });

  test('a challenge of one city is none of another', async () => {
    const challenge = await challengeOf(sanya);
    const path = `/v1/applications/${'0'.repeat(32)}`;
    const response = await asHolder(haikou, holderOf('wu'), 'GET', path, undefined, { challenge });
    expect(response.json().code).toBe('CHALLENGE_INVALID');
  });

  test('one key gets five an hour, and is told when to come again', async () => {
    const codes: string[] = [];
    for (let i = 0; i < 6; i++) {
      const answer = await apply('greedy', { account: `0110000${i}`, purpose: 'transfer' });
      codes.push(answer.code ?? answer.state);
    }
    expect(codes).toEqual([...Array(5).fill('pending'), 'RATE_EXCEEDED']);
    const last = await asHolder(haikou, holderOf('greedy'), 'POST', '/v1/applications', {
      ...wish,
      account: '77',
    });
    expect(last.statusCode).toBe(429);
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(1);
  });

  test('a holder never gets the kept answer of another holder, under the same Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'one-for-all' };
    const first = await asHolder(haikou, holderOf('key-a'), 'POST', '/v1/applications', wish, { headers });
    const second = await asHolder(haikou, holderOf('key-b'), 'POST', '/v1/applications', wish, { headers });
    const again = await asHolder(haikou, holderOf('key-a'), 'POST', '/v1/applications', wish, { headers });
    expect(second.json().id).not.toBe(first.json().id);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.json()).toEqual(first.json());
  });

  test.each<[string, object, string]>([
    ['an unknown field', { ...wish, admin: true }, 'FIELD_UNKNOWN'],
    ['no account', { purpose: 'transfer' }, 'FIELD_MISSING'],
    ['a blank account', { ...wish, account: '  ' }, 'FIELD_INVALID'],
    ['a long account', { ...wish, account: '1'.repeat(33) }, 'FIELD_INVALID'],
    ['an unknown purpose', { ...wish, purpose: 'curiosity' }, 'FIELD_INVALID'],
    ['a city that there is not', { ...wish, addressedTo: 'atlantis' }, 'CITY_UNKNOWN'],
  ])('%s is refused', async (_, body, code) => {
    expect((await apply('malformed', body)).code).toBe(code);
  });

  test('P1: nothing of an application is in the log', () => {
    const log = haikou.log.join('\n');
    expect(log).toContain('POST /v1/applications');
    for (const secret of [account, '0898-123', toHex(holderOf('wu').publicKey), 'hansa-holder']) {
      expect(log).not.toContain(secret);
    }
  });
});
