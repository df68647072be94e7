import { randomBytes } from 'node:crypto';
import { toHex, u32be } from '@hansa/protocol';
import type { AuthorityIndex } from '@hansa/protocol/genesis';
import type { Subject } from '@hansa/protocol/subjects';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { change, MembershipChangeKind, newKeys } from '../../protocol/test/membership-fixture.ts';
import type { City } from '../src/city/index.ts';
import { nativeCrypto } from '../src/crypto/index.ts';
import { type CityKeys, generateCityKeys, publicKeys } from '../src/keys/index.ts';
import type { OprfService } from '../src/oprf/index.ts';
import { patiently } from '../src/registry/submitting.ts';
import { LoopbackCities } from './loopback-cities.ts';
import { until } from './network/federation.ts';
import { oprfAt } from './oprf-at-city.ts';
import { context } from './oprf-federation.ts';

const QIONGHAI = 3;
const persons: Subject[] = [1, 2].map((number) => ({ kind: 'id', number: `99010420000000000${number}` }));
/** Nobody is left behind: a ceremony waits for all who are there. */
const times = { stepMs: 20, turnMs: 600_000, graceMs: 600_000, againMs: 2_000 };

interface Desk {
  readonly city: City;
  readonly oprf: OprfService;
}

let all: LoopbackCities;
let desks: Desk[];
let tags: string[];
let officers = 0;

beforeEach(async () => {
  const { all: started, cities } = await LoopbackCities.start();
  all = started;
  desks = [];
  for (const [index, city] of cities.entries()) desks.push(await deskOf(city, all.federation.keys[index] as CityKeys));
  await open(desk(0), 'fresh');
  await evaluators(1, [0, 1, 2, 3]);
  tags = await tagsOf(desk(0));
});
afterEach(async () => {
  for (const { oprf } of desks) await oprf.stop();
  await all.stopAll();
});

function desk(index: AuthorityIndex): Desk {
  const found = desks[index];
  if (found === undefined) throw new Error(`no city ${index}`);
  return found;
}

async function deskOf(city: City, { credential }: CityKeys): Promise<Desk> {
  const oprf = await oprfAt(city, all.nowMs, { credentialSecret: credential, times });
  city.keepDoor('oprf', (from, bytes) => oprf.answer(from, bytes));
  oprf.start();
  return { city, oprf };
}

async function open({ city, oprf }: Desk, kind: 'fresh' | 'reshare'): Promise<void> {
  await until(() => city.status().joined);
  await all.final(city, oprf.opening({ id: randomBytes(16), kind }));
}

/** Until all of them see a key of a generation with these evaluators, and hold their shares. */
async function evaluators(generation: number, wanted: readonly AuthorityIndex[]): Promise<void> {
  for (const index of wanted) {
    await until(async () => {
      const { key, holdsShare } = await desk(index).oprf.status();
      return holdsShare && key?.generation === generation && key.evaluators.join() === wanted.join();
    });
  }
}

/** Asked for by an officer of its own, so that nothing is remembered. */
async function tagsOf({ oprf }: Desk): Promise<string[]> {
  const operator = nativeCrypto.sha256(u32be(++officers)).slice(0, 16);
  const asking = context({ operator, caseCommitment: nativeCrypto.sha256(operator) });
  return (await patiently(() => oprf.tagger.tag('blacklist', persons, asking), undefined)).map(toHex);
}

/** Looks persons up, one after the other, for as long as the work takes; at most so often as quotas allow. */
async function meanwhile(at: Desk, work: () => Promise<void>): Promise<number> {
  let done = false;
  const working = work().finally(() => {
    done = true;
  });
  let lookups = 0;
  for (; !done && lookups < 100; lookups++) expect(await tagsOf(at)).toEqual(tags);
  await working;
  return lookups;
}

describe('lookups on real connections while the authorities change (C12, P2)', () => {
  it('a city with new keys and nothing else looks up at once, evaluates after a reshare, and no tag changes', async () => {
    const three = desks.slice(0, 3).map(({ city }) => city);
    await desk(QIONGHAI).oprf.stop();
    await all.stop(desk(QIONGHAI).city);
    const keys = generateCityKeys();
    const own = await publicKeys(nativeCrypto, keys);
    const { name = '', displayName = '' } = all.federation.genesis.authorities[QIONGHAI] ?? {};
    const member = { ...newKeys(nativeCrypto, name, 'form').member, displayName, ...own, addresses: [] };
    const lookups = await meanwhile(desk(0), () =>
      all.decide(three, change(MembershipChangeKind.RECOVER, QIONGHAI, member)),
    );
    expect(lookups).toBeGreaterThan(0);
    await evaluators(1, [0, 1, 2]);
    const back = await all.start(QIONGHAI, keys);
    desks[QIONGHAI] = await deskOf(back, keys);
    await until(() => back.genesis.epoch === 1 && back.status().joined);
    expect(await tagsOf(desk(QIONGHAI))).toEqual(tags);
    expect((await desk(QIONGHAI).oprf.status()).holdsShare).toBe(false);

    await meanwhile(desk(1), async () => {
      await open(desk(2), 'reshare');
      await evaluators(2, [0, 1, 2, 3]);
    });
    for (const each of desks) expect(await tagsOf(each)).toEqual(tags);
    // Spread over all evaluators, so the one with the new keys had its part.
    await until(async () => {
      expect(await tagsOf(desk(0))).toEqual(tags);
      return (await desk(QIONGHAI).oprf.status()).evaluated > 0;
    });
    for (const { oprf } of desks) expect((await oprf.status()).alarms).toEqual([]);
  });

  it('when a city is removed the others go on, with the shares they have and with new ones', async () => {
    const three = desks.slice(0, 3).map(({ city }) => city);
    await meanwhile(desk(0), () => all.decide(three, change(MembershipChangeKind.REMOVE, QIONGHAI)));
    await evaluators(1, [0, 1, 2]);
    await until(() => three.every((city) => !city.peers().some(({ index }) => index === QIONGHAI)));
    const before = (await desk(QIONGHAI).oprf.status()).evaluated;
    await meanwhile(desk(1), async () => {
      await open(desk(0), 'reshare');
      await evaluators(2, [0, 1, 2]);
    });
    for (const each of desks.slice(0, 3)) expect(await tagsOf(each)).toEqual(tags);
    expect((await desk(QIONGHAI).oprf.status()).evaluated).toBe(before);
    expect((await desk(0).oprf.status()).key?.dealers).toEqual([0, 1, 2]);
  });
});
