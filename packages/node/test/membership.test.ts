import { limits } from '@hansa/protocol';
import { AccessTree, accessReceiptId, encodeAccessProof } from '@hansa/protocol/access';
import {
  ACCESS_FAMILY,
  accessTypes,
  CERTIFICATE_FAMILY,
  certificateFactKey,
  certificateTypes,
  encodeAccessBatch,
  encodeCertificateIssue,
} from '@hansa/protocol/families';
import { explainAccessProof } from '@hansa/protocol/receipt';
import { encodeRecord } from '@hansa/protocol/records';
import { afterEach, describe, expect, it } from 'vitest';
import { AccessFixture } from '../../protocol/test/access-fixture.ts';
import { change, MembershipChangeKind, newKeys } from '../../protocol/test/membership-fixture.ts';
import type { City } from '../src/city/index.ts';
import { credentialStanding, issueCredential, verifyCredential, withReceipt } from '../src/credential/index.ts';
import { nativeCrypto } from '../src/crypto/index.ts';
import { type CityKeys, generateCityKeys, publicKeys } from '../src/keys/index.ts';
import { listing, TODAY } from './federation.ts';
import { LoopbackCities } from './loopback-cities.ts';
import { until } from './network/federation.ts';

const [HAIKOU, SANYA, DANZHOU, QIONGHAI] = [0, 1, 2, 3];
let all: LoopbackCities;

afterEach(async () => {
  await all.stopAll();
});

describe('a city lost its keys (C12)', () => {
  it('the other three give it new ones; it comes back empty, catches up and seals; the old key is refused', async () => {
    const started = await LoopbackCities.start();
    all = started.all;
    const { federation } = all;
    const { genesis } = federation;
    const [haikou, sanya, danzhou, lost] = started.cities as [City, City, City, City];
    await all.final(lost, listing('before'));
    await all.stop(lost);

    const keys = generateCityKeys();
    const own = await publicKeys(nativeCrypto, keys);
    const { name, displayName } = genesis.authorities[QIONGHAI] ?? { name: '', displayName: '' };
    const member = { ...newKeys(nativeCrypto, name, 'form').member, displayName, ...own, addresses: [] };
    await all.decide([haikou, sanya, danzhou], change(MembershipChangeKind.RECOVER, QIONGHAI, member));

    const back = await all.start(QIONGHAI, keys);
    await until(() => back.genesis.epoch === 1 && back.status().joined);
    const sealed = await all.final(back, listing('after'));
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
    const location = await all.final(haikou, record);
    const ledgerReceipt = await haikou.receipt({ record: location });
    const batch = { location, ...period, root, count: 1 };
    const proof = encodeAccessProof({ receipt, batch, ...tree.prove(id), ledgerReceipt });
    expect(explainAccessProof({ genesis, domains, crypto: nativeCrypto }, proof)).toMatchObject({
      value: { present: true, access: { asked: { asker: QIONGHAI } }, ledger: { federation: { epoch: 1 } } },
    });

    // P4: and so is the copy of a certificate; one that the lost key makes is refused, whatever date it gives itself.
    const holderKey = nativeCrypto.ed25519.publicKey(new Uint8Array(32).fill(5));
    const certificateId = new Uint8Array(16).fill(7);
    const validUntil = TODAY + 30;
    const issue = encodeCertificateIssue({
      ...{ certificateId, subjectTag: new Uint8Array(32).fill(1), commitment: new Uint8Array(32).fill(2), holderKey },
      ...{ handler: new Uint8Array(16), issuedOn: TODAY, validUntil },
    });
    const draft = { family: CERTIFICATE_FAMILY, type: certificateTypes.issue, requestId: certificateId, body: issue };
    await all.final(back, encodeRecord(draft));
    const status = await back.receipt({ factKeys: [certificateFactKey(domains, certificateId)] });
    const proven = withReceipt({ genesis, crypto: nativeCrypto }, status);
    const later = sinceMs + 10 * limits.clockDriftMsMax;
    const copyOf = async (secretKey: Uint8Array, issuedAtMs: number) => {
      const city = { genesis, self: back.self, crypto: nativeCrypto, secretKey };
      const copy = await issueCredential(city, { certificateId, validUntil, issuedAtMs, holderKey, document: {} });
      const verified = verifyCredential(proven, copy, later);
      if (!verified.ok) return verified.error.code;
      const standing = credentialStanding(proven, verified.value, status, later);
      return standing.ok ? standing.value.status : standing.error.code;
    };
    const lostKey = (federation.keys[QIONGHAI] as CityKeys).credential;
    expect(await copyOf(keys.credential, later)).toBe('active');
    expect(await copyOf(lostKey, later)).toBe('CREDENTIAL_KEY_OUT_OF_TIME');
    expect(await copyOf(lostKey, genesis.createdAtMs)).toBe('CREDENTIAL_NOT_OF_RECEIPT');

    await all.stop(back);
    const before = haikou.traffic().refusedConnections + sanya.traffic().refusedConnections;
    await all.start(QIONGHAI);
    await until(() => haikou.traffic().refusedConnections + sanya.traffic().refusedConnections > before);
    expect(haikou.peers().find(({ index }) => index === QIONGHAI)?.connected).toBe(false);
    expect([HAIKOU, SANYA, DANZHOU].map((index) => haikou.genesis.authorities[index]?.laneKey)).toEqual(
      [HAIKOU, SANYA, DANZHOU].map((index) => genesis.authorities[index]?.laneKey),
    );
  });
});
