import { beforeEach, describe, expect, it } from 'vitest';
import { EvidenceMaker } from '../../../test/evidence-fixture.ts';
import { fixtureGenesis, LedgerDriver, RecordMaker, TODAY } from '../../../test/ledger-fixture.ts';
import { portableCrypto as crypto, Domains, type SignatureScheme } from '../../crypto/index.ts';
import { type Evidence, VoteKind } from '../../gen/hansa/v1/consensus_pb.ts';
import { policyDigest } from '../../genesis/index.ts';
import { Ledger } from '../../ledger/index.ts';
import { checkRecord, families } from '../index.ts';
import {
  encodeMembershipEvidence,
  MEMBERSHIP_FAMILY,
  memberFactKey,
  membershipTypes,
  policyFactKey,
  readMemberFact,
  readPolicyFact,
} from './index.ts';

const [HAIKOU, SANYA, DANZHOU] = [0, 1, 2];
const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);
const maker = new RecordMaker(crypto);
const signed = new EvidenceMaker(crypto, domains);
const fork = (lane: number) => signed.fork(signed.header(lane, 5, 'one'), signed.header(lane, 5, 'two'));
let driver: LedgerDriver;

beforeEach(() => {
  driver = new LedgerDriver(new Ledger({ genesis, crypto, domains }), crypto);
});

function accusation(evidence: Evidence): Uint8Array {
  return maker.record(MEMBERSHIP_FAMILY, membershipTypes.evidence, encodeMembershipEvidence(evidence));
}

function memberOf(index: number) {
  const value = driver.ledger.fact(memberFactKey(domains, index));
  return value === undefined ? undefined : readMemberFact(value);
}

describe('membership', () => {
  it('facts are there before the first block, from the genesis file', () => {
    for (const { index, name, laneKey, voteKey } of genesis.authorities) {
      expect(memberOf(index)).toEqual({ name, laneKey, voteKey, quarantinedBy: undefined, quarantinedAtMs: 0 });
    }
    expect(memberOf(4)).toBeUndefined();
    expect(driver.ledger.factCount).toBe(5);
  });

  it('names the policy of the genesis file by its digest, from the first block on', () => {
    const value = driver.ledger.fact(policyFactKey(domains)) as Uint8Array;
    expect(readPolicyFact(value)).toEqual(policyDigest(crypto, genesis.policy));
    expect(() => readPolicyFact(value.subarray(1))).toThrow('A fact of the ledger cannot be read');
  });

  it('evidence quarantines its author from the next record on (C10, R4)', () => {
    const { outcomes } = driver.block({
      [HAIKOU]: [accusation(fork(DANZHOU)), maker.list('wang')],
      [DANZHOU]: [maker.list('li'), maker.issue('c')],
    });
    expect(outcomes.map((outcome) => outcome.rejected)).toEqual([
      undefined,
      undefined,
      'AUTHORITY_QUARANTINED',
      'AUTHORITY_QUARANTINED',
    ]);
    expect(memberOf(DANZHOU)).toMatchObject({
      name: 'danzhou',
      quarantinedBy: outcomes[0]?.location,
      quarantinedAtMs: expect.any(Number),
    });
    expect(driver.one(DANZHOU, maker.list('zhao')).code).toBe('AUTHORITY_QUARANTINED');
    expect(driver.one(SANYA, maker.list('zhao')).code).toBeUndefined();
  });

  it('quarantine does not reach back: what stood before the evidence in the order keeps its effect', () => {
    const { outcomes } = driver.block({
      [SANYA]: [maker.list('wang'), accusation(fork(SANYA)), maker.list('li')],
    });
    expect(outcomes.map((outcome) => outcome.rejected)).toEqual([undefined, undefined, 'AUTHORITY_QUARANTINED']);
  });

  it('evidence of each kind counts, once per authority', () => {
    const { NOTARIZE, FINALIZE, NULLIFY } = VoteKind;
    const votes = signed.votes(signed.vote(SANYA, FINALIZE, 9, 'a'), signed.vote(SANYA, NULLIFY, 9, ''));
    const proposals = signed.proposals(signed.proposal(3, 3, '1'), signed.proposal(3, 3, '2'));
    for (const evidence of [fork(DANZHOU), votes, proposals]) {
      expect(driver.one(HAIKOU, accusation(evidence)).code).toBeUndefined();
    }
    const others = signed.votes(signed.vote(SANYA, NOTARIZE, 9, 'a'), signed.vote(SANYA, NOTARIZE, 9, 'b'));
    expect(driver.one(HAIKOU, accusation(others)).code).toBe('EVIDENCE_KNOWN');
    expect([SANYA, DANZHOU, 3].map((index) => memberOf(index)?.quarantinedBy?.lane)).toEqual([HAIKOU, HAIKOU, HAIKOU]);
    expect(memberOf(HAIKOU)?.quarantinedBy).toBeUndefined();
  });

  it('false evidence has no effect', () => {
    const framed = signed.fork(signed.header(DANZHOU, 5, 'one'), signed.header(DANZHOU, 5, 'two', { signer: HAIKOU }));
    expect(driver.one(HAIKOU, accusation(framed)).code).toBe('EVIDENCE_SIGNATURE_INVALID');
    const same = signed.header(DANZHOU, 5, 'one');
    expect(driver.one(HAIKOU, accusation(signed.fork(same, same))).code).toBe('EVIDENCE_NOT_CONFLICTING');
    expect(driver.one(HAIKOU, maker.record(MEMBERSHIP_FAMILY, 1, new Uint8Array(0))).code).toBe('MALFORMED');
    expect(memberOf(DANZHOU)?.quarantinedBy).toBeUndefined();
    expect(driver.one(DANZHOU, maker.list('wang'), TODAY).code).toBeUndefined();
  });

  it('false evidence costs a block one check of signatures a lane, however much of it there is (C10)', () => {
    let checks = 0;
    const count = <Scheme extends Pick<SignatureScheme, 'verify'>>(scheme: Scheme): Scheme => {
      const verify: Scheme['verify'] = (...parts) => {
        checks += 1;
        return scheme.verify(...parts);
      };
      return { ...scheme, verify };
    };
    const counted = { ...crypto, ed25519: count(crypto.ed25519), bls: count(crypto.bls) };
    const counting = new LedgerDriver(new Ledger({ genesis, crypto: counted, domains }), crypto);
    const framed = signed.fork(signed.header(DANZHOU, 5, 'one'), signed.header(DANZHOU, 5, 'two', { signer: HAIKOU }));
    const lies = Array.from({ length: 50 }, () => accusation(framed));
    const spent = () => {
      const before = checks;
      const { outcomes } = counting.block({ [HAIKOU]: [...lies, maker.list('wang')], [SANYA]: lies });
      expect(outcomes.slice(0, 52).map(({ rejected }) => rejected)).toEqual([
        'EVIDENCE_SIGNATURE_INVALID',
        ...Array.from({ length: 49 }, () => 'EVIDENCE_NOT_CHECKED'),
        undefined,
        'EVIDENCE_SIGNATURE_INVALID',
      ]);
      return checks - before;
    };
    // Two lanes, two statements each; the same again in the next block.
    expect([spent(), spent()]).toEqual([4, 4]);
    expect(counting.one(HAIKOU, accusation(fork(DANZHOU))).code).toBeUndefined();
  });

  it('false evidence is refused before it is sealed', () => {
    const context = { genesis, domains, crypto, families };
    const framed = signed.fork(signed.header(DANZHOU, 5, 'one'), signed.header(DANZHOU, 5, 'two', { signer: HAIKOU }));
    expect(checkRecord(accusation(framed), context)).toMatchObject({ error: { code: 'EVIDENCE_SIGNATURE_INVALID' } });
    expect(checkRecord(accusation(fork(DANZHOU)), context).ok).toBe(true);
  });
});
