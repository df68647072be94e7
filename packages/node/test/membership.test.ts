import { AccessTree, accessReceiptId, encodeAccessProof } from '@hansa/protocol/access';
import { ACCESS_FAMILY, accessTypes, encodeAccessBatch } from '@hansa/protocol/families';
import { explainAccessProof } from '@hansa/protocol/receipt';
import { encodeRecord } from '@hansa/protocol/records';
import { MemoryStore } from '@hansa/protocol/replica';
import { afterEach, describe, expect, it } from 'vitest';
import { AccessFixture } from '../../protocol/test/access-fixture.ts';
import { change, MembershipChangeKind, MembershipMaker, newKeys } from '../../protocol/test/membership-fixture.ts';
import { City } from '../src/city/index.ts';
import { nativeCrypto } from '../src/crypto/index.ts';
import { type CityKeys, generateCityKeys, publicKeys } from '../src/keys/index.ts';
import { createLog } from '../src/log.ts';
import { createNetwork } from '../src/network/index.ts';
import { listing, TODAY, testFederation } from './federation.ts';
import { until } from './network/federation.ts';

const NOON_MS = TODAY * 86_400_000 + 4 * 3_600_000;
const [HAIKOU, SANYA, DANZHOU, QIONGHAI] = [0, 1, 2, 3];
const log = createLog({ level: 'silent', format: 'json' });
const running = new Set<City>();

afterEach(async () => {
  await Promise.all([...running].map((city) => city.stop()));
  running.clear();
});

describe('a city lost its keys (C12)', () => {
  it('the other three give it new ones; it comes back empty, catches up and seals; the old key is refused', async () => {
    const federation = await testFederation();
    const { genesis } = federation;
    const peers: Record<string, readonly string[]> = {};
    const startedMs = performance.now();
    const start = async (index: number, keys: CityKeys, newKeys = false): Promise<City> => {
      const seat = genesis.authorities[index];
      if (seat === undefined) throw new Error(`there is no city ${index}`);
      const city = await City.open({
        genesis,
        self: { ...seat, ...(await publicKeys(nativeCrypto, keys)) },
        keys,
        crypto: nativeCrypto,
        store: new MemoryStore(),
        createNetwork: (handlers) =>
          createNetwork({
            ...{ genesis, self: seat.name, networkSecret: keys.network, newKeys, peers, handlers, log },
            listen: ['/ip4/127.0.0.1/tcp/0'],
          }),
        log,
        onFailure: ({ error }) => {
          throw error;
        },
        wallMs: () => NOON_MS + (performance.now() - startedMs),
      });
      running.add(city);
      await city.start();
      peers[seat.name] = city.addresses();
      return city;
    };
    const stop = async (city: City) => {
      running.delete(city);
      await city.stop();
    };
    const cities: City[] = [];
    for (const [index, keys] of federation.keys.entries()) cities.push(await start(index, keys));
    const [haikou, sanya, danzhou, lost] = cities as [City, City, City, City];
    const isFinal = async (city: City, record: Uint8Array) => {
      await until(() => city.status().joined);
      const [location] = (await city.submit([record])).locations;
      if (location === undefined) throw new Error('the record has a place');
      expect(await city.waitFinal(location)).toMatchObject({ state: 'final' });
      return location;
    };
    await isFinal(lost, listing('before'));
    await stop(lost);

    const keys = generateCityKeys();
    const own = await publicKeys(nativeCrypto, keys);
    const { name, displayName } = genesis.authorities[QIONGHAI] ?? { name: '', displayName: '' };
    const member = { ...newKeys(nativeCrypto, name, 'form').member, displayName, ...own, addresses: [] };
    const maker = new MembershipMaker(nativeCrypto);
    const recover = change(MembershipChangeKind.RECOVER, QIONGHAI, member);
    const proposal = await isFinal(haikou, maker.propose(genesis, recover, NOON_MS + 86_400_000));
    for (const city of [sanya, danzhou]) await isFinal(city, maker.approve(proposal));
    await until(() => [haikou, sanya, danzhou].every((city) => city.genesis.epoch === 1));

    const back = await start(QIONGHAI, keys, true);
    await until(() => back.genesis.epoch === 1 && back.status().joined);
    const sealed = await isFinal(back, listing('after'));
    expect(sealed).toMatchObject({ lane: QIONGHAI, sequence: 2 });
    await until(() => (haikou.lanes()[QIONGHAI]?.executedSequence ?? 0) >= 2);

    // P3: what it signs with its new keys is proven from the genesis file alone.
    const credentialSecrets = federation.keys.map(({ credential }, index) =>
      index === QIONGHAI ? keys.credential : credential,
    );
    const { domains } = haikou;
    const fixture = new AccessFixture({ genesis, domains, crypto: nativeCrypto, credentialSecrets });
    const { sinceMs = 0 } = haikou.genesis;
    const receipt = fixture.receipt(fixture.read({ asker: QIONGHAI, askedAtMs: sinceMs }));
    const id = accessReceiptId(domains, receipt);
    const tree = new AccessTree(nativeCrypto, [id]);
    const { root } = tree;
    const period = { fromMs: genesis.createdAtMs, toMs: sinceMs + 1 };
    const body = encodeAccessBatch({ root, count: 1, fromMs: BigInt(period.fromMs), toMs: BigInt(period.toMs) });
    const requestId = new Uint8Array(16).fill(9);
    const record = encodeRecord({ family: ACCESS_FAMILY, type: accessTypes.batch, requestId, body });
    const location = await isFinal(haikou, record);
    const ledgerReceipt = await haikou.receipt({ record: location });
    const batch = { location, ...period, root, count: 1 };
    const proof = encodeAccessProof({ receipt, batch, ...tree.prove(id), ledgerReceipt });
    expect(explainAccessProof({ genesis, domains, crypto: nativeCrypto }, proof)).toMatchObject({
      value: { present: true, access: { asked: { asker: QIONGHAI } }, ledger: { federation: { epoch: 1 } } },
    });

    await stop(back);
    const before = haikou.traffic().refusedConnections + sanya.traffic().refusedConnections;
    await start(QIONGHAI, federation.keys[QIONGHAI] as CityKeys);
    await until(() => haikou.traffic().refusedConnections + sanya.traffic().refusedConnections > before);
    expect(haikou.peers().find(({ index }) => index === QIONGHAI)?.connected).toBe(false);
    expect([HAIKOU, SANYA, DANZHOU].map((index) => haikou.genesis.authorities[index]?.laneKey)).toEqual(
      [HAIKOU, SANYA, DANZHOU].map((index) => genesis.authorities[index]?.laneKey),
    );
  });
});
