import { beforeEach, describe, expect, it } from 'vitest';
import { ConsentMaker } from '../../../test/consent-fixture.ts';
import { fixtureGenesis, LedgerDriver, noonOf, RecordMaker, seeded, TODAY } from '../../../test/ledger-fixture.ts';
import { portableCrypto as crypto, Domains } from '../../crypto/index.ts';
import { unwrap } from '../../errors.ts';
import { Ledger } from '../../ledger/index.ts';
import { limits } from '../../limits.ts';
import { decodeRecord, encodeRecord } from '../../records/index.ts';
import {
  ConsentMode,
  ConsentPurpose,
  consent,
  consentBalance,
  consentFactKey,
  consentStatus,
  encodeConsentGrant,
  encodeConsentUse,
  encodeConsentWithdraw,
  readConsentFact,
} from './index.ts';

const [HAIKOU, SANYA, DANZHOU] = [0, 1, 2];
const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);
const maker = new RecordMaker(crypto);
const consents = new ConsentMaker(maker, domains);
let driver: LedgerDriver;

beforeEach(() => {
  driver = new LedgerDriver(new Ledger({ genesis, crypto, domains }), crypto);
  driver.one(HAIKOU, maker.issue('c', { holderKey: consents.holderKey('c') }));
});

function factOf(name: string) {
  const value = driver.ledger.fact(consentFactKey(domains, consents.id(name)));
  return value === undefined ? undefined : readConsentFact(value);
}

function codeOf(lane: number, record: Uint8Array, day = TODAY): string {
  return driver.one(lane, record, day).code ?? 'accepted';
}

/** TIME from noon of one day to noon of another. */
function timed(from: number, to: number, mode: ConsentMode = ConsentMode.TIME) {
  return { mode, maxUses: 0, fromMs: BigInt(noonOf(TODAY + from)), toMs: BigInt(noonOf(TODAY + to)) };
}

describe('a consent (P3)', () => {
  it('is granted by the holder through any city, and stands with its balance', () => {
    const { location } = driver.one(DANZHOU, consents.grant('c'));
    expect(factOf('c')).toEqual({
      location,
      certificateId: maker.id('c'),
      grantee: SANYA,
      purpose: ConsentPurpose.LOAN_APPROVAL,
      mode: ConsentMode.COUNT,
      fromMs: 0,
      toMs: 0,
      maxUses: 2,
      uses: 0,
      withdrawnBy: undefined,
      withdrawnAtMs: 0,
      grantedAtMs: noonOf(TODAY) + 2,
      holderKey: consents.holderKey('c'),
    });
  });

  it('is granted with a phone\u2019s key of P-256 as well (R2)', () => {
    const holderKey = consents.holderKey('phone', 'p256');
    driver.one(HAIKOU, maker.issue('phone', { holderKey }));
    expect(codeOf(HAIKOU, consents.grant('phone'))).toBe('CONSENT_NOT_BY_HOLDER');
    expect(codeOf(HAIKOU, consents.grant('phone', {}, { name: 'phone', scheme: 'p256' }))).toBe('accepted');
    expect(factOf('phone')?.holderKey).toEqual(holderKey);
    expect(codeOf(HAIKOU, consents.withdraw('phone', { name: 'phone', scheme: 'p256' }))).toBe('accepted');
  });

  it('is nothing without the signature of the certificate\u2019s holder, whoever else signs', () => {
    const body = encodeConsentGrant(consents.granting('c'));
    expect(codeOf(HAIKOU, maker.record(3, 1, body))).toBe('CONSENT_NOT_BY_HOLDER');
    expect(codeOf(HAIKOU, consents.grant('c', {}, { name: 'stranger' }))).toBe('CONSENT_NOT_BY_HOLDER');
    // The holder of one certificate consents for another one.
    driver.one(SANYA, maker.issue('d', { holderKey: consents.holderKey('d') }));
    expect(codeOf(HAIKOU, consents.grant('c', { certificateId: maker.id('d') }))).toBe('CONSENT_NOT_BY_HOLDER');
    expect(factOf('c')).toBeUndefined();
  });

  it('cannot be changed on its way: the signature is over every byte of the body (R2)', () => {
    const { actors, ...rest } = unwrap(decodeRecord(consents.grant('c')));
    for (const change of [{ grantee: 3 }, { maxUses: 3 }, { purpose: ConsentPurpose.TRANSFER }]) {
      const body = encodeConsentGrant({ ...consents.granting('c'), ...change });
      expect(codeOf(SANYA, encodeRecord({ ...rest, body, actors }))).toBe('ACTOR_SIGNATURE_INVALID');
    }
  });

  it('cannot be replayed: not on another lane, not after its withdrawal, not in another federation', () => {
    const grant = consents.grant('c');
    expect(codeOf(HAIKOU, grant)).toBe('accepted');
    expect(codeOf(SANYA, grant)).toBe('CONSENT_EXISTS');
    expect(codeOf(SANYA, consents.withdraw('c'))).toBe('accepted');
    expect(codeOf(SANYA, grant)).toBe('CONSENT_EXISTS');
    const elsewhere = new ConsentMaker(maker, new Domains(crypto, fixtureGenesis(crypto, 4, 'other').federationId));
    expect(codeOf(HAIKOU, elsewhere.grant('c', { consentId: consents.id('new') }))).toBe('ACTOR_SIGNATURE_INVALID');
  });

  it('is of an active certificate with a holder\u2019s key', () => {
    expect(codeOf(HAIKOU, consents.grant('unknown'))).toBe('CERTIFICATE_UNKNOWN');
    driver.one(HAIKOU, maker.issue('paper'));
    expect(codeOf(HAIKOU, consents.grant('paper'))).toBe('CERTIFICATE_WITHOUT_HOLDER');
    driver.one(HAIKOU, maker.revoke('c'));
    expect(codeOf(HAIKOU, consents.grant('c'))).toBe('CERTIFICATE_REVOKED');
  });

  it.each<[string, object, string]>([
    ['an id of 15 bytes', { consentId: new Uint8Array(15) }, 'MALFORMED'],
    ['a certificate id of 17 bytes', { certificateId: new Uint8Array(17) }, 'MALFORMED'],
    ['no purpose', { purpose: ConsentPurpose.UNSPECIFIED }, 'MALFORMED'],
    ['no mode', { mode: ConsentMode.UNSPECIFIED }, 'MALFORMED'],
    ['no grantee', { grantee: 0 }, 'CONSENT_GRANTEE_UNKNOWN'],
    ['a grantee that does not exist', { grantee: 5 }, 'CONSENT_GRANTEE_UNKNOWN'],
    ['no use at all', { maxUses: 0 }, 'CONSENT_BOUNDS_INVALID'],
    ['the most uses', { maxUses: limits.consentUsesMax }, 'accepted'],
    ['more uses than that', { maxUses: limits.consentUsesMax + 1 }, 'CONSENT_BOUNDS_INVALID'],
    ['COUNT with a time', { toMs: 1n }, 'CONSENT_BOUNDS_INVALID'],
    ['TIME with a count', { ...timed(0, 1), maxUses: 1 }, 'CONSENT_BOUNDS_INVALID'],
    ['TIME without a time', { mode: ConsentMode.TIME, maxUses: 0 }, 'CONSENT_BOUNDS_INVALID'],
    ['an end that is the beginning', timed(1, 1), 'CONSENT_BOUNDS_INVALID'],
    ['the longest time', timed(0, 366), 'accepted'],
    ['a longer time', { ...timed(0, 366), toMs: BigInt(noonOf(TODAY + 366) + 1) }, 'CONSENT_BOUNDS_INVALID'],
    ['a time beyond exact numbers', { ...timed(0, 1), toMs: 2n ** 53n }, 'CONSENT_BOUNDS_INVALID'],
    ['both without a count', timed(0, 1, ConsentMode.TIME_COUNT), 'CONSENT_BOUNDS_INVALID'],
    ['a time that is over', timed(-2, -1), 'CONSENT_EXPIRED'],
  ])('granted with %s is judged %s', (_what, parts, code) => {
    expect(codeOf(HAIKOU, consents.grant('c', parts))).toBe(code);
  });

  it('is used by its grantee alone, for its purpose alone', () => {
    driver.one(HAIKOU, consents.grant('c'));
    expect(codeOf(HAIKOU, consents.use('c'))).toBe('CONSENT_NOT_GRANTEE');
    expect(codeOf(DANZHOU, consents.use('c'))).toBe('CONSENT_NOT_GRANTEE');
    expect(codeOf(SANYA, consents.use('c', { purpose: ConsentPurpose.LOAN_REVIEW }))).toBe('CONSENT_WRONG_PURPOSE');
    expect(codeOf(SANYA, consents.use('unknown'))).toBe('CONSENT_UNKNOWN');
    expect(factOf('c')?.uses).toBe(0);
    expect(codeOf(SANYA, consents.use('c'))).toBe('accepted');
    expect(factOf('c')?.uses).toBe(1);
  });

  it.each<[string, Uint8Array]>([
    ['use without a case', encodeConsentUse({ consentId: consents.id('c'), purpose: 1, handler: maker.officer('a') })],
    [
      'use without a purpose',
      encodeConsentUse({
        consentId: consents.id('c'),
        caseCommitment: maker.commitment('x'),
        handler: maker.officer('a'),
      }),
    ],
    [
      'use without a handler',
      encodeConsentUse({ consentId: consents.id('c'), purpose: 1, caseCommitment: maker.tag('') }),
    ],
    ['withdrawal of no consent', encodeConsentWithdraw({ consentId: new Uint8Array(4) })],
  ])('a %s is malformed', (what, body) => {
    expect(codeOf(SANYA, maker.record(3, what.startsWith('use') ? 3 : 2, body))).toBe('MALFORMED');
  });

  it('of COUNT is exhausted by its last use, and the third use of two is refused', () => {
    driver.one(HAIKOU, consents.grant('c'));
    expect([1, 2, 3].map(() => codeOf(SANYA, consents.use('c')))).toEqual([
      'accepted',
      'accepted',
      'CONSENT_EXHAUSTED',
    ]);
    expect(factOf('c')?.uses).toBe(2);
  });

  it('gives the last use, taken at two counters at once, to the first in the agreed order (L1)', () => {
    driver.one(HAIKOU, consents.grant('c', { maxUses: 1 }));
    const [first, second] = [consents.use('c'), consents.use('c')];
    const { outcomes } = driver.block({ [SANYA]: [first, second] });
    expect(outcomes.map(({ rejected }) => rejected)).toEqual([undefined, 'CONSENT_EXHAUSTED']);
    expect(factOf('c')?.uses).toBe(1);
  });

  it('decides withdrawal and use at once by the agreed order, too: what stands after it does not count (L1)', () => {
    driver.one(HAIKOU, consents.grant('c'));
    const { outcomes } = driver.block({ [HAIKOU]: [consents.withdraw('c')], [SANYA]: [consents.use('c')] });
    expect(outcomes.map(({ rejected }) => rejected)).toEqual([undefined, 'CONSENT_WITHDRAWN']);
  });

  it('of TIME counts by the block\u2019s time, from its beginning until before its end, without bound (L4)', () => {
    driver.one(HAIKOU, consents.grant('c', timed(1, 3)));
    expect(codeOf(SANYA, consents.use('c'))).toBe('CONSENT_NOT_YET');
    for (let use = 1; use <= 5; use++) {
      expect(codeOf(SANYA, consents.use('c'), TODAY + 1)).toBe('accepted');
      expect(factOf('c')?.uses).toBe(use);
    }
    expect(codeOf(SANYA, consents.use('c'), TODAY + 2)).toBe('accepted');
    expect(codeOf(SANYA, consents.use('c'), TODAY + 3)).toBe('CONSENT_EXPIRED');
  });

  it('of both ends with whichever bound comes first', () => {
    const both = { ...timed(0, 2, ConsentMode.TIME_COUNT), maxUses: 1 };
    driver.one(HAIKOU, consents.grant('c', both));
    driver.one(HAIKOU, consents.grant('c', { ...both, consentId: consents.id('later') }));
    expect(codeOf(SANYA, consents.use('c'))).toBe('accepted');
    expect(codeOf(SANYA, consents.use('c'))).toBe('CONSENT_EXHAUSTED');
    expect(codeOf(SANYA, consents.use('later'), TODAY + 2)).toBe('CONSENT_EXPIRED');
  });

  it('is withdrawn by its holder through any city, once, and by nobody else', () => {
    driver.one(HAIKOU, consents.grant('c'));
    expect(codeOf(HAIKOU, maker.record(3, 2, encodeConsentWithdraw({ consentId: consents.id('c') })))).toBe(
      'CONSENT_NOT_BY_HOLDER',
    );
    expect(codeOf(HAIKOU, consents.withdraw('c', { name: 'stranger' }))).toBe('CONSENT_NOT_BY_HOLDER');
    expect(codeOf(HAIKOU, consents.withdraw('unknown'))).toBe('CONSENT_UNKNOWN');
    const { location } = driver.one(DANZHOU, consents.withdraw('c'));
    expect(factOf('c')).toMatchObject({ withdrawnBy: location, withdrawnAtMs: noonOf(TODAY) + driver.ledger.height });
    expect(codeOf(HAIKOU, consents.withdraw('c'))).toBe('CONSENT_WITHDRAWN');
    expect(codeOf(SANYA, consents.use('c'))).toBe('CONSENT_WITHDRAWN');
  });

  it('outlives the certificate: a loan is reviewed, and a consent withdrawn, after the certificate was used', () => {
    const parts = { purpose: ConsentPurpose.LOAN_REVIEW };
    driver.one(HAIKOU, consents.grant('c', parts));
    driver.one(SANYA, maker.use('c'));
    expect(codeOf(SANYA, consents.use('c', parts))).toBe('accepted');
    expect(codeOf(HAIKOU, consents.withdraw('c'))).toBe('accepted');
  });

  it('concerns its own fact, which a receipt of each of its records carries', () => {
    const key = consentFactKey(domains, consents.id('c'));
    for (const record of [consents.grant('c'), consents.withdraw('c'), consents.use('c')]) {
      const body = unwrap(consent.check(unwrap(decodeRecord(record)), { genesis, domains, crypto }));
      expect(consent.concerns?.(body, { domains, lane: 0 })).toEqual([key]);
    }
  });
});

describe('status and balance of a consent', () => {
  const fact = {
    ...{ location: { lane: 0, sequence: 1, position: 0 }, certificateId: seeded(crypto, 'x', 16), grantee: 1 },
    ...{ purpose: ConsentPurpose.LOAN_APPROVAL, mode: ConsentMode.TIME_COUNT, fromMs: 100, toMs: 200, maxUses: 3 },
    ...{ uses: 1, withdrawnBy: undefined, withdrawnAtMs: 0, grantedAtMs: 50, holderKey: seeded(crypto, 'y', 32) },
  };
  const withdrawn = { ...fact, withdrawnBy: fact.location, withdrawnAtMs: 120 };

  it.each([
    ['before its time', fact, 99, 'not-yet', { usesLeft: 2, msLeft: 100 }],
    ['in its first moment', fact, 100, 'active', { usesLeft: 2, msLeft: 100 }],
    ['in its last moment', fact, 199, 'active', { usesLeft: 2, msLeft: 1 }],
    ['after its time', fact, 200, 'expired', { usesLeft: 2, msLeft: 0 }],
    ['without uses left', { ...fact, uses: 3 }, 150, 'exhausted', { usesLeft: 0, msLeft: 50 }],
    ['withdrawn', withdrawn, 150, 'withdrawn', { usesLeft: 0, msLeft: 0 }],
    ['withdrawn and over', withdrawn, 300, 'withdrawn', { usesLeft: 0, msLeft: 0 }],
    [
      'of TIME',
      { ...fact, mode: ConsentMode.TIME, maxUses: 0, uses: 9 },
      150,
      'active',
      { usesLeft: undefined, msLeft: 50 },
    ],
    [
      'of COUNT',
      { ...fact, mode: ConsentMode.COUNT, fromMs: 0, toMs: 0 },
      9e9,
      'active',
      { usesLeft: 2, msLeft: undefined },
    ],
  ])('%s', (_what, given, nowMs, status, balance) => {
    expect(consentStatus(given, nowMs)).toBe(status);
    expect(consentBalance(given, nowMs)).toEqual(balance);
  });
});
