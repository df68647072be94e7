import { beforeEach, describe, expect, it } from 'vitest';
import { fixtureGenesis, LedgerDriver, RecordMaker, TODAY } from '../../../test/ledger-fixture.ts';
import { portableCrypto as crypto, Domains } from '../../crypto/index.ts';
import { Ledger } from '../../ledger/index.ts';
import { addMonths } from '../calendar.ts';
import {
  type CertificateFact,
  certificateFactKey,
  certificateStatus,
  RevokeReason,
  readCertificateFact,
} from './index.ts';

const [HAIKOU, SANYA, DANZHOU] = [0, 1, 2];
const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);
const maker = new RecordMaker(crypto);
let driver: LedgerDriver;

beforeEach(() => {
  driver = new LedgerDriver(new Ledger({ genesis, crypto, domains }), crypto);
});

function factOf(name: string): CertificateFact | undefined {
  const value = driver.ledger.fact(certificateFactKey(domains, maker.id(name)));
  return value === undefined ? undefined : readCertificateFact(value);
}

function statusOf(name: string, today = TODAY): string | undefined {
  const fact = factOf(name);
  return fact === undefined ? undefined : certificateStatus(fact, today);
}

/** Haikou issues a certificate. */
function issued(name = 'c', parts: Parameters<RecordMaker['issue']>[1] = {}) {
  const { location, code } = driver.one(HAIKOU, maker.issue(name, parts));
  expect(code).toBeUndefined();
  return location;
}

describe('certificate issue', () => {
  it('makes an active certificate that anybody can check', () => {
    const location = issued('c', { addressedTo: SANYA + 1, holderKey: new Uint8Array(32).fill(5) });
    expect(factOf('c')).toMatchObject({
      location,
      addressedTo: SANYA,
      issuedOn: TODAY,
      validUntil: TODAY + 60,
      commitment: maker.commitment('c'),
      holderKey: new Uint8Array(32).fill(5),
      endedBy: undefined,
    });
    expect(statusOf('c')).toBe('active');
    expect(statusOf('unknown')).toBeUndefined();
  });

  it.each([
    ['a code of 15 bytes', { certificateId: new Uint8Array(15) }, 'MALFORMED'],
    ['a tag of 31 bytes', { subjectTag: new Uint8Array(31) }, 'MALFORMED'],
    ['no commitment', { commitment: new Uint8Array(0) }, 'MALFORMED'],
    ['a holder key of 31 bytes', { holderKey: new Uint8Array(31) }, 'MALFORMED'],
    ['a holder key of 34 bytes', { holderKey: new Uint8Array(34).fill(2) }, 'MALFORMED'],
    ['a holder key of P-256 in another form', { holderKey: new Uint8Array(33).fill(4) }, 'MALFORMED'],
    ['no handler', { handler: new Uint8Array(0) }, 'MALFORMED'],
    ['the last authority as the addressee', { addressedTo: 4 }, undefined],
    ['an addressee that is no authority', { addressedTo: 5 }, 'ADDRESSEE_UNKNOWN'],
    ['no date of issue', { issuedOn: 0 }, 'DATE_MISSING'],
    ['no last day', { validUntil: 0 }, 'DATE_MISSING'],
    ['a last day after the year 9999', { validUntil: 2_932_897 }, 'DATE_OUT_OF_RANGE'],
    ['a last day before the issue', { validUntil: TODAY - 1 }, 'DATES_OUT_OF_ORDER'],
    ['two months of validity', { validUntil: addMonths(TODAY, 2) }, undefined],
    ['two months and a day', { validUntil: addMonths(TODAY, 2) + 1 }, 'VALIDITY_TOO_LONG'],
    ['the date of tomorrow', { issuedOn: TODAY + 1 }, 'ISSUED_IN_FUTURE'],
    ['a last day that has passed', { issuedOn: TODAY - 30, validUntil: TODAY - 1 }, 'CERTIFICATE_EXPIRED'],
    ['a last day that is today', { issuedOn: TODAY - 30, validUntil: TODAY }, undefined],
  ])('with %s: %s -> %s', (_, parts, code) => {
    expect(driver.one(HAIKOU, maker.issue('c', parts)).code).toBe(code);
  });

  it('never takes a code twice, also not from another city', () => {
    issued();
    expect(driver.one(HAIKOU, maker.issue('c')).code).toBe('CERTIFICATE_EXISTS');
    expect(driver.one(SANYA, maker.issue('c')).code).toBe('CERTIFICATE_EXISTS');
    expect(factOf('c')?.location.lane).toBe(HAIKOU);
  });
});

describe('certificate use', () => {
  it('is single: the second use is refused, whoever asks', () => {
    issued();
    const { location, code } = driver.one(SANYA, maker.use('c'));
    expect(code).toBeUndefined();
    expect(statusOf('c')).toBe('used');
    expect(factOf('c')?.endedBy).toEqual(location);
    expect(driver.one(DANZHOU, maker.use('c')).code).toBe('CERTIFICATE_USED');
    expect(driver.one(SANYA, maker.use('c')).code).toBe('CERTIFICATE_USED');
    expect(factOf('c')?.endedBy).toEqual(location);
  });

  it('of two cities in one block is decided by the agreed order (L1)', () => {
    issued();
    const { outcomes } = driver.block({ [SANYA]: [maker.use('c')], [DANZHOU]: [maker.use('c')] });
    expect(outcomes.map((outcome) => outcome.rejected)).toEqual([undefined, 'CERTIFICATE_USED']);
    expect(factOf('c')?.endedBy?.lane).toBe(SANYA);
  });

  it('is for the addressed centre, if there is one', () => {
    issued('c', { addressedTo: SANYA + 1 });
    expect(driver.one(DANZHOU, maker.use('c')).code).toBe('CERTIFICATE_NOT_ADDRESSED');
    expect(statusOf('c')).toBe('active');
    expect(driver.one(SANYA, maker.use('c')).code).toBeUndefined();
  });

  it('of an unknown, expired, revoked or superseded certificate is refused, each with its own code', () => {
    expect(driver.one(SANYA, maker.use('c')).code).toBe('CERTIFICATE_UNKNOWN');
    issued();
    expect(driver.one(SANYA, maker.use('c'), TODAY + 61).code).toBe('CERTIFICATE_EXPIRED');
    expect(driver.one(HAIKOU, maker.revoke('c')).code).toBeUndefined();
    expect(driver.one(SANYA, maker.use('c')).code).toBe('CERTIFICATE_REVOKED');
    issued('d');
    expect(driver.one(HAIKOU, maker.supersede('d', 'e')).code).toBeUndefined();
    expect(driver.one(SANYA, maker.use('d')).code).toBe('CERTIFICATE_SUPERSEDED');
    expect(driver.one(SANYA, maker.use('e')).code).toBeUndefined();
  });

  it('counts on the last valid day', () => {
    issued();
    expect(driver.one(SANYA, maker.use('c'), TODAY + 60).code).toBeUndefined();
  });

  it.each([
    ['a code of 15 bytes', { certificateId: new Uint8Array(15) }],
    ['no commitment', { commitment: new Uint8Array(0) }],
    ['no handler', { handler: new Uint8Array(0) }],
  ])('with %s is MALFORMED', (_, parts) => {
    issued();
    expect(driver.one(SANYA, maker.use('c', parts)).code).toBe('MALFORMED');
  });
});

describe('certificate revoke', () => {
  it('is for the issuer, while the certificate is active', () => {
    issued();
    expect(driver.one(SANYA, maker.revoke('c')).code).toBe('NOT_CERTIFICATE_ISSUER');
    expect(statusOf('c')).toBe('active');
    expect(driver.one(HAIKOU, maker.revoke('c', { reason: RevokeReason.FRAUD })).code).toBeUndefined();
    expect(factOf('c')?.revokeReason).toBe(RevokeReason.FRAUD);
    expect(driver.one(HAIKOU, maker.revoke('c')).code).toBe('CERTIFICATE_REVOKED');
    expect(driver.one(HAIKOU, maker.revoke('unknown')).code).toBe('CERTIFICATE_UNKNOWN');
  });

  it('comes too late after a use, and after the last day', () => {
    issued();
    issued('d');
    driver.one(SANYA, maker.use('c'));
    expect(driver.one(HAIKOU, maker.revoke('c')).code).toBe('CERTIFICATE_USED');
    expect(driver.one(HAIKOU, maker.revoke('d'), TODAY + 61).code).toBe('CERTIFICATE_EXPIRED');
  });

  it.each([
    ['no reason', { reason: RevokeReason.UNSPECIFIED }],
    ['no handler', { handler: new Uint8Array(0) }],
    ['a code of 17 bytes', { certificateId: new Uint8Array(17) }],
  ])('with %s is MALFORMED', (_, parts) => {
    issued();
    expect(driver.one(HAIKOU, maker.revoke('c', parts)).code).toBe('MALFORMED');
  });
});

describe('certificate supersede', () => {
  it('ends the old one and begins the new one in one step', () => {
    issued();
    const { location, code } = driver.one(HAIKOU, maker.supersede('c', 'd'));
    expect(code).toBeUndefined();
    expect(factOf('c')).toMatchObject({ endedBy: location, supersededBy: maker.id('d') });
    expect([statusOf('c'), statusOf('d')]).toEqual(['superseded', 'active']);
    expect(factOf('d')?.location).toEqual(location);
  });

  it('is for the issuer, while the certificate is active', () => {
    issued();
    expect(driver.one(SANYA, maker.supersede('c', 'd')).code).toBe('NOT_CERTIFICATE_ISSUER');
    expect(statusOf('d')).toBeUndefined();
    driver.one(SANYA, maker.use('c'));
    expect(driver.one(HAIKOU, maker.supersede('c', 'd')).code).toBe('CERTIFICATE_USED');
    expect(driver.one(HAIKOU, maker.supersede('unknown', 'd')).code).toBe('CERTIFICATE_UNKNOWN');
  });

  it('leaves both as they were when the replacement is refused', () => {
    issued();
    issued('taken');
    expect(driver.one(HAIKOU, maker.supersede('c', 'taken')).code).toBe('CERTIFICATE_EXISTS');
    expect(driver.one(HAIKOU, maker.supersede('c', 'c')).code).toBe('CERTIFICATE_EXISTS');
    expect(driver.one(HAIKOU, maker.supersede('c', 'd', { issuedOn: TODAY + 1 })).code).toBe('ISSUED_IN_FUTURE');
    expect(driver.one(HAIKOU, maker.supersede('c', 'd', { validUntil: TODAY + 90 })).code).toBe('VALIDITY_TOO_LONG');
    expect([statusOf('c'), statusOf('taken'), statusOf('d')]).toEqual(['active', 'active', undefined]);
  });
});
