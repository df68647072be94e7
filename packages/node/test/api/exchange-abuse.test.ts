import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { unwrap } from '@hansa/protocol';
import {
  type AccessAsked,
  encodeAccessRequest,
  encodeOpenedPayload,
  sealInfo,
  signAccessRequest,
  verifyAccessAnswer,
} from '@hansa/protocol/access';
import { formatLocation, type RecordLocation } from '@hansa/protocol/records';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { City } from '../../src/city/city.ts';
import { nativeCrypto } from '../../src/crypto/index.ts';
import { seal } from '../../src/exchange/seal.ts';
import { decodeExchangeReply, encodeExchangeRequest } from '../../src/exchange/wire.ts';
import { testNowMs } from './cities.ts';
import { type Door, type Doors, openDoor, openDoors, receiptsAt, unlistedNumber } from './fixture.ts';

/** What a city that keeps to no rules sends to the exchange door of another one, and a listing's way to its end. */
let doors: Doors;
let haikou: Door;
let sanya: Door;
let listing: RecordLocation;

beforeAll(async () => {
  doors = await openDoors(4);
  [haikou, sanya] = doors.doors as [Door, Door];
  const file = createReadStream(new URL('../../data/centres/haikou/blacklist.csv', import.meta.url));
  for await (const event of haikou.registry.import('blacklist', file, { mapping: 'haikou', dryRun: false })) {
    if (event.kind === 'sealed') listing = event.locations[0] as RecordLocation;
  }
  await doors.settled();
});
afterAll(() => doors.close());

const context = () => ({ ...doors.federation, crypto: nativeCrypto });
const commitmentOf = async () =>
  ((await haikou.exchange.facts.payloadRecord(listing))?.commitments[0] ?? new Uint8Array(0)) as Uint8Array;

async function reading(changes: object = {}): Promise<AccessAsked> {
  return {
    ...{ kind: 'read', asker: 1, answerer: 0, record: listing, commitment: await commitmentOf() },
    ...{ basis: { kind: 'law', code: 'LOAN_DECISION' }, caseCommitment: randomBytes(32), operator: randomBytes(16) },
    ...{ nonce: randomBytes(16), askedAtMs: testNowMs() },
    ...changes,
  } as AccessAsked;
}

function signed(asked: AccessAsked, signer = asked.asker) {
  const bytes = encodeAccessRequest(asked);
  const { domains, credentialSecrets } = doors.federation;
  const secret = credentialSecrets[signer] as Uint8Array;
  return { bytes, signature: signAccessRequest(nativeCrypto, domains, bytes, secret) };
}

/** What `to` answers when the city `from` sends these bytes. */
async function send(bytes: Uint8Array, from: Door = sanya, to = 0) {
  return unwrap(decodeExchangeReply(await (from.city as City).ask(to, 'exchange', bytes, 60_000)));
}

const ask = (asked: AccessAsked, signer?: number, from?: Door) =>
  send(encodeExchangeRequest({ ...signed(asked, signer), sealed: undefined }), from);

describe('the exchange door', () => {
  it('hears no request that its sender did not sign, or that is of another time, and keeps nothing of it (P3)', async () => {
    const before = await receiptsAt(haikou);
    const asked = await reading();
    expect(await ask(asked, 2)).toEqual({ kind: 'unheard', code: 'ACCESS_REQUEST_UNSIGNED' });
    expect(await ask({ ...asked, asker: 2 }, 2)).toEqual({ kind: 'unheard', code: 'ACCESS_REQUEST_STRAY' });
    const old = { ...asked, askedAtMs: asked.askedAtMs - 301_000 };
    expect(await ask(old)).toEqual({ kind: 'unheard', code: 'ACCESS_REQUEST_STALE' });
    expect(await ask({ ...asked, askedAtMs: asked.askedAtMs + 400_000 })).toMatchObject({
      code: 'ACCESS_REQUEST_STALE',
    });
    expect(await receiptsAt(haikou)).toBe(before);
  });

  it('answers a request that is repeated, as after a crash before the answer left, with one receipt (P3)', async () => {
    const before = await receiptsAt(haikou);
    const asked = await reading();
    const request = signed(asked);
    const frame = encodeExchangeRequest({ ...request, sealed: undefined });
    const [first, second] = [await send(frame), await send(frame)];
    expect(first).toMatchObject({ kind: 'answered', opened: expect.anything() });
    expect(second).toEqual(first);
    expect(await receiptsAt(haikou)).toBe(before + 1);
    if (first.kind !== 'answered') throw new Error('not answered');
    const { bytes, signature } = first.answer;
    expect(verifyAccessAnswer(context(), { bytes: request.bytes, asked }, bytes, signature).ok).toBe(true);
  });

  it('gives nothing without a basis that the federation agreed on, nor anything but what the record commits to (P1, P3)', async () => {
    const refusedWith = async (asked: AccessAsked) => {
      const reply = await ask(asked);
      return reply.kind === 'answered' ? Buffer.from(reply.answer.bytes).toString('latin1') : reply.code;
    };
    expect(await refusedWith(await reading({ basis: { kind: 'law', code: 'CURIOSITY' } }))).toContain(
      'LEGAL_BASIS_UNKNOWN',
    );
    expect(await refusedWith(await reading({ commitment: randomBytes(32) }))).toContain('PAYLOAD_UNKNOWN');
    const consent = {
      kind: 'consent',
      consentId: randomBytes(16),
      purpose: 1,
      use: { lane: 1, sequence: 9999, position: 0 },
    };
    expect(await refusedWith(await reading({ basis: consent }))).toBe('NOT_FINAL_YET');
  });

  it('takes no delivery that it did not consent to be given, sealed or not (P3)', async () => {
    const commitment = await commitmentOf();
    const consentId = new Uint8Array(randomBytes(16));
    const delivery: AccessAsked = {
      ...{ kind: 'delivery', asker: 0, answerer: 1, record: listing, commitment, consentId, purpose: 1 },
      ...{ nonce: new Uint8Array(randomBytes(16)), askedAtMs: testNowMs() },
    };
    const { exchangeKey } = doors.federation.genesis.authorities[1] as { exchangeKey: Uint8Array };
    const plain = encodeOpenedPayload({ salt: new Uint8Array(32), payload: new Uint8Array(3) });
    const sealed = await seal(exchangeKey, sealInfo(doors.federation.domains, delivery), plain);
    expect(await send(encodeExchangeRequest({ ...signed(delivery), sealed }), haikou, 1)).toEqual({
      kind: 'unheard',
      code: 'CONSENT_UNKNOWN',
    });
    expect(await sanya.exchange.delivered.held()).toEqual([]);
  });
});

describe('a listing', () => {
  it('opens on a legal basis, and after its lift to nobody: every city forgets, acknowledges, and readers are told (P1, P3)', async () => {
    const name = formatLocation(doors.federation.genesis, listing);
    const open = (basis: string) =>
      sanya.call('clerk', 'POST', `/v1/blacklist/${name}/open`, {
        payload: { basis, case: 'LOAN-2026-0117', handler: 'op03' },
      });
    const opened = await open('LOAN_DECISION');
    expect(opened.json(), opened.body).toMatchObject({ city: 'haikou', details: { format: 'hansa-listing/1' } });
    expect((await open('CURIOSITY')).json()).toMatchObject({ code: 'LEGAL_BASIS_UNKNOWN' });
    const proof = () =>
      sanya.call('auditor', 'POST', '/v1/receipts', {
        payload: { record: name },
        headers: { 'idempotency-key': 'of-a-listing', accept: 'application/json' },
      });
    const proven = await proof();
    expect(proven.statusCode, proven.body).toBe(200);
    const payload = { reason: 'void', handler: 'op08', approver: 'ap02' };
    const lifted = await haikou.call('approver', 'POST', `/v1/blacklist/${name}/lift`, { payload });
    expect(lifted.json(), lifted.body).toMatchObject({ state: 'final' });
    for (;;) {
      await doors.settled();
      for (const { exchange } of doors.doors) await exchange.settle();
      const { acknowledged } = (await sanya.call('auditor', 'GET', `/v1/erasures/${name}`)).json();
      if (acknowledged.length < 4) continue;
      expect(new Set(acknowledged.map(({ reason }: { reason: string }) => reason))).toEqual(new Set(['lifted']));
      break;
    }
    expect((await open('LOAN_DECISION')).json()).toMatchObject({ code: 'LISTING_LIFTED' });
    // Nor is what was proven of it before kept for who asks again under the same key.
    const again = await proof();
    expect(again.headers['idempotency-replayed']).toBeUndefined();
    expect(again.json().receipt).not.toBe(proven.json().receipt);
    const reply = await ask(await reading());
    expect(reply.kind === 'answered' && Buffer.from(reply.answer.bytes).toString('latin1')).toContain('LISTING_LIFTED');
    expect((await sanya.call('operator', 'GET', '/v1/notices')).json().notices).toMatchObject([
      { from: 'haikou', record: name, reason: 'lifted' },
    ]);
    expect(await haikou.registry.open(await commitmentOf())).toBeUndefined();
  });
});

describe('a check', () => {
  it('is refused when the newest block is older than the policy lets answers be', async () => {
    const late = await openDoor(sanya.city, sanya.registry, undefined, undefined, {
      nowMs: () => testNowMs() + 700_000,
    });
    const payload = { subject: { kind: 'id', number: unlistedNumber }, purpose: 'loan', case: 'LOAN-2026-0117' };
    const ask = async (door: Door) => (await door.call('clerk', 'POST', '/v1/check', { payload })).json();
    expect(await ask(sanya)).toMatchObject({ result: 'none' });
    expect(await ask(late)).toMatchObject({ status: 503, code: 'ANSWER_STALE' });
    await late.app.close();
  });

  it('is given and says that it is stale, where the policy says so', async () => {
    const { genesis } = sanya.city;
    const policy = { ...genesis.policy, lookup: { ...genesis.policy.lookup, staleAnswers: 'say' as const } };
    const city = new Proxy(sanya.city, {
      get: (whole, name) => {
        const value: unknown = name === 'genesis' ? { ...genesis, policy } : Reflect.get(whole, name, whole);
        return typeof value === 'function' ? value.bind(whole) : value;
      },
    });
    const payload = { subject: { kind: 'id', number: unlistedNumber }, purpose: 'loan', case: 'LOAN-2026-0117' };
    for (const [laterMs, stale] of [
      [0, false],
      [700_000, true],
    ] as const) {
      const door = await openDoor(city, sanya.registry, undefined, undefined, { nowMs: () => testNowMs() + laterMs });
      const answer = await door.call('clerk', 'POST', '/v1/check', { payload });
      expect(answer.json(), answer.body).toMatchObject({ result: 'none', stale });
      await door.app.close();
    }
  });
});
