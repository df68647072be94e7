import { beforeEach, describe, expect, it } from 'vitest';
import { EvidenceMaker } from '../../../test/evidence-fixture.ts';
import { fixtureGenesis, LedgerDriver, RecordMaker, voteSecret } from '../../../test/ledger-fixture.ts';
import { change, MembershipChangeKind, MembershipMaker, newKeys } from '../../../test/membership-fixture.ts';
import { portableCrypto as crypto, Domains } from '../../crypto/index.ts';
import { authoritySetDigest, epochOf, quorumOf, votersOf } from '../../genesis/authority-set.ts';
import type { Authority } from '../../genesis/types.ts';
import { Ledger } from '../../ledger/index.ts';
import type { RecordLocation } from '../../replica/effects.ts';
import {
  approvalsMissing,
  encodeMembershipEvidence,
  MEMBERSHIP_FAMILY,
  memberFactKey,
  membershipTypes,
  proposalFactKey,
  readMemberFact,
  readProposalFact,
} from './index.ts';

const [HAIKOU, SANYA, DANZHOU, QIONGHAI] = [0, 1, 2, 3];
const DAY_MS = 86_400_000;
const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);
const fresh = newKeys(crypto, 'qionghai', 'fresh').member;
const recover = change(MembershipChangeKind.RECOVER, QIONGHAI, fresh);
let maker: MembershipMaker;
let ledger: Ledger;
let driver: LedgerDriver;

beforeEach(() => {
  maker = new MembershipMaker(crypto);
  ledger = new Ledger({ genesis, crypto, domains });
  driver = new LedgerDriver(ledger, crypto);
});

const inTwoDays = () => driver.timestampMs + 2 * DAY_MS;

/** Proposes in a block of its own. */
function propose(lane: number, what = recover, expiresAtMs = inTwoDays(), of: { epoch?: number } = genesis) {
  return driver.one(lane, maker.propose(of, what, expiresAtMs));
}

function approve(lane: number, proposal: RecordLocation) {
  return driver.one(lane, maker.approve(proposal)).code;
}

describe('C12: proposals', () => {
  it('C12: more than two thirds of the present set decide, the proposer among them: three of four', () => {
    const { code, location } = propose(HAIKOU);
    expect(code).toBeUndefined();
    expect(ledger.genesisOf(1)).toBeUndefined();
    expect(approve(SANYA, location)).toBeUndefined();
    const fact = readProposalFact(ledger.fact(proposalFactKey(domains, HAIKOU)) as Uint8Array);
    expect(approvalsMissing(genesis, fact)).toBe(1);
    expect(ledger.genesisOf(1)).toBeUndefined();
    expect(approve(QIONGHAI, location)).toBeUndefined();
    const next = ledger.genesisOf(1);
    expect(next?.authorities[QIONGHAI]).toMatchObject({ name: 'qionghai', laneKey: fresh.laneKey });
    expect(next && epochOf(next)).toBe(1);
    expect(next && authoritySetDigest(domains, next)).not.toEqual(authoritySetDigest(domains, genesis));
  });

  it('C12: an epoch counts from the last block of the one before, its seal, in the ledger that executes and the one restored', () => {
    const { location } = propose(HAIKOU);
    for (const lane of [SANYA, DANZHOU]) expect(approve(lane, location)).toBeUndefined();
    driver.block({});
    const sealMs = driver.timestampMs;
    driver.block({});
    expect(ledger.genesisOf(1)?.sinceMs).toBe(sealMs);
    driver.epoch = 1;
    for (let block = 0; block < 3; block++) driver.block({});
    const restored = new Ledger({ genesis, crypto, domains });
    for (const { log } of driver.blocks) restored.restore(log);
    for (const each of [ledger, restored]) {
      expect(each.genesisOf(1)?.sinceMs).toBe(sealMs);
      expect(each.genesisOf(1)?.before).toBe(genesis);
    }
  });

  it('C12: the subject of a removal counts in n, and may vote on it', () => {
    const { location } = propose(HAIKOU, change(MembershipChangeKind.REMOVE, QIONGHAI));
    expect(approve(SANYA, location)).toBeUndefined();
    expect(ledger.genesisOf(1)).toBeUndefined();
    expect(approve(DANZHOU, location)).toBeUndefined();
    const next = ledger.genesisOf(1);
    expect(next && votersOf(next).map(({ name }) => name)).toEqual(['haikou', 'sanya', 'danzhou']);
    expect(next && quorumOf(next)).toBe(3);
  });

  it('C12: who does not vote decides nothing: it neither proposes nor approves', () => {
    const authorities = genesis.authorities.map((authority) =>
      authority.index === QIONGHAI ? { ...authority, standing: 'suspended' as const } : authority,
    );
    driver = new LedgerDriver(new Ledger({ genesis: { ...genesis, authorities }, crypto, domains }), crypto);
    expect(propose(QIONGHAI, change(MembershipChangeKind.SUSPEND, DANZHOU)).code).toBe('MEMBERSHIP_CHANGE_WRONG');
    const { code, location } = propose(HAIKOU, recover);
    expect(code).toBeUndefined();
    expect(approve(QIONGHAI, location)).toBe('MEMBERSHIP_CHANGE_WRONG');
  });

  it('C12: a city counts once, and only the newest proposal of a city is approved', () => {
    const { location } = propose(HAIKOU);
    expect(approve(HAIKOU, location)).toBe('MEMBERSHIP_APPROVED_ALREADY');
    expect(approve(SANYA, location)).toBeUndefined();
    expect(approve(SANYA, location)).toBe('MEMBERSHIP_APPROVED_ALREADY');
    expect(approve(SANYA, { ...location, sequence: location.sequence + 1 })).toBe('MEMBERSHIP_PROPOSAL_UNKNOWN');
    expect(approve(SANYA, { ...location, lane: DANZHOU })).toBe('MEMBERSHIP_PROPOSAL_UNKNOWN');
  });

  it('C12: what is withdrawn or out of date is not decided; nobody withdraws another’s', () => {
    const { location } = propose(HAIKOU);
    expect(driver.one(SANYA, maker.withdraw(location)).code).toBe('MEMBERSHIP_NOT_PROPOSER');
    expect(propose(HAIKOU).code).toBe('MEMBERSHIP_PROPOSAL_OPEN');
    expect(driver.one(HAIKOU, maker.withdraw(location)).code).toBeUndefined();
    expect(driver.one(HAIKOU, maker.withdraw(location)).code).toBe('MEMBERSHIP_PROPOSAL_ENDED');
    expect(approve(SANYA, location)).toBe('MEMBERSHIP_PROPOSAL_ENDED');
    const soon = propose(HAIKOU, recover, driver.timestampMs);
    expect(soon.code).toBe('MEMBERSHIP_EXPIRY_WRONG');
    expect(propose(HAIKOU, recover, driver.timestampMs + 40 * DAY_MS).code).toBe('MEMBERSHIP_EXPIRY_WRONG');
    const short = propose(HAIKOU);
    expect(short.code).toBeUndefined();
    driver.day += 3;
    expect(approve(SANYA, short.location)).toBe('MEMBERSHIP_PROPOSAL_ENDED');
    expect(propose(HAIKOU).code).toBeUndefined();
  });

  it('C12: nobody’s proposal keeps out another’s; the first that is decided ends the epoch', () => {
    const hostile = propose(QIONGHAI, change(MembershipChangeKind.REMOVE, HAIKOU));
    const rescue = propose(HAIKOU);
    expect([hostile.code, rescue.code]).toEqual([undefined, undefined]);
    for (const lane of [SANYA, DANZHOU]) expect(approve(lane, rescue.location)).toBeUndefined();
    expect(approve(SANYA, hostile.location)).toBe('MEMBERSHIP_DECIDED');
    expect(propose(SANYA, change(MembershipChangeKind.SUSPEND, HAIKOU)).code).toBe('MEMBERSHIP_DECIDED');
  });

  it('C12: a change fits the present set', () => {
    const stranger = newKeys(crypto, 'wenchang', 'new').member;
    const own = genesis.authorities[SANYA];
    const sanya = newKeys(crypto, 'sanya', 'new').member;
    const wrong: [number, ReturnType<typeof change>, string][] = [
      [HAIKOU, change(MembershipChangeKind.ROTATE, QIONGHAI, fresh), 'MEMBERSHIP_CHANGE_WRONG'],
      [QIONGHAI, recover, 'MEMBERSHIP_CHANGE_WRONG'],
      [
        HAIKOU,
        change(MembershipChangeKind.RECOVER, QIONGHAI, { ...fresh, name: 'wenchang' }),
        'MEMBERSHIP_CHANGE_WRONG',
      ],
      [HAIKOU, change(MembershipChangeKind.ADD, QIONGHAI, stranger), 'MEMBERSHIP_CHANGE_WRONG'],
      [HAIKOU, change(MembershipChangeKind.SUSPEND, 4), 'MEMBERSHIP_CHANGE_WRONG'],
      [HAIKOU, change(MembershipChangeKind.ADD, 4, { ...stranger, name: 'sanya' }), 'MEMBERSHIP_NAME_TAKEN'],
      [
        HAIKOU,
        change(MembershipChangeKind.ADD, 4, { ...stranger, laneKey: own?.laneKey ?? sanya.laneKey }),
        'MEMBERSHIP_KEY_TAKEN',
      ],
      [
        HAIKOU,
        change(MembershipChangeKind.ADD, 4, { ...stranger, voteKeyProof: fresh.voteKeyProof }),
        'MEMBERSHIP_POSSESSION_UNPROVEN',
      ],
      [HAIKOU, change(MembershipChangeKind.SUSPEND, QIONGHAI, fresh), 'MALFORMED'],
      [HAIKOU, change(MembershipChangeKind.RECOVER, QIONGHAI), 'MALFORMED'],
      [HAIKOU, change(MembershipChangeKind.RECOVER, QIONGHAI, { ...fresh, peerId: 'short' }), 'MALFORMED'],
    ];
    for (const [lane, what, code] of wrong) expect(propose(lane, what).code, code).toBe(code);
    expect(propose(HAIKOU, recover, inTwoDays(), { epoch: 1 }).code).toBe('MEMBERSHIP_EPOCH_WRONG');
    expect(propose(SANYA, change(MembershipChangeKind.ROTATE, SANYA, sanya)).code).toBeUndefined();
  });

  it('C12: the change takes effect before the first record of the epoch; keys that were given up never come back', () => {
    const { location } = propose(HAIKOU);
    for (const lane of [SANYA, DANZHOU]) approve(lane, location);
    const member = () => readMemberFact(ledger.fact(memberFactKey(domains, QIONGHAI)) as Uint8Array);
    expect(member().laneKey).toEqual(genesis.authorities[QIONGHAI]?.laneKey);
    driver.epoch = 1;
    const old = { ...fresh, laneKey: genesis.authorities[QIONGHAI]?.laneKey ?? fresh.laneKey };
    const back = change(MembershipChangeKind.RECOVER, QIONGHAI, old);
    expect(propose(HAIKOU, back, inTwoDays(), { epoch: 1 }).code).toBe('MEMBERSHIP_KEY_TAKEN');
    expect(member().laneKey).toEqual(fresh.laneKey);
    expect(ledger.epoch).toBe(1);
    expect(propose(HAIKOU, recover, inTwoDays(), { epoch: 1 }).code).toBe('MEMBERSHIP_CHANGE_EMPTY');
  });

  it.each([
    ['all its keys are new', [], false],
    ['it has another peer id and addresses only', ['laneKey', 'voteKey', 'exchangeKey', 'credentialKey'], true],
    ['it keeps its lane key', ['laneKey'], true],
    ['it keeps its vote key', ['voteKey'], true],
  ] as const)('C10: the quarantine ends with both keys that evidence is held against: %s', (_, kept, isQuarantined) => {
    const own = genesis.authorities[QIONGHAI] as Authority;
    const member = { ...fresh, ...Object.fromEntries(kept.map((key) => [key, own[key]])) };
    if (kept.some((key) => key === 'voteKey')) {
      member.voteKeyProof = crypto.bls.provePossession(voteSecret(crypto, QIONGHAI));
    }
    // Proposed before anybody held evidence.
    const { code, location } = propose(QIONGHAI, change(MembershipChangeKind.ROTATE, QIONGHAI, member));
    expect(code).toBeUndefined();
    const signed = new EvidenceMaker(crypto, domains);
    const fork = encodeMembershipEvidence(
      signed.fork(signed.header(QIONGHAI, 5, 'one'), signed.header(QIONGHAI, 5, 'two')),
    );
    const evidence = new RecordMaker(crypto).record(MEMBERSHIP_FAMILY, membershipTypes.evidence, fork);
    expect(driver.one(HAIKOU, evidence).code).toBeUndefined();
    for (const lane of [HAIKOU, SANYA]) expect(approve(lane, location)).toBeUndefined();
    driver.epoch = 1;
    driver.block({});
    const fact = readMemberFact(ledger.fact(memberFactKey(domains, QIONGHAI)) as Uint8Array);
    expect(fact.quarantinedBy !== undefined).toBe(isQuarantined);
    const says = maker.propose({ epoch: 1 }, change(MembershipChangeKind.SUSPEND, DANZHOU), inTwoDays());
    expect(driver.one(QIONGHAI, says).code).toBe(isQuarantined ? 'AUTHORITY_QUARANTINED' : undefined);
  });

  it('C12: a trial right after the turn judges by the new set, and changes nothing', () => {
    const { location } = propose(HAIKOU);
    for (const lane of [SANYA, DANZHOU]) approve(lane, location);
    const suspend = change(MembershipChangeKind.SUSPEND, SANYA);
    const records = [
      maker.propose({ epoch: 1 }, suspend, inTwoDays()),
      maker.propose({ epoch: 1 }, recover, inTwoDays()),
    ];
    const nowMs = driver.timestampMs + 1000;
    expect(records.map((record) => ledger.trial(HAIKOU, [record], nowMs))).toEqual([
      ['MEMBERSHIP_DECIDED'],
      ['MEMBERSHIP_DECIDED'],
    ]);
    expect(records.map((record) => ledger.trial(HAIKOU, [record], nowMs, 1))).toEqual([
      [undefined],
      ['MEMBERSHIP_CHANGE_EMPTY'],
    ]);
    expect(ledger.epoch).toBe(0);
    expect(readMemberFact(ledger.fact(memberFactKey(domains, QIONGHAI)) as Uint8Array).laneKey).toEqual(
      genesis.authorities[QIONGHAI]?.laneKey,
    );
  });

  it('C12: one city alone cannot be taken away, nor is an epoch entered that nobody decided', () => {
    const alone = fixtureGenesis(crypto, 1);
    driver = new LedgerDriver(new Ledger({ genesis: alone, crypto, domains }), crypto);
    expect(propose(HAIKOU, change(MembershipChangeKind.SUSPEND, HAIKOU)).code).toBe('MEMBERSHIP_SET_SIZE');
    driver.epoch = 1;
    expect(() => driver.one(HAIKOU, maker.propose(alone, recover))).toThrow('epoch 1 was decided');
  });

  it('C10: a proof of possession is looked at once a block and lane', () => {
    const first = maker.propose(genesis, recover, inTwoDays());
    const place = { lane: HAIKOU, sequence: 1, position: 0 };
    const again = [first, maker.withdraw(place), maker.propose(genesis, recover, inTwoDays())];
    expect(driver.block({ [HAIKOU]: again }).outcomes.map(({ rejected }) => rejected)).toEqual([
      ...[undefined, undefined],
      'MEMBERSHIP_PROPOSAL_OPEN',
    ]);
    const lie = change(MembershipChangeKind.RECOVER, QIONGHAI, { ...fresh, voteKeyProof: new Uint8Array(96) });
    const lies = [maker.propose(genesis, lie, inTwoDays()), maker.propose(genesis, lie, inTwoDays())];
    expect(driver.block({ [SANYA]: lies }).outcomes.map(({ rejected }) => rejected)).toEqual([
      'MEMBERSHIP_POSSESSION_UNPROVEN',
      'EVIDENCE_NOT_CHECKED',
    ]);
  });
});
