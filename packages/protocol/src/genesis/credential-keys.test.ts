import { expect, it } from 'vitest';
import { fixtureGenesis } from '../../test/ledger-fixture.ts';
import { change, MembershipChangeKind, newKeys } from '../../test/membership-fixture.ts';
import { portableCrypto as crypto } from '../crypto/index.ts';
import { limits } from '../limits.ts';
import { credentialKeysAt, nextEpoch, originOf } from './index.ts';

const [HAIKOU, QIONGHAI, WENCHANG] = [0, 3, 4];
const DAY_MS = 86_400_000;
const DRIFT_MS = limits.clockDriftMsMax;
const first = fixtureGenesis(crypto, 4);
const [firstMs, secondMs, thirdMs] = [first.createdAtMs + DAY_MS, first.createdAtMs + 2 * DAY_MS, 3e12];
const fresh = newKeys(crypto, 'qionghai', 'fresh').member;
const added = newKeys(crypto, 'wenchang', 'added').member;
const second = nextEpoch(first, change(MembershipChangeKind.RECOVER, QIONGHAI, fresh), firstMs);
const third = nextEpoch(second, change(MembershipChangeKind.ADD, WENCHANG, added), secondMs);
const fourth = nextEpoch(third, change(MembershipChangeKind.REMOVE, QIONGHAI), thirdMs);
const lost = first.authorities[QIONGHAI]?.credentialKey;

it('C12: a city signs with the key that it had at that time, and near a change with either', () => {
  const keysAt = (atMs: number) => credentialKeysAt(third, QIONGHAI, atMs);
  expect(keysAt(first.createdAtMs)).toEqual([lost]);
  expect(keysAt(firstMs - DRIFT_MS - 1)).toEqual([lost]);
  expect(keysAt(firstMs - DRIFT_MS)).toEqual([fresh.credentialKey, lost]);
  expect(keysAt(firstMs + DRIFT_MS)).toEqual([fresh.credentialKey, lost]);
  expect(keysAt(firstMs + DRIFT_MS + 1)).toEqual([fresh.credentialKey]);
  // The key stayed in the third epoch, which is about another city.
  expect(keysAt(secondMs)).toEqual([fresh.credentialKey]);
  expect(keysAt(secondMs + 100 * DAY_MS)).toEqual([fresh.credentialKey]);
});

it('C12: a city that no change was about keeps its one key for all times', () => {
  for (const atMs of [0, firstMs, secondMs, thirdMs + DAY_MS]) {
    expect(credentialKeysAt(fourth, HAIKOU, atMs)).toEqual([first.authorities[HAIKOU]?.credentialKey]);
  }
});

it('C12: a new city has no key before it was added, and a removed one none after', () => {
  expect(credentialKeysAt(fourth, WENCHANG, secondMs - DRIFT_MS - 1)).toEqual([]);
  expect(credentialKeysAt(fourth, WENCHANG, secondMs)).toEqual([added.credentialKey]);
  expect(credentialKeysAt(fourth, QIONGHAI, thirdMs)).toEqual([fresh.credentialKey]);
  expect(credentialKeysAt(fourth, QIONGHAI, thirdMs + DRIFT_MS + 1)).toEqual([]);
  expect(credentialKeysAt(fourth, 5, thirdMs)).toEqual([]);
});

it('C12: the genesis file is at the beginning of every epoch', () => {
  expect([first, second, fourth].map(originOf)).toEqual([first, first, first]);
});
