import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { fixtureGenesis, LedgerDriver, RecordMaker, TODAY } from '../../../test/ledger-fixture.ts';
import { toHex } from '../../bytes.ts';
import { portableCrypto as crypto, Domains } from '../../crypto/index.ts';
import { Ledger } from '../../ledger/index.ts';
import { limits } from '../../limits.ts';
import {
  certificateConflicts,
  certificateFactKey,
  certificateSubjectFactKey,
  readCertificateFact,
  readCertificateSubjectFact,
} from './index.ts';

const [HAIKOU, SANYA, DANZHOU] = [0, 1, 2];
const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);
const maker = new RecordMaker(crypto);
let driver: LedgerDriver;

beforeEach(() => {
  driver = new LedgerDriver(new Ledger({ genesis, crypto, domains }), crypto);
});

/** A certificate of Wang. */
const issue = (name: string, parts = {}) => maker.issue(name, { subjectTag: maker.tag('wang'), ...parts });

function issued(lane: number, name: string, parts = {}, day = TODAY): void {
  expect(driver.one(lane, issue(name, parts), day).code).toBeUndefined();
}

function conflicts(name: string, day = TODAY): string[] {
  const value = driver.ledger.fact(certificateFactKey(domains, maker.id(name))) as Uint8Array;
  return certificateConflicts(readCertificateFact(value), day).map(({ certificateId }) => toHex(certificateId));
}

/** Codes of the certificates that the subject's fact lists. */
function listed(): string[] | undefined {
  const value = driver.ledger.fact(certificateSubjectFactKey(domains, maker.tag('wang')));
  return value && readCertificateSubjectFact(value).map(({ certificateId }) => toHex(certificateId));
}

const codes = (...names: string[]) => names.map((name) => toHex(maker.id(name)));

describe('two cities that certify one person at once (P2)', () => {
  it('both show CONFLICT, each with the other\u2019s certificate', () => {
    issued(HAIKOU, 'a');
    expect(conflicts('a')).toEqual([]);
    issued(SANYA, 'b');
    expect(conflicts('a')).toEqual(codes('b'));
    expect(conflicts('b')).toEqual(codes('a'));
    issued(DANZHOU, 'c');
    expect(conflicts('a')).toEqual(codes('b', 'c'));
    expect(conflicts('c')).toEqual(codes('a', 'b'));
    expect(listed()).toEqual(codes('a', 'b', 'c'));
    const value = driver.ledger.fact(certificateFactKey(domains, maker.id('a'))) as Uint8Array;
    expect(readCertificateFact(value).conflictsWith[0]).toMatchObject({ lane: SANYA, validUntil: TODAY + 60 });
  });

  it('do not conflict about different persons, nor does a city with itself', () => {
    issued(HAIKOU, 'a');
    driver.one(SANYA, maker.issue('other'));
    expect(conflicts('a')).toEqual([]);
    issued(HAIKOU, 'b');
    expect(conflicts('a')).toEqual([]);
    expect(listed()).toEqual(codes('a', 'b'));
    issued(SANYA, 'c');
    expect(conflicts('c')).toEqual(codes('a', 'b'));
  });

  it.each<[string, number, () => Uint8Array]>([
    ['used', DANZHOU, () => maker.use('b')],
    ['revoked', SANYA, () => maker.revoke('b')],
  ])('no longer conflict when one certificate is %s', (_how, lane, ending) => {
    issued(HAIKOU, 'a');
    issued(SANYA, 'b');
    expect(driver.one(lane, ending()).code).toBeUndefined();
    expect(conflicts('a')).toEqual([]);
    expect(conflicts('b')).toEqual([]);
    expect(listed()).toEqual(codes('a'));
    driver.one(HAIKOU, maker.revoke('a'));
    expect(listed()).toBeUndefined();
  });

  it('conflict by the replacement when one is superseded', () => {
    issued(HAIKOU, 'a');
    issued(SANYA, 'b');
    const replaced = driver.one(SANYA, maker.supersede('b', 'c', { subjectTag: maker.tag('wang') }));
    expect(replaced.code).toBeUndefined();
    expect(conflicts('a')).toEqual(codes('c'));
    expect(conflicts('b')).toEqual([]);
    expect(conflicts('c')).toEqual(codes('a'));
  });

  it('no longer conflict when one has expired, though nobody says so', () => {
    issued(HAIKOU, 'a', { validUntil: TODAY + 5 });
    issued(SANYA, 'b');
    expect(conflicts('b', TODAY + 5)).toEqual(codes('a'));
    expect(conflicts('b', TODAY + 6)).toEqual([]);
    expect(conflicts('a', TODAY + 6)).toEqual([]);
    // The next issue clears it away.
    issued(DANZHOU, 'c', { issuedOn: TODAY + 6 }, TODAY + 6);
    expect(listed()).toEqual(codes('b', 'c'));
    expect(conflicts('b', TODAY + 6)).toEqual(codes('c'));
  });

  it('name a bounded number of conflicts, and find the next one when one of them ends', () => {
    for (let i = 0; i < limits.certificatesPerSubjectMax; i++) issued(SANYA, `s${i}`);
    issued(DANZHOU, 'd');
    issued(HAIKOU, 'a');
    expect(conflicts('a')).toHaveLength(limits.certificateConflictsMax);
    expect(conflicts('a')).not.toContain(codes('d')[0]);
    driver.one(SANYA, maker.revoke('s0'));
    expect(conflicts('a')).toHaveLength(limits.certificateConflictsMax);
    expect(conflicts('a')).toContain(codes('d')[0]);
  });

  it('have at most eight active ones each; superseding one needs no room', () => {
    for (let i = 0; i < limits.certificatesPerSubjectMax; i++) issued(HAIKOU, `h${i}`);
    expect(driver.one(HAIKOU, issue('more')).code).toBe('CERTIFICATES_TOO_MANY');
    expect(driver.one(SANYA, issue('other')).code).toBeUndefined();
    expect(driver.one(HAIKOU, maker.supersede('h0', 'new', { subjectTag: maker.tag('wang') })).code).toBeUndefined();
    driver.one(HAIKOU, maker.revoke('h1'));
    expect(driver.one(HAIKOU, issue('more')).code).toBeUndefined();
  });

  it('a replacement that is refused leaves the old certificate and its conflicts as they were (L1)', () => {
    issued(HAIKOU, 'a');
    issued(SANYA, 'b');
    const refused = driver.one(SANYA, maker.supersede('b', 'a', { subjectTag: maker.tag('wang') }));
    expect(refused.code).toBe('CERTIFICATE_EXISTS');
    expect(conflicts('a')).toEqual(codes('b'));
    expect(conflicts('b')).toEqual(codes('a'));
    expect(listed()).toEqual(codes('a', 'b'));
  });
});

it('in any order of issues and ends, each conflicts with exactly the others\u2019 active certificates (P2)', () => {
  const steps = fc.array(fc.record({ lane: fc.nat(3), who: fc.nat(9), end: fc.boolean() }), { maxLength: 25 });
  fc.assert(
    fc.property(steps, (chosen) => {
      driver = new LedgerDriver(new Ledger({ genesis, crypto, domains }), crypto);
      const active = new Map<string, number>();
      for (const { lane, who, end } of chosen) {
        const name = `n${who}`;
        const owner = active.get(name);
        if (end && owner !== undefined) {
          driver.one(owner, maker.revoke(name));
          active.delete(name);
        } else if (driver.one(lane, issue(name)).code === undefined) {
          active.set(name, lane);
        }
      }
      for (const [name, lane] of active) {
        const others = [...active].filter(([, other]) => other !== lane).map(([other]) => other);
        const shown = new Set(conflicts(name));
        for (const code of shown) expect(codes(...others)).toContain(code);
        expect(shown.size).toBe(Math.min(others.length, limits.certificateConflictsMax));
      }
      expect(new Set(listed())).toEqual(new Set(codes(...active.keys())));
    }),
    { numRuns: 60 },
  );
});
