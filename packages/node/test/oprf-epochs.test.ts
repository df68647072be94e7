import { type HansaError, toHex } from '@hansa/protocol';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { Subject } from '@hansa/protocol/subjects';
import { create, decodeStrict, encodeMessage, OprfReplySchema } from '@hansa/protocol/wire';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { change, MembershipChangeKind, newKeys } from '../../protocol/test/membership-fixture.ts';
import { loadWasmGroup, nativeCrypto } from '../src/crypto/index.ts';
import { ShareStore } from '../src/oprf/share-store.ts';
import { privateRange } from '../src/registry/tables.ts';
import { context, OprfFederation } from './oprf-federation.ts';

const [HAIKOU, SANYA, DANZHOU, QIONGHAI, WENCHANG] = [0, 1, 2, 3, 4];
const group = await loadWasmGroup();
const persons: Subject[] = [1, 2, 3].map((number) => ({ kind: 'id', number: `99010420000000000${number}` }));
let cities: OprfFederation;
let tags: string[];
let publicKey: Uint8Array | undefined;
let officers = 0;
const patience = { timeout: 20_000, interval: 2 };

beforeEach(async () => {
  cities = await OprfFederation.start(4, group);
  await evaluators(1, [0, 1, 2, 3]);
  tags = await tagsOf(HAIKOU);
  publicKey = (await cities.node(HAIKOU).service.status()).publicKey;
});

afterEach(async () => {
  await cities.stop();
});

/** Waits for a key of a generation with these evaluators; time passes meanwhile, so that nobody is waited for for ever. */
async function evaluators(generation: number, wanted: AuthorityIndex[]): Promise<void> {
  await vi.waitFor(async () => {
    const { key } = await cities.node(HAIKOU).service.status();
    if (key?.generation !== generation) cities.nowMs += 500;
    expect(key).toMatchObject({ generation, evaluators: wanted });
  }, patience);
}

/** Of the same persons, asked for by an officer of its own, so that nothing is remembered. */
async function tagsOf(city: AuthorityIndex): Promise<string[]> {
  const operator = new Uint8Array(16).fill(++officers);
  return (await cities.node(city).service.tagger.tag('blacklist', persons, context({ operator }))).map(toHex);
}

async function evaluated(city: AuthorityIndex): Promise<number> {
  return (await cities.node(city).service.status()).evaluated;
}

const fresh = newKeys(nativeCrypto, 'qionghai', 'fresh');
const recover = change(MembershipChangeKind.RECOVER, QIONGHAI, fresh.member);
const three = [HAIKOU, SANYA, DANZHOU];

describe('C12: lookups after a change of the authorities', () => {
  it('a city that lost its keys and all else looks up at once, and evaluates after a reshare; all tags stay', async () => {
    cities.decide(three, recover);
    await cities.arriveEmpty(QIONGHAI, fresh);
    await evaluators(1, three);
    expect(await tagsOf(QIONGHAI)).toEqual(tags);
    expect((await cities.node(QIONGHAI).service.status()).holdsShare).toBe(false);
    cities.open(SANYA, 'reshare');
    await evaluators(2, [0, 1, 2, 3]);
    const { key, publicKey: after } = await cities.node(HAIKOU).service.status();
    expect(after).toEqual(publicKey);
    expect(key?.dealers).toEqual(three);
    for (const city of [0, 1, 2, 3]) expect(await tagsOf(city)).toEqual(tags);
    // Now the city whose keys were lost is the only one that can help.
    cities.away.add(SANYA);
    cities.away.add(DANZHOU);
    const before = await evaluated(QIONGHAI);
    expect(await tagsOf(HAIKOU)).toEqual(tags);
    expect(await evaluated(QIONGHAI)).toBe(before + persons.length);
    expect(cities.rejected).toEqual([]);
  });

  it('a city with new keys is not told that it lost a share, one that lost its share is (P2)', async () => {
    const alarmsOf = async (city: AuthorityIndex): Promise<string[]> =>
      (await cities.node(city).service.status()).alarms.map(({ code }) => code);
    cities.seal(three, recover);
    // The ledger is that of the old epoch still, and counts it among the evaluators.
    await cities.arriveEmpty(QIONGHAI, fresh);
    expect((await cities.node(QIONGHAI).service.status()).key?.evaluators).toContain(QIONGHAI);
    expect(await alarmsOf(QIONGHAI)).toEqual([]);
    cities.submit(HAIKOU, []);
    await evaluators(1, three);
    expect(await alarmsOf(QIONGHAI)).toEqual([]);
    const { store } = cities.node(SANYA);
    for await (const [name] of store.range(privateRange('oprfShares'))) {
      await store.commit([{ key: name, value: undefined }], true);
    }
    await cities.restart(SANYA);
    await cities.node(SANYA).service.status();
    expect(await alarmsOf(SANYA)).toEqual(['OPRF_SHARE_MISSING']);
  });

  it('what the old keys sign is evaluated by nobody', async () => {
    cities.decide(three, recover);
    // The same directory as before: its registry, its share, its credential key.
    await cities.restart(QIONGHAI);
    const refusal = await tagsOf(QIONGHAI).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'OPRF_TOO_FEW_EVALUATORS' });
    expect((refusal as HansaError).message).toContain('OPRF_SIGNATURE_INVALID');
  });

  it('a city that rotated its keys has its share still: it says so, and evaluates without a ceremony', async () => {
    cities.decide(three, recover);
    const { store } = cities.node(QIONGHAI);
    await evaluators(1, [0, 1, 2, 3]);
    expect(cities.node(QIONGHAI).store).toBe(store);
    expect(await tagsOf(SANYA)).toEqual(tags);
    expect(cities.rejected).toEqual([]);
  });

  it.each<[string, readonly AuthorityIndex[]]>([
    ['to all', [HAIKOU, DANZHOU, QIONGHAI]],
    ['to the city with the new keys alone', [QIONGHAI]],
  ])('a dealer that gives wrong shares %s is named by whoever was lied to, and stops nothing (P2)', async (_, to) => {
    cities.decide(three, recover);
    await cities.arriveEmpty(QIONGHAI, fresh);
    await evaluators(1, three);
    cities.meddling.reply = (from, asker, bytes) => {
      const reply = decodeStrict(OprfReplySchema, bytes);
      if (from !== SANYA || !to.includes(asker) || !reply.ok || reply.value.reply.case !== 'share') return bytes;
      const share = { case: 'share', value: { share: new Uint8Array(32).fill(1) } as never } as const;
      return encodeMessage(OprfReplySchema, create(OprfReplySchema, { reply: share }));
    };
    cities.open(HAIKOU, 'reshare');
    await evaluators(2, [0, 1, 2, 3]);
    const { key, publicKey: after } = await cities.node(HAIKOU).service.status();
    expect([key?.dealers, after]).toEqual([[HAIKOU, DANZHOU], publicKey]);
    for (const city of [0, 1, 2, 3]) {
      expect(await tagsOf(city)).toEqual(tags);
      const { alarms } = await cities.node(city).service.status();
      const named = alarms.filter(({ message }) => message.startsWith('sanya')).map(({ code }) => code);
      expect({ city, named: [...new Set(named)] }).toEqual({
        city,
        named: to.includes(city) ? ['OPRF_DEALER_LIED'] : [],
      });
    }
    expect(cities.rejected).toEqual([]);
  });

  it('a ceremony that is under way at the turn ends with it; one that is opened after it is not disturbed', async () => {
    cities.away.add(DANZHOU);
    cities.open(SANYA, 'reshare');
    await vi.waitFor(async () =>
      expect((await cities.node(HAIKOU).service.status()).ceremony?.dealt).toEqual([0, 1, 3]),
    );
    cities.decide(three, recover);
    cities.away.delete(DANZHOU);
    await cities.arriveEmpty(QIONGHAI, fresh);
    expect((await cities.node(HAIKOU).service.status()).ceremony).toBeUndefined();
    cities.open(HAIKOU, 'reshare');
    await evaluators(2, [0, 1, 2, 3]);
    expect(await tagsOf(QIONGHAI)).toEqual(tags);
  });

  it('a removed city gets no share, though it asks for one; the others reshare without it', async () => {
    cities.decide(three, change(MembershipChangeKind.REMOVE, QIONGHAI));
    await evaluators(1, three);
    expect(await tagsOf(SANYA)).toEqual(tags);
    cities.open(DANZHOU, 'reshare');
    await evaluators(2, three);
    expect((await cities.node(HAIKOU).service.status()).key?.dealers).toEqual(three);
    for (const city of three) expect(await tagsOf(city)).toEqual(tags);
    expect((await cities.node(QIONGHAI).service.status()).holdsShare).toBe(false);
    expect(cities.rejected).toEqual([]);
  });

  describe('a city that was away while the key was made', () => {
    let ceremonyId: Uint8Array;
    beforeEach(async () => {
      await cities.stop();
      cities = await OprfFederation.start(4, group, { away: [QIONGHAI] });
      await evaluators(1, three);
      const { key } = await cities.node(HAIKOU).service.status();
      ceremonyId = key?.ceremonyId ?? new Uint8Array();
      const tidied = expect.stringContaining('the federation has its OPRF key');
      for (const dealer of three) {
        await vi.waitFor(() => expect(cities.node(dealer).logged).toContainEqual(tidied), patience);
      }
    });

    /** Which dealers still have its share for it. */
    async function keptBy(): Promise<AuthorityIndex[]> {
      const shares = three.map((dealer) => new ShareStore(cities.node(dealer).store).shareFor(ceremonyId, QIONGHAI));
      const kept = await Promise.all(shares);
      return three.filter((_, i) => kept[i] !== undefined);
    }

    /** A change, after which each dealer has tidied up. */
    async function decided(what: ReturnType<typeof change>): Promise<void> {
      const settle = vi.spyOn(ShareStore.prototype, 'settle');
      cities.decide(three, what);
      await vi.waitFor(() => expect(settle).toHaveBeenCalledTimes(three.length), patience);
      await Promise.all(settle.mock.results.map(({ value }) => value));
      settle.mockRestore();
    }

    it('finds its share when it is suspended and recovered with new keys, and evaluates without a reshare', async () => {
      tags = await tagsOf(HAIKOU);
      await decided(change(MembershipChangeKind.SUSPEND, QIONGHAI));
      expect(await keptBy()).toEqual(three);
      await decided(recover);
      cities.away.delete(QIONGHAI);
      await cities.arriveEmpty(QIONGHAI, fresh);
      await evaluators(1, [0, 1, 2, 3]);
      expect(await tagsOf(QIONGHAI)).toEqual(tags);
    });

    it('is kept nothing for once it is removed, which is for good', async () => {
      expect(await keptBy()).toEqual(three);
      await decided(change(MembershipChangeKind.REMOVE, QIONGHAI));
      expect(await keptBy()).toEqual([]);
      await evaluators(1, three);
    });
  });

  it('a change is followed by one reshare, which nobody has to ask for (P2)', async () => {
    cities.decide(three, recover);
    await cities.arriveEmpty(QIONGHAI, fresh);
    await evaluators(2, [0, 1, 2, 3]);
    for (const city of [0, 1, 2, 3]) expect(await tagsOf(city)).toEqual(tags);
    expect(cities.rejected).toEqual([]);
    // However much time passes: one is enough.
    cities.nowMs += 3_600_000;
    cities.submit(HAIKOU, []);
    await vi.waitFor(
      async () => expect((await cities.node(SANYA).service.status()).ceremony).toBeUndefined(),
      patience,
    );
    await evaluators(2, [0, 1, 2, 3]);
  });

  it('it is opened by the next city when the first one is away (P2)', async () => {
    cities.decide(three, change(MembershipChangeKind.REMOVE, QIONGHAI));
    cities.away.add(HAIKOU);
    await vi.waitFor(async () => {
      cities.nowMs += 500;
      expect((await cities.node(SANYA).service.status()).ceremony).toMatchObject({ kind: 'reshare', generation: 2 });
    }, patience);
    cities.away.delete(HAIKOU);
    cities.submit(HAIKOU, []);
    await evaluators(2, three);
    expect(await tagsOf(DANZHOU)).toEqual(tags);
  });

  it('none is opened while too few have a share, which no reshare could help (P2)', async () => {
    const others = ['sanya', 'danzhou', 'qionghai'].map((name) => newKeys(nativeCrypto, name, 'fresh'));
    for (const [place, subject] of [SANYA, DANZHOU, QIONGHAI].entries()) {
      const keys = others[place];
      const approvers = [0, 1, 2, 3].filter((city) => city !== subject);
      cities.decide(approvers, change(MembershipChangeKind.RECOVER, subject, keys?.member));
      if (keys !== undefined) await cities.arriveEmpty(subject, keys);
    }
    await evaluators(1, [HAIKOU]);
    cities.nowMs += 3_600_000;
    cities.submit(HAIKOU, []);
    expect((await cities.node(HAIKOU).service.status()).ceremony).toBeUndefined();
    await expect(tagsOf(SANYA)).rejects.toMatchObject({ code: 'OPRF_TOO_FEW_EVALUATORS' });
    expect(cities.rejected).toEqual([]);
  });

  it('a city that was added looks up at once, and evaluates after a reshare', async () => {
    const keys = newKeys(nativeCrypto, 'wenchang', 'first');
    cities.decide(three, change(MembershipChangeKind.ADD, WENCHANG, keys.member));
    await cities.arriveEmpty(WENCHANG, keys);
    expect(await tagsOf(WENCHANG)).toEqual(tags);
    cities.open(WENCHANG, 'reshare');
    await evaluators(2, [0, 1, 2, 3, 4]);
    expect((await cities.node(HAIKOU).service.status()).publicKey).toEqual(publicKey);
    expect(await tagsOf(QIONGHAI)).toEqual(tags);
    for (const city of [SANYA, DANZHOU, QIONGHAI]) cities.away.add(city);
    expect(await tagsOf(HAIKOU)).toEqual(tags);
    expect(await evaluated(WENCHANG)).toBeGreaterThan(0);
  });
});
