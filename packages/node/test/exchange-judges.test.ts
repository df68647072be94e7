import { limits, toHex } from '@hansa/protocol';
import { type AccessAsked, encodeOpenedPayload, type OpenedPayload, sealInfo } from '@hansa/protocol/access';
import { ConsentPurpose, ErasureReason } from '@hansa/protocol/families';
import type { RecordLocation } from '@hansa/protocol/replica';
import { beforeEach, describe, expect, it } from 'vitest';
import { type SealedBox, seal } from '../src/exchange/seal.ts';
import { decodeExchangeReply, encodeExchangeReply } from '../src/exchange/wire.ts';
import { CASE, ExchangeFederation, type Issued } from './exchange-federation.ts';
import { floodCount, spoiltBytes } from './flood.ts';

/** What stands at the exchange's doors against cities that keep to no rules: each refusal is the only one in the way. */
let cities: ExchangeFederation;
let certificate: Issued;
let consentId: Uint8Array;

beforeEach(async () => {
  cities = await ExchangeFederation.start();
  certificate = cities.issue();
  consentId = cities.grant(certificate);
});

const minuteMs = 60_000;

describe('an issuer gives nothing (P3)', () => {
  it('but to the use of a standing consent, and a court', async () => {
    expect(await cities.ask(cities.read(certificate, consentId, cities.use(consentId)))).toBe('opened');
    const law = (code: string) =>
      cities.read(certificate, consentId, certificate.record, { basis: { kind: 'law', code } });
    expect(await cities.ask(law('LOAN_DECISION'))).toBe('CONSENT_REQUIRED');
    expect(await cities.ask(law('CURIOSITY'))).toBe('LEGAL_BASIS_UNKNOWN');
    expect(await cities.ask(law('COURT_ORDER'))).toBe('opened');
  });

  it('on a basis that the policy does not name for certificates, a court’s or not', async () => {
    cities = await ExchangeFederation.start({ certificateBases: ['LOAN_DECISION'] });
    certificate = cities.issue();
    const law = (code: string) =>
      cities.read(certificate, certificate.certificateId, certificate.record, { basis: { kind: 'law', code } });
    expect(await cities.ask(law('COURT_ORDER'))).toBe('CONSENT_REQUIRED');
    expect(await cities.ask(law('LISTING_REVIEW'))).toBe('CONSENT_REQUIRED');
    expect(await cities.ask(law('LOAN_DECISION'))).toBe('opened');
  });

  it('of another certificate than the consent is for', async () => {
    const another = cities.issue();
    expect(await cities.ask(cities.read(another, consentId, cities.use(consentId)))).toBe('CONSENT_OTHER_CERTIFICATE');
  });

  it('to a city that the holder did not name, whatever it says of the consent', async () => {
    // Any final record of its own lane, in place of the use that the ledger would not take of it.
    const { location } = cities.submit(2, [new Uint8Array(1)]);
    expect(await cities.ask(cities.read(certificate, consentId, location, { asker: 2 }))).toBe('CONSENT_NOT_GRANTEE');
  });

  it('for another purpose, though the use was for the right one', async () => {
    const basis = { kind: 'consent', consentId, purpose: ConsentPurpose.LOAN_REVIEW, use: cities.use(consentId) };
    expect(await cities.ask(cities.read(certificate, consentId, basis.use, { basis }))).toBe('CONSENT_WRONG_PURPOSE');
  });

  it('once the consent is withdrawn, though it was used before', async () => {
    const use = cities.use(consentId);
    cities.withdraw(certificate, consentId);
    expect(await cities.ask(cities.read(certificate, consentId, use))).toBe('CONSENT_WITHDRAWN');
  });

  it('once the time of the consent is over, though it was used in time', async () => {
    const short = cities.grant(certificate, { fromMs: cities.nowMs - minuteMs, toMs: cities.nowMs + minuteMs });
    const use = cities.use(short);
    cities.nowMs += 2 * minuteMs;
    expect(await cities.ask(cities.read(certificate, short, use))).toBe('CONSENT_EXPIRED');
  });

  it.each<[string, () => RecordLocation]>([
    ['no use at all', () => cities.submit(1, [new Uint8Array(1)]).location],
    ['the use for another case', () => cities.use(consentId, new Uint8Array(32).fill(8))],
    ['the use of another consent', () => cities.use(cities.grant(cities.issue()))],
  ])('for %s', async (_what, use) => {
    expect(await cities.ask(cities.read(certificate, consentId, use()))).toBe('CONSENT_USE_UNKNOWN');
  });

  it('twice for one use, and the same answer to the same request', async () => {
    const use = cities.use(consentId);
    const asked = cities.read(certificate, consentId, use);
    expect(await cities.ask(asked)).toBe('opened');
    expect(await cities.ask(asked)).toBe('opened');
    expect(await cities.ask(cities.read(certificate, consentId, use))).toBe('CONSENT_USE_SPENT');
    expect(await cities.receipts(0)).toBe(2);
  });

  it('while it hears of no blocks: a withdrawal may be final elsewhere', async () => {
    const asked = cities.read(certificate, consentId, cities.use(consentId));
    cities.quietMs = 11 * minuteMs;
    expect(await cities.ask(asked)).toBe('ANSWER_STALE');
  });

  it('to a quarantined city, whose receipts the ledger does not take, not even what it granted before', async () => {
    const asked = cities.read(certificate, consentId, cities.use(consentId));
    expect(await cities.ask(asked)).toBe('opened');
    cities.quarantined.add(1);
    const byLaw = { basis: { kind: 'law', code: 'COURT_ORDER' } };
    expect(await cities.ask(cities.read(certificate, consentId, certificate.record, byLaw))).toBe(
      'AUTHORITY_QUARANTINED',
    );
    expect(await cities.ask(asked)).toBe('done');
  });

  it('before the use is final here', async () => {
    const ahead = { lane: 1, sequence: 999, position: 0 };
    expect(await cities.ask(cities.read(certificate, consentId, ahead))).toBe('unheard NOT_FINAL_YET');
    expect(await cities.receipts(0)).toBe(0);
  });
});

/** A delivery of Haikou's to Sanya, sealed as it says, of what is given. */
async function delivery(
  of: Issued,
  changes: object = {},
  opened: OpenedPayload = of,
): Promise<[AccessAsked, SealedBox]> {
  const asked = {
    ...{ kind: 'delivery', asker: 0, answerer: 1, record: of.record, commitment: of.commitment, consentId },
    ...{ purpose: ConsentPurpose.LOAN_APPROVAL, nonce: CASE.slice(0, 16), askedAtMs: cities.nowMs, ...changes },
  } as Extract<AccessAsked, { kind: 'delivery' }>;
  const { genesis, domains } = cities.federation;
  const key = genesis.authorities[1]?.exchangeKey as Uint8Array;
  return [asked, await seal(key, sealInfo(domains, asked), encodeOpenedPayload(opened))];
}

describe('a grantee takes no delivery (P3)', () => {
  it('but the one that it was granted, which it then holds sealed', async () => {
    expect(await cities.ask(...(await delivery(certificate)))).toBe('done');
    expect(await cities.exchange(1).delivered.held()).toHaveLength(1);
  });

  it('that is meant for another city', async () => {
    const forDanzhou = { consentId: cities.grant(certificate, { grantee: 2 }) };
    expect(await cities.ask(...(await delivery(certificate, forDanzhou)))).toBe('CONSENT_NOT_GRANTEE');
  });

  it('of another certificate, or of another payload of it', async () => {
    expect(await cities.ask(...(await delivery(cities.issue())))).toBe('CONSENT_OTHER_CERTIFICATE');
    const changes = { commitment: new Uint8Array(32).fill(1), nonce: new Uint8Array(16) };
    expect(await cities.ask(...(await delivery(certificate, changes)))).toBe('CONSENT_OTHER_CERTIFICATE');
  });

  it('of what the ledger has no commitment of (P1)', async () => {
    const forged = { salt: certificate.salt, payload: certificate.payload.with(0, 0xff) };
    expect(await cities.ask(...(await delivery(certificate, {}, forged)))).toBe('PAYLOAD_NOT_COMMITTED');
    expect(await cities.exchange(1).delivered.held()).toEqual([]);
  });

  it('whose box was changed on its way, or is missing', async () => {
    const [asked, box] = await delivery(certificate);
    const last = box.ciphertext.length - 1;
    const changed = box.ciphertext.with(last, (box.ciphertext[last] as number) ^ 1);
    expect(await cities.ask(asked, { ...box, ciphertext: changed })).toBe('SEAL_BROKEN');
    expect(await cities.ask({ ...asked, nonce: new Uint8Array(16) } as AccessAsked)).toBe('SEAL_BROKEN');
    expect(await cities.exchange(1).delivered.held()).toEqual([]);
  });
});

describe('a notice that something is to be forgotten (P3)', () => {
  const notice = (changes: object = {}): AccessAsked => ({
    ...{ kind: 'notice', asker: 0, answerer: 1, record: certificate.record, commitment: certificate.commitment },
    ...{ reason: ErasureReason.HOLDER_REQUEST, nonce: CASE.slice(0, 16), askedAtMs: cities.nowMs },
    ...changes,
  });

  it('takes what was delivered, and is acknowledged on the ledger', async () => {
    expect(await cities.ask(...(await delivery(certificate)))).toBe('done');
    expect(await cities.ask(notice({ nonce: new Uint8Array(16) }))).toBe('done');
    expect(await cities.exchange(1).delivered.held()).toEqual([]);
    await cities.exchange(1).settle();
    expect(cities.hasAcknowledged(1, certificate.record)).toBe(true);
  });

  it('is acknowledged also by a city that is killed right after its answer', async () => {
    cities.kill(1, 1);
    expect(await cities.ask(notice())).toBe('done');
    await cities.restart(1);
    await cities.exchange(1).settle();
    expect(cities.hasAcknowledged(1, certificate.record)).toBe(true);
  });

  it.each<[string, () => object]>([
    ['of nothing that is on the ledger', () => ({ record: cities.submit(0, [new Uint8Array(1)]).location })],
    ['of another payload than the committed one', () => ({ commitment: new Uint8Array(32).fill(1) })],
  ])('%s makes no record on the lane of who gets it', async (_what, changes) => {
    const asked = notice(changes());
    expect(await cities.ask(asked)).toBe('PAYLOAD_UNKNOWN');
    await cities.exchange(1).settle();
    expect(cities.hasAcknowledged(1, asked.record)).toBe(false);
  });

  it('comes again when the city that gets it is behind', async () => {
    const asked = notice({ record: { lane: 0, sequence: 999, position: 0 } });
    expect(await cities.ask(asked)).toBe('unheard NOT_FINAL_YET');
    expect(await cities.receipts(1)).toBe(0);
  });
});

describe('what is erased (P1)', () => {
  it('is in no file any more before its city says so on the ledger, and is looked for once', async () => {
    const purged: { key: string; said: boolean }[] = [];
    cities.onPurge(0, (ranges) => {
      for (const { gte } of ranges)
        purged.push({ key: toHex(gte), said: cities.hasAcknowledged(0, certificate.record) });
    });
    await cities.exchange(0).erasures.erase(certificate.record, ErasureReason.HOLDER_REQUEST);
    await cities.exchange(0).settle();
    expect(cities.hasAcknowledged(0, certificate.record)).toBe(true);
    expect(purged.filter(({ key }) => key.endsWith(toHex(certificate.commitment)))).toHaveLength(2);
    expect(purged.every(({ said }) => !said)).toBe(true);
    await cities.exchange(0).settle();
    expect(purged).toHaveLength(3);
  });
});

describe('a consent that is over (P3)', () => {
  it('leaves nothing behind, and is acknowledged, also by a city that is killed meanwhile', async () => {
    expect(await cities.ask(...(await delivery(certificate)))).toBe('done');
    cities.withdraw(certificate, consentId);
    cities.kill(1, 1);
    await cities
      .exchange(1)
      .erasures.sweep()
      .catch(() => undefined);
    await cities.restart(1);
    expect(await cities.exchange(1).delivered.held()).toEqual([]);
    await cities.exchange(1).settle();
    expect(cities.hasAcknowledged(1, certificate.record)).toBe(true);
  });
});

describe('what was delivered opens (P3)', () => {
  const open = async (use: RecordLocation, consent = consentId) =>
    cities
      .exchange(1)
      .delivered.open({ consentId: consent, record: certificate.record }, use, false)
      .then(
        (opened) => toHex(opened?.payload ?? new Uint8Array(0)),
        (error: { code?: string }) => error.code,
      );

  beforeEach(async () => {
    expect(await cities.ask(...(await delivery(certificate)))).toBe('done');
  });

  it('once for each use, also while its issuer is away', async () => {
    cities.away.add(0);
    const use = cities.use(consentId);
    expect(await open(use)).toBe(toHex(certificate.payload));
    expect(await open(use)).toBe('CONSENT_USE_SPENT');
    expect(await open(cities.use(consentId))).toBe(toHex(certificate.payload));
  });

  it('not once the consent is withdrawn', async () => {
    const use = cities.use(consentId);
    cities.withdraw(certificate, consentId);
    expect(await open(use)).toBe('CONSENT_WITHDRAWN');
  });

  it('not once its time is over', async () => {
    const short = cities.grant(certificate, { fromMs: cities.nowMs - minuteMs, toMs: cities.nowMs + minuteMs });
    const [asked, box] = await delivery(certificate, { consentId: short, nonce: new Uint8Array(16) });
    expect(await cities.ask(asked, box)).toBe('done');
    const use = cities.use(short);
    cities.nowMs += 2 * minuteMs;
    expect(await open(use, short)).toBe('CONSENT_EXPIRED');
  });

  it('not while the city hears of no blocks', async () => {
    const use = cities.use(consentId);
    cities.quietMs = 11 * minuteMs;
    expect(await open(use)).toBe('ANSWER_STALE');
  });
});

describe('what waits for a grantee that is away', () => {
  beforeEach(async () => {
    const { outgoing } = cities.exchange(0);
    await cities.queueDelivery(certificate, consentId);
    cities.away.add(1);
    expect(await outgoing.pump()).toBe(false);
    cities.away.delete(1);
  });

  it('is delivered when it comes back', async () => {
    expect(await cities.exchange(0).outgoing.pump()).toBe(true);
    expect(await cities.exchange(1).delivered.held()).toHaveLength(1);
  });

  it('waits while the grantee is quarantined (C10)', async () => {
    cities.quarantined.add(1);
    expect(await cities.exchange(0).outgoing.pump()).toBe(false);
    expect(cities.sent).toBe(0);
    cities.quarantined.delete(1);
    expect(await cities.exchange(0).outgoing.pump()).toBe(true);
  });

  it('never leaves when the consent was withdrawn meanwhile (P3)', async () => {
    cities.withdraw(certificate, consentId);
    expect(await cities.exchange(0).outgoing.pump()).toBe(true);
    expect(cities.sent).toBe(0);
    expect(await cities.receipts(0)).toBe(0);
  });
});

describe('the looks at a record', () => {
  it('are found though a city had itself refused before them as often as it likes', async () => {
    const basis = { kind: 'law', code: 'CURIOSITY' };
    for (let i = 0; i < 3; i++) await cities.ask(cities.read(certificate, consentId, certificate.record, { basis }));
    expect(await cities.ask(cities.read(certificate, consentId, cities.use(consentId)))).toBe('opened');
    const looked = { fromMs: 0, toMs: 2 ** 47, record: certificate.record, limit: 1 };
    const outcomes = async (outcome: 'granted' | 'refused') =>
      (await cities.exchange(0).book.find({ ...looked, outcome })).map(({ answered }) => answered.refused);
    expect(await outcomes('granted')).toEqual([undefined]);
    expect(await outcomes('refused')).toEqual(['LEGAL_BASIS_UNKNOWN']);
  });
});

describe('a city that asks believes nothing', () => {
  const read = (use = cities.use(consentId)) => {
    const { commitment, record } = certificate;
    const basis = { kind: 'consent', consentId, purpose: ConsentPurpose.LOAN_APPROVAL, use } as const;
    const wanted = { record, commitment, basis, caseCommitment: CASE, operator: CASE.slice(0, 16) };
    return cities.exchange(1).reads.read(wanted, CASE.slice(0, 16));
  };

  function changed(change: (reply: Extract<ReturnType<typeof replyOf>, { kind: 'answered' }>) => object): void {
    cities.meddle = (bytes) => {
      const reply = replyOf(bytes);
      return reply.kind === 'answered' ? encodeExchangeReply({ ...reply, ...change(reply) }) : bytes;
    };
  }

  function replyOf(bytes: Uint8Array) {
    const decoded = decodeExchangeReply(bytes);
    if (!decoded.ok) throw new Error(decoded.error.message);
    return decoded.value;
  }

  it('but what the ledger has the commitment of; the receipt stays (P1)', async () => {
    changed(({ opened }) => ({ opened: { ...opened, payload: certificate.payload.with(0, 0xff) } }));
    await expect(read()).rejects.toMatchObject({ code: 'PAYLOAD_NOT_COMMITTED' });
    expect(await cities.receipts(1)).toBe(1);
    cities.meddle = undefined;
    expect((await read()).opened.payload).toEqual(certificate.payload);
  });

  it('and asks with another request when the first one never came, and is too old by now (P3)', async () => {
    const use = cities.use(consentId);
    cities.away.add(0);
    await expect(read(use)).rejects.toMatchObject({ code: 'CITY_UNREACHABLE' });
    cities.away.delete(0);
    cities.nowMs += limits.accessAnswerMsMax + 1;
    expect((await read(use)).opened.payload).toEqual(certificate.payload);
    expect([await cities.receipts(0), await cities.receipts(1)]).toEqual([1, 1]);
  });

  it('and loses no use to a refusal that passes; each refusal has its receipt (P3)', async () => {
    const use = cities.use(consentId);
    cities.quietMs = 11 * minuteMs;
    await expect(read(use)).rejects.toMatchObject({ code: 'ANSWER_STALE' });
    cities.quietMs = 0;
    expect((await read(use)).opened.payload).toEqual(certificate.payload);
    expect([await cities.receipts(0), await cities.receipts(1)]).toEqual([2, 2]);
  });

  it('but an answer that the other city signed, and keeps no receipt of another (P3)', async () => {
    changed(({ answer }) => {
      const [first] = answer.signature;
      return { answer: { ...answer, signature: answer.signature.with(0, (first as number) ^ 1) } };
    });
    await expect(read()).rejects.toMatchObject({ code: 'ACCESS_ANSWER_UNSIGNED' });
    expect(await cities.receipts(1)).toBe(0);
  });
});

describe('the exchange door', () => {
  it('lives through 10,000 messages that are too large, cut off or noise, and keeps nothing of them', async () => {
    const good = new Uint8Array(300).fill(10);
    const large = new Uint8Array(limits.exchangeFrameBytesMax + 1).fill(10);
    for (let i = 0; i < floodCount; i++) {
      const bytes = spoiltBytes(good, i, large);
      const reply = decodeExchangeReply(await cities.door(0)(1, bytes));
      expect(reply.ok && reply.value.kind).toBe('unheard');
    }
    expect(await cities.receipts(0)).toBe(0);
    expect(await cities.ask(cities.read(certificate, consentId, cities.use(consentId)))).toBe('opened');
  });
});
