import { create } from '@bufbuild/protobuf';
import { beforeEach, describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { type AuthorityMember, AuthorityMemberSchema } from '../src/gen/hansa/v1/families_pb.ts';
import type { Authority } from '../src/genesis/types.ts';
import { listingRecord, testFederation } from './cities.ts';
import { areIn, decideIn, outcomeIn, sealedIn } from './epoch-fixture.ts';
import { change, MembershipChangeKind, MembershipMaker, newKeys } from './membership-fixture.ts';
import { ScriptedNetwork } from './scripted-network.ts';

const [HAIKOU, SANYA, DANZHOU, QIONGHAI] = [0, 1, 2, 3];
const all = [HAIKOU, SANYA, DANZHOU, QIONGHAI];
const federation = testFederation(crypto, 4, undefined, 'ed25519');
let network: ScriptedNetwork;
let maker: MembershipMaker;
let listings: number;

beforeEach(async () => {
  network = new ScriptedNetwork(federation, crypto);
  maker = new MembershipMaker(crypto);
  listings = 0;
  await network.startJoined();
});

const submit = (city: number) => network.submit(city, [listingRecord(crypto, listings++)]);
const alarmsOf = (city: number) => network.effects(city, 'alarm').map(({ error }) => error.code);

async function sealFinal(city: number) {
  const at = sealedIn(network, city, submit(city));
  await network.until(() => outcomeIn(network, HAIKOU, at) === 'applied', 20_000);
}

describe('C12: a city that the federation suspended', () => {
  it('says so also when it was started again, and signs again once it has its vote back, with no alarm', async () => {
    await sealFinal(QIONGHAI);
    await decideIn(network, maker, HAIKOU, change(MembershipChangeKind.SUSPEND, QIONGHAI), [SANYA, DANZHOU]);
    await network.until(() => areIn(network, all, 1), 20_000);
    const refusal = () => {
      const id = submit(QIONGHAI);
      return network.effects(QIONGHAI, 'refused').find((effect) => effect.id === id)?.error.code;
    };
    const seat = () => ({ votes: network.replica(QIONGHAI).status().votes, refused: refusal() });
    expect(seat()).toEqual({ votes: false, refused: 'NO_LONGER_VOTING' });
    network.crash(QIONGHAI);
    await network.start(QIONGHAI);
    await network.until(() => network.replica(QIONGHAI).status().joined, 20_000);
    expect(seat()).toEqual({ votes: false, refused: 'NO_LONGER_VOTING' });

    const before = alarmsOf(QIONGHAI).length;
    const { index: _, standing: __, ...seated } = federation.genesis.authorities[QIONGHAI] as Authority;
    const same: AuthorityMember = create(AuthorityMemberSchema, { ...seated, addresses: [...seated.addresses] });
    await decideIn(network, maker, HAIKOU, change(MembershipChangeKind.RECOVER, QIONGHAI, same), [SANYA, DANZHOU]);
    await network.until(() => areIn(network, all, 2), 20_000);
    await network.until(() => network.replica(QIONGHAI).status().joined, 20_000);
    expect(network.replica(QIONGHAI).status().votes).toBe(true);
    await sealFinal(QIONGHAI);
    expect(alarmsOf(QIONGHAI).slice(before)).toEqual([]);
  });

  it('says so when it lost its vote and has it back in one run, and is not taken for one from an old backup', async () => {
    await decideIn(network, maker, HAIKOU, change(MembershipChangeKind.SUSPEND, QIONGHAI), [SANYA, DANZHOU]);
    for (let sealed = 0; sealed < 2; sealed++) submit(QIONGHAI);
    await network.until(() => areIn(network, all, 1), 20_000);
    const { index: _, standing: __, ...seated } = federation.genesis.authorities[QIONGHAI] as Authority;
    const same: AuthorityMember = create(AuthorityMemberSchema, { ...seated, addresses: [...seated.addresses] });
    await decideIn(network, maker, HAIKOU, change(MembershipChangeKind.RECOVER, QIONGHAI, same), [SANYA, DANZHOU]);
    await network.until(() => areIn(network, all, 2), 20_000);
    await network.until(() => network.replica(QIONGHAI).status().joined, 20_000);
    await sealFinal(QIONGHAI);
    expect(alarmsOf(QIONGHAI)).toEqual(['NO_LONGER_VOTING']);
  });
});

describe('R6: a city restored from an old backup', () => {
  for (const meanwhile of ['nothing changed', 'an epoch ended']) {
    it(`R6: says so when ${meanwhile} meanwhile`, async () => {
      await sealFinal(QIONGHAI);
      const backup = await network.backup(QIONGHAI);
      await sealFinal(QIONGHAI);
      await sealFinal(QIONGHAI);
      network.crash(QIONGHAI);
      if (meanwhile === 'an epoch ended') await replaceSanya();
      network.restoreBackup(QIONGHAI, backup);
      await network.start(QIONGHAI);
      const epoch = network.replica(HAIKOU).status().epoch;
      const isBack = () => areIn(network, [QIONGHAI], epoch) && network.replica(QIONGHAI).status().joined;
      await network.until(isBack, 30_000);
      expect(alarmsOf(QIONGHAI)).toEqual(['RESTORED_FROM_BACKUP']);
      await sealFinal(QIONGHAI);
    });
  }
});

/** While one city is down the other three are a quorum, so that all of them must be in the new epoch with their keys. */
async function replaceSanya() {
  const fresh = newKeys(crypto, 'sanya', 'new ones');
  await decideIn(network, maker, HAIKOU, change(MembershipChangeKind.RECOVER, SANYA, fresh.member), [SANYA, DANZHOU]);
  await network.until(() => areIn(network, [HAIKOU, DANZHOU], 1), 20_000);
  network.crash(SANYA);
  network.secrets.set(SANYA, fresh.secrets);
  await network.start(SANYA);
  await network.until(() => areIn(network, [SANYA], 1) && network.replica(SANYA).status().joined, 20_000);
}
