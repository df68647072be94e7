import { limits } from '@hansa/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { change, MembershipChangeKind, newKeys } from '../../protocol/test/membership-fixture.ts';
import { nativeCrypto } from '../src/crypto/index.ts';
import { ExchangeFederation, type Issued } from './exchange-federation.ts';

/** What the exchange does when the authorities change while it runs (C12, P3). */
const [HAIKOU, SANYA, WENCHANG] = [0, 1, 4];
const fresh = newKeys(nativeCrypto, 'sanya', 'fresh');
const rotate = change(MembershipChangeKind.ROTATE, SANYA, fresh.member);
let cities: ExchangeFederation;
let certificate: Issued;
let consentId: Uint8Array;

beforeEach(async () => {
  cities = await ExchangeFederation.start();
  certificate = cities.issue();
  consentId = cities.grant(certificate);
});

const byLaw = (asker: number) =>
  cities.read(certificate, consentId, certificate.record, { asker, basis: { kind: 'law', code: 'COURT_ORDER' } });
const read = () => cities.read(certificate, consentId, cities.use(consentId));
const receiptsOf = (city: number) =>
  cities.exchange(city).book.find({ fromMs: 0, toMs: cities.nowMs + 1, limit: 10, record: certificate.record });

describe('a city with new keys (C12)', () => {
  it('reads at a city that was not started again, and the old keys open nothing', async () => {
    const old = cities.credentialSecret(SANYA);
    cities.change(rotate, { [SANYA]: fresh.credentialSecret });
    cities.nowMs += limits.clockDriftMsMax + 1;
    expect(await cities.ask(read(), undefined, old)).toBe('unheard ACCESS_REQUEST_UNSIGNED');
    expect(await cities.receipts(HAIKOU)).toBe(0);
    expect(await cities.ask(read())).toBe('opened');
  });

  it('is heard with what it asked just before the change', async () => {
    const old = cities.credentialSecret(SANYA);
    const asked = read();
    cities.change(rotate, { [SANYA]: fresh.credentialSecret });
    cities.nowMs += 1000;
    expect(await cities.ask(asked, undefined, old)).toBe('opened');
  });

  it('is delivered to under them, and both cities can still read the receipts of before', async () => {
    await cities.queueDelivery(certificate, consentId);
    expect(await cities.exchange(HAIKOU).outgoing.pump()).toBe(true);
    cities.change(rotate, { [SANYA]: fresh.credentialSecret });
    cities.nowMs += 24 * 3_600_000;
    await cities.restart(SANYA);
    expect(await cities.ask(byLaw(SANYA))).toBe('opened');
    const another = cities.issue();
    await cities.queueDelivery(another, cities.grant(another));
    expect(await cities.exchange(HAIKOU).outgoing.pump()).toBe(true);
    expect((await receiptsOf(HAIKOU)).map(({ asked }) => asked.kind)).toEqual(['delivery', 'read']);
    expect((await receiptsOf(SANYA)).map(({ asked }) => asked.kind)).toEqual(['delivery']);
    expect(await cities.receipts(SANYA)).toBe(2);
  });
});

it('a city that was added is answered at once, and was none before (C12)', async () => {
  const added = newKeys(nativeCrypto, 'wenchang', 'added');
  const ask = () => cities.ask(byLaw(WENCHANG), undefined, added.credentialSecret);
  expect(await ask()).toBe('unheard MALFORMED');
  cities.change(change(MembershipChangeKind.ADD, WENCHANG, added.member), { [WENCHANG]: added.credentialSecret });
  expect(await ask()).toBe('opened');
});

it('a city that was suspended reads nothing more, not even what was granted before, and is delivered nothing (P3)', async () => {
  const asked = read();
  expect(await cities.ask(asked)).toBe('opened');
  await cities.queueDelivery(certificate, consentId);
  cities.change(change(MembershipChangeKind.SUSPEND, SANYA));
  expect(await cities.ask(byLaw(SANYA))).toBe('CITY_SUSPENDED');
  expect(await cities.ask(asked)).toBe('done');
  expect(await cities.exchange(HAIKOU).outgoing.pump()).toBe(false);
});

describe('what waits to be handed to a city that votes no more (P1)', () => {
  const pumped = async () => {
    const { outgoing } = cities.exchange(HAIKOU);
    return { done: await outgoing.pump(), waiting: (await outgoing.waiting()).length };
  };

  it('is kept for one that was suspended, as long as the consent stands', async () => {
    await cities.queueDelivery(certificate, consentId);
    cities.change(change(MembershipChangeKind.SUSPEND, SANYA));
    expect(await pumped()).toEqual({ done: false, waiting: 1 });
    cities.withdraw(certificate, consentId);
    expect(await pumped()).toEqual({ done: true, waiting: 0 });
  });

  it('is forgotten when the city was removed, which is for good', async () => {
    await cities.queueDelivery(certificate, consentId);
    cities.change(change(MembershipChangeKind.REMOVE, SANYA));
    expect(await pumped()).toEqual({ done: true, waiting: 0 });
    expect(await cities.receipts(SANYA)).toBe(0);
  });
});
