import { beforeEach, describe, expect, it } from 'vitest';
import { CeremonyMaker } from '../../../test/ceremony-fixture.ts';
import { fixtureGenesis, LedgerDriver, RecordMaker } from '../../../test/ledger-fixture.ts';
import { change, MembershipChangeKind, MembershipMaker, newKeys } from '../../../test/membership-fixture.ts';
import { portableCrypto as crypto, Domains } from '../../crypto/index.ts';
import type { MembershipChange } from '../../gen/hansa/v1/families_pb.ts';
import { Ledger } from '../../ledger/index.ts';
import {
  OprfCeremonyKind,
  type OprfKey,
  oprfFactKey,
  oprfFactName,
  readOprfCeremony,
  readOprfHold,
  readOprfKey,
} from './index.ts';

const [HAIKOU, SANYA, DANZHOU, QIONGHAI, WENCHANG] = [0, 1, 2, 3, 4];
const DAY_MS = 86_400_000;
const genesis = fixtureGenesis(crypto, 4);
const domains = new Domains(crypto, genesis.federationId);
const reshare = (generation: number) => ({ generation, kind: OprfCeremonyKind.RESHARE });
let members: MembershipMaker;
let ceremonies: CeremonyMaker;
let driver: LedgerDriver;

beforeEach(() => {
  members = new MembershipMaker(crypto);
  ceremonies = new CeremonyMaker(crypto, new RecordMaker(crypto));
  driver = new LedgerDriver(new Ledger({ genesis, crypto, domains }), crypto);
});

const one = (lane: number, record: Uint8Array): string | undefined => driver.one(lane, record).code;
const fact = (name: Uint8Array): Uint8Array | undefined => driver.ledger.fact(oprfFactKey(domains, name));

function seats(): number {
  return driver.ledger.genesisOf(driver.ledger.epoch)?.authorities.length ?? 0;
}

function key(): OprfKey | undefined {
  const value = fact(oprfFactName.key);
  return value === undefined ? undefined : readOprfKey(value, seats());
}

/** All that are named deal what all of them hold, and it is settled. */
function ceremony(name: string, parts: Parameters<CeremonyMaker['open']>[1], dealers: number[], holders = dealers) {
  expect(one(HAIKOU, ceremonies.open(name, parts))).toBeUndefined();
  for (const city of dealers) expect(one(city, ceremonies.deal(name, city))).toBeUndefined();
  for (const city of holders) expect(one(city, ceremonies.hold(name, ...dealers))).toBeUndefined();
  expect(one(HAIKOU, ceremonies.settle(name, ...dealers))).toBeUndefined();
}

/** Three of four decide, and the next block is of the next epoch. */
function decide(what: MembershipChange): void {
  const present = driver.ledger.genesisOf(driver.ledger.epoch) ?? genesis;
  const proposed = driver.one(HAIKOU, members.propose(present, what, driver.timestampMs + 2 * DAY_MS));
  expect(proposed.code).toBeUndefined();
  for (const city of [SANYA, DANZHOU]) expect(one(city, members.approve(proposed.location))).toBeUndefined();
  driver.epoch = driver.ledger.epoch + 1;
  driver.block({});
  ceremonies.seats = seats();
}

const recovered = change(MembershipChangeKind.RECOVER, QIONGHAI, newKeys(crypto, 'qionghai', 'fresh').member);
const removed = change(MembershipChangeKind.REMOVE, QIONGHAI);
const added = change(MembershipChangeKind.ADD, WENCHANG, newKeys(crypto, 'wenchang', 'first').member);

describe('C12: the OPRF key after a change of the authorities', () => {
  it('C12: who was given new keys evaluates no more, deals in no reshare, and is an evaluator after it', () => {
    ceremony('first', {}, [0, 1, 2, 3]);
    decide(recovered);
    expect(key()).toMatchObject({ generation: 1, dealers: [0, 1, 2, 3], evaluators: [0, 1, 2] });
    expect(one(HAIKOU, ceremonies.open('second', reshare(2)))).toBeUndefined();
    expect(one(QIONGHAI, ceremonies.deal('second', QIONGHAI))).toBe('OPRF_NOT_EVALUATOR');
    for (const city of [0, 1, 2]) expect(one(city, ceremonies.deal('second', city))).toBeUndefined();
    for (const city of [0, 1, 2, 3]) expect(one(city, ceremonies.hold('second', 0, 1, 2))).toBeUndefined();
    expect(one(SANYA, ceremonies.settle('second', 0, 1, 2))).toBeUndefined();
    expect(key()).toMatchObject({ generation: 2, dealers: [0, 1, 2], evaluators: [0, 1, 2, 3] });
  });

  it('C12: who has its share still says so, and evaluates again without a reshare', () => {
    ceremony('first', {}, [0, 1, 2, 3]);
    decide(recovered);
    expect(one(QIONGHAI, ceremonies.hold('first', 0, 1, 2))).toBe('OPRF_HOLDS_TOO_FEW');
    expect(one(QIONGHAI, ceremonies.hold('first', 0, 1, 2, 3))).toBeUndefined();
    expect(key()?.evaluators).toEqual([0, 1, 2, 3]);
  });

  it('C12: new keys for the lane, the votes, the exchange, the copies or the network: each takes the share’s place', () => {
    const before = genesis.authorities[QIONGHAI];
    const fresh = newKeys(crypto, 'qionghai', 'fresh').member;
    const parts = [
      { laneKey: fresh.laneKey },
      { voteKey: fresh.voteKey, voteKeyProof: fresh.voteKeyProof },
      { exchangeKey: fresh.exchangeKey },
      { credentialKey: fresh.credentialKey },
      { peerId: fresh.peerId },
    ];
    ceremony('first', {}, [0, 1, 2, 3]);
    const old = newKeys(crypto, 'qionghai', 'before').member;
    decide(change(MembershipChangeKind.RECOVER, QIONGHAI, { ...old, name: before?.name ?? '' }));
    let member = old;
    for (const part of parts) {
      expect(one(QIONGHAI, ceremonies.hold('first', 0, 1, 2, 3))).toBeUndefined();
      member = { ...member, ...part };
      decide(change(MembershipChangeKind.RECOVER, QIONGHAI, member));
      expect(key()?.evaluators).toEqual([0, 1, 2]);
    }
    expect(one(QIONGHAI, ceremonies.hold('first', 0, 1, 2, 3))).toBeUndefined();
    decide(change(MembershipChangeKind.RECOVER, QIONGHAI, { ...member, addresses: ['/ip4/192.0.2.7/tcp/7400'] }));
    expect(key()?.evaluators).toEqual([0, 1, 2, 3]);
  });

  it('C12: who was removed evaluates no more; n, q and the threshold are of those who vote, bitmaps of all seats', () => {
    ceremony('first', {}, [0, 1, 2, 3]);
    decide(removed);
    expect(key()?.evaluators).toEqual([0, 1, 2]);
    expect(one(HAIKOU, ceremonies.open('second', { ...reshare(2), threshold: 4 }))).toBe('OPRF_THRESHOLD_OUT_OF_RANGE');
    expect(one(HAIKOU, ceremonies.open('second', { ...reshare(2), threshold: 3 }))).toBeUndefined();
    for (const city of [0, 1, 2]) expect(one(city, ceremonies.deal('second', city, 3))).toBeUndefined();
    for (const city of [0, 1]) expect(one(city, ceremonies.hold('second', 0, 1, 2))).toBeUndefined();
    // q of three is three.
    expect(one(SANYA, ceremonies.settle('second', 0, 1, 2))).toBe('OPRF_HOLDS_TOO_FEW');
    expect(one(DANZHOU, ceremonies.hold('second', 0, 1, 2))).toBeUndefined();
    expect(one(SANYA, ceremonies.settle('second', 0, 1, 2))).toBeUndefined();
    expect(key()).toMatchObject({ generation: 2, threshold: 3, evaluators: [0, 1, 2] });
  });

  it('C12: an added city evaluates after a reshare, which the shorter bitmaps of before do not hinder', () => {
    ceremony('first', {}, [0, 1, 2, 3]);
    decide(added);
    expect(seats()).toBe(5);
    expect(key()?.evaluators).toEqual([0, 1, 2, 3]);
    expect(one(HAIKOU, ceremonies.open('second', reshare(2)))).toBeUndefined();
    expect(one(WENCHANG, ceremonies.deal('second', WENCHANG))).toBe('OPRF_NOT_EVALUATOR');
    for (const city of [0, 1, 2]) expect(one(city, ceremonies.deal('second', city))).toBeUndefined();
    for (const city of [0, 1, 2, 4]) expect(one(city, ceremonies.hold('second', 0, 1, 2))).toBeUndefined();
    expect(one(WENCHANG, ceremonies.settle('second', 0, 1, 2))).toBeUndefined();
    expect(key()?.evaluators).toEqual([0, 1, 2, 4]);
    expect(one(QIONGHAI, ceremonies.hold('second', 0, 1, 2))).toBeUndefined();
    expect(key()?.evaluators).toEqual([0, 1, 2, 3, 4]);
  });

  it('C12: a ceremony is of one epoch: what is under way at the turn ends, and nothing of it counts in the next', () => {
    ceremony('first', {}, [0, 1, 2, 3]);
    expect(one(SANYA, ceremonies.open('second', reshare(2)))).toBeUndefined();
    for (const city of [0, 1, 2, 3]) expect(one(city, ceremonies.deal('second', city))).toBeUndefined();
    for (const city of [0, 1, 2]) expect(one(city, ceremonies.hold('second', 0, 1, 2, 3))).toBeUndefined();
    expect(readOprfHold(fact(oprfFactName.hold(SANYA)) as Uint8Array, 4).dealers).toEqual([0, 1, 2, 3]);
    decide(recovered);
    expect(fact(oprfFactName.ceremony)).toBeUndefined();
    expect(fact(oprfFactName.hold(SANYA))).toBeUndefined();
    expect(one(HAIKOU, ceremonies.settle('second', 0, 1, 2, 3))).toBe('OPRF_CEREMONY_UNKNOWN');
    // Nobody waits ten minutes for the next one.
    expect(one(DANZHOU, ceremonies.open('third', reshare(2)))).toBeUndefined();
    expect(readOprfCeremony(fact(oprfFactName.ceremony) as Uint8Array, 4).dealt).toEqual([]);
    expect(key()?.generation).toBe(1);
  });

  it('C12: a change before there is a key leaves none behind', () => {
    expect(one(SANYA, ceremonies.open('first'))).toBeUndefined();
    decide(removed);
    expect(key()).toBeUndefined();
    expect(fact(oprfFactName.ceremony)).toBeUndefined();
    ceremony('second', {}, [0, 1, 2]);
    expect(key()?.evaluators).toEqual([0, 1, 2]);
  });
});
