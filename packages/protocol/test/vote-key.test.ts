import { expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import type { Authority } from '../src/genesis/types.ts';
import { listingRecord, type TestAuthority, testFederation } from './cities.ts';
import { areIn, decideIn, outcomeIn, sealedIn } from './epoch-fixture.ts';
import { change, MembershipChangeKind, MembershipMaker, newKeys } from './membership-fixture.ts';
import { ScriptedNetwork } from './scripted-network.ts';

const [HAIKOU, SANYA, DANZHOU, QIONGHAI] = [0, 1, 2, 3];
const all = [HAIKOU, SANYA, DANZHOU, QIONGHAI];
const federation = testFederation(crypto, 4);

it('C12: a city whose vote key alone was replaced says nothing with the old one, and says so', async () => {
  const network = new ScriptedNetwork(federation, crypto);
  await network.startJoined();
  const sanya = federation.genesis.authorities[SANYA] as Authority;
  const fresh = newKeys(crypto, sanya.name, 'a vote key');
  const rotate = change(MembershipChangeKind.ROTATE, SANYA, { ...fresh.member, laneKey: sanya.laneKey });
  await decideIn(network, new MembershipMaker(crypto), SANYA, rotate, [HAIKOU, DANZHOU]);
  await network.until(() => areIn(network, all, 1), 20_000);
  expect(network.effects(SANYA, 'alarm').map(({ error }) => error.code)).toEqual(['NO_LONGER_VOTING']);
  // The other three are a quorum, and hear nothing from it that they could blame it for.
  const record = sealedIn(network, HAIKOU, network.submit(HAIKOU, [listingRecord(crypto, 1)]));
  await network.until(() => all.every((city) => outcomeIn(network, city, record) === 'applied'), 20_000);
  expect(all.flatMap((city) => network.effects(city, 'misbehaved'))).toEqual([]);

  // Started with the new one it votes: without it the three others would not be enough.
  const { laneSecret } = federation.authorities[SANYA] as TestAuthority;
  network.crash(SANYA);
  network.secrets.set(SANYA, { ...fresh.secrets, laneSecret });
  await network.start(SANYA);
  await network.until(() => network.replica(SANYA).status().joined, 30_000);
  network.crash(QIONGHAI);
  const after = sealedIn(network, HAIKOU, network.submit(HAIKOU, [listingRecord(crypto, 2)]));
  await network.until(() => outcomeIn(network, SANYA, after) === 'applied', 30_000);
});
