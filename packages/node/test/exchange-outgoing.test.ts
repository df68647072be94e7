import { HansaError, limits, toHex } from '@hansa/protocol';
import { ConsentPurpose } from '@hansa/protocol/families';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ToldOpening } from '../src/exchange/index.ts';
import { CASE, ExchangeFederation, type Issued } from './exchange-federation.ts';

/** What a city tells another one by itself, until that has heard it: each of it has one receipt. */
let cities: ExchangeFederation;
let certificate: Issued;
let consentId: Uint8Array;

beforeEach(async () => {
  cities = await ExchangeFederation.start();
  certificate = cities.issue();
  consentId = cities.grant(certificate);
});

const minuteMs = 60_000;

describe('a look at what was delivered, told when the consent is over (P3)', () => {
  it('is receipted as what it was, and gives nothing; without a delivery it is refused', async () => {
    const { outgoing } = cities.exchange(0);
    const undelivered = cities.grant(certificate);
    await cities.queueDelivery(certificate, consentId);
    expect(await outgoing.pump()).toBe(true);
    const uses = [cities.use(consentId), cities.use(undelivered)] as const;
    for (const consent of [consentId, undelivered]) cities.withdraw(certificate, consent);
    const told = cities.read(certificate, consentId, uses[0]);
    expect(await cities.ask(told)).toBe('done');
    expect(await cities.ask(told)).toBe('done');
    expect(await cities.ask(cities.read(certificate, consentId, uses[0]))).toBe('CONSENT_WITHDRAWN');
    expect(await cities.ask(cities.read(certificate, undelivered, uses[1]))).toBe('CONSENT_WITHDRAWN');
    const { location } = cities.submit(1, [new Uint8Array(1)]);
    expect(await cities.ask(cities.read(certificate, consentId, location))).toBe('CONSENT_WITHDRAWN');
  });
});

describe('a refusal of a use (P3)', () => {
  it('waits while the other city is away, also across a restart, and has one receipt, however often it is told', async () => {
    const use = cities.use(consentId);
    cities.withdraw(certificate, consentId);
    const row: ToldOpening = {
      ...{ kind: 'opening', to: 0, record: certificate.record, commitment: toHex(certificate.commitment) },
      ...{ consentId: toHex(consentId), purpose: ConsentPurpose.LOAN_APPROVAL, use, operator: '07'.repeat(16) },
      ...{ caseCommitment: toHex(CASE), caseName: '09'.repeat(32) },
    };
    cities.meddle = () => {
      throw new HansaError('PEER_NOT_CONNECTED', 'The city is away.');
    };
    await cities.exchange(1).outgoing.refused(row);
    expect(await cities.exchange(1).outgoing.pump()).toBe(false);
    await cities.restart(1);
    cities.meddle = undefined;
    await Promise.all([1, 2].map(() => cities.exchange(1).outgoing.refused(row)));
    expect(await cities.exchange(1).outgoing.pump()).toBe(true);
    await cities.exchange(1).outgoing.refused(row);
    expect(await cities.exchange(1).outgoing.waiting()).toEqual([]);
    const codesAt = async (index: number) => {
      const found = await cities.exchange(index).book.find({ fromMs: 0, toMs: 2 ** 47, limit: 10 });
      return found.map(({ id, answered }) => [toHex(id), answered.refused]);
    };
    expect(await codesAt(0)).toEqual([[expect.any(String), 'CONSENT_WITHDRAWN']]);
    expect(await codesAt(1)).toEqual(await codesAt(0));
  });
});

describe('an acknowledgement that is lost (P3)', () => {
  const idsAt = async (index: number) => {
    const found = await cities.exchange(index).book.find({ fromMs: 0, toMs: 2 ** 47, limit: 10 });
    return found.map(({ id }) => toHex(id));
  };
  const sealBatch = () => cities.exchange(0).batches.seal(AbortSignal.timeout(60_000));

  beforeEach(async () => {
    const { outgoing } = cities.exchange(0);
    await cities.queueDelivery(certificate, consentId);
    cities.meddle = () => {
      throw new HansaError('PEER_NOT_CONNECTED', 'The line broke before the answer.');
    };
    expect(await outgoing.pump()).toBe(false);
    cities.meddle = undefined;
    expect(await cities.receipts(0)).toBe(0);
    expect(await cities.receipts(1)).toBe(1);
    cities.nowMs += minuteMs;
  });

  it.each([
    ['', async () => undefined],
    [', also when its issuer is killed meanwhile', () => cities.restart(0)],
  ])('makes no second receipt: both cities have the same one%s', async (_when, between) => {
    await between();
    // No batch closes over the time of an answer that may still come.
    expect(await sealBatch()).toBe(true);
    expect(await cities.exchange(0).outgoing.pump()).toBe(true);
    expect(await idsAt(0)).toEqual(await idsAt(1));
    expect(await cities.receipts(1)).toBe(1);
    expect(await cities.exchange(0).outgoing.waiting()).toEqual([]);
    cities.tick();
    expect(await sealBatch()).toBe(true);
  });

  it('keeps no batch waiting for longer than an answer may be dated; the grantee then has the only receipt', async () => {
    cities.nowMs += 2 * limits.accessAnswerMsMax;
    cities.tick();
    expect(await sealBatch()).toBe(true);
    expect(await cities.exchange(0).outgoing.pump()).toBe(true);
    expect([await cities.receipts(0), await cities.receipts(1)]).toEqual([0, 1]);
    expect(await cities.exchange(0).outgoing.waiting()).toEqual([]);
  });
});

describe('a request that never came', () => {
  it('is signed anew when it is too old to be answered', async () => {
    const { outgoing } = cities.exchange(0);
    await cities.queueDelivery(certificate, consentId);
    cities.away.add(1);
    expect(await outgoing.pump()).toBe(false);
    cities.away.delete(1);
    cities.nowMs += limits.accessAnswerMsMax + 1;
    expect(await outgoing.pump()).toBe(false);
    expect(await outgoing.pump()).toBe(true);
    expect([await cities.receipts(0), await cities.receipts(1)]).toEqual([1, 1]);
  });
});
