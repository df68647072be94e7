import { describe, expect, it } from 'vitest';
import { nativeCrypto as crypto } from '../../node/src/crypto/index.ts';
import { bulkRecord, listingRecord, TIMING, testFederation } from './cities.ts';
import { converged, expectAgreement, expectHonesty, expectNothingLost, sealedEntries } from './invariants.ts';
import { type Script, ScriptedNetwork, type Transit } from './scripted-network.ts';
import { Voices } from './voices.ts';

const federation = testFederation(crypto, 4, TIMING, 'ed25519');
const record = (number: number) => listingRecord(crypto, number);
const calm: Script = () => [10];

async function start(script: Script = calm, observers = 0): Promise<ScriptedNetwork> {
  const network = new ScriptedNetwork(federation, crypto, calm, observers);
  await network.startJoined();
  network.script = script;
  return network;
}

/** Calm from here on: all agree on everything that was sealed. */
async function heal(network: ScriptedNetwork, withinMs = 60_000): Promise<void> {
  network.script = calm;
  for (const { index, replica } of network.cities) if (replica === undefined) await network.start(index);
  await network.until(() => converged(network, sealedEntries(network)), withinMs);
  expectAgreement(network);
  expectHonesty(network);
  expectNothingLost(network);
}

const heights = (network: ScriptedNetwork) =>
  network.cities.map(({ replica }) => replica?.status().finalizedHeight ?? -1);
const isVote = ({ bytes, path }: Transit) => path === 'direct' && bytes[0] === 0x12;
const isCertificate = ({ bytes, path }: Transit) => path === 'direct' && bytes[0] === 0x1a;

describe('messages', () => {
  it('C7: a third of them lost: agreement goes on', async () => {
    let count = 0;
    const network = await start(() => (count++ % 3 === 0 ? [] : [10]));
    for (let number = 0; number < 8; number++) {
      network.submit(number % 4, [record(number)]);
      await network.run(200);
    }
    await heal(network);
  });

  it('C7: everything doubled and reordered: nothing happens twice', async () => {
    let count = 0;
    const network = await start(() => [1 + ((count * 37) % 90), 1 + ((count++ * 53) % 70)]);
    for (let number = 0; number < 8; number++) {
      network.submit(number % 4, [record(number)]);
      await network.run(150);
    }
    await heal(network);
    const outcomes = network.effects(0, 'executed').flatMap((effect) => effect.outcomes);
    expect(outcomes.map(({ rejected }) => rejected)).toEqual(Array(8).fill(undefined));
  });

  it('C7: all votes lost for a while: the resends bring them', async () => {
    const network = await start((transit) => (isVote(transit) ? [] : [10]));
    network.submit(0, [record(1)]);
    await network.run(3_000);
    expect(Math.max(...heights(network))).toBe(0);
    await heal(network, 10_000);
  });

  it('C3, C5: split votes of two views lock nobody up', async () => {
    // Half of the cities never hear the proposals of the first leaders in time.
    const network = await start((transit) =>
      transit.path === 'direct' && transit.bytes[0] === 0x0a && transit.to >= 2 ? [260] : [10],
    );
    for (const index of [0, 1, 2, 3]) network.submit(index, [record(index)]);
    await network.run(4_000);
    expectAgreement(network);
    await heal(network);
  });

  it('C1, C7: a certificate split heals: notarization to one, nullification to another', async () => {
    // View 1 is notarized by votes that only city 0 hears; the others nullify it; nobody hears anybody’s certificates.
    const network = await start((transit) =>
      isCertificate(transit) || (isVote(transit) && transit.to !== 0) ? [] : [10],
    );
    network.submit(1, [record(1)]);
    await network.run(100);
    expect(network.cities.map(({ replica }) => replica?.status().view)).toEqual([2, 1, 1, 1]);
    network.script = (transit) => (isCertificate(transit) || transit.from === 0 || transit.to === 0 ? [] : [10]);
    await network.run(400);
    expect(network.effects(1, 'broadcast').some(({ bytes }) => bytes[0] === 0x1a)).toBe(true);
    await heal(network, 20_000);
  });
});

describe('partitions', () => {
  const cut =
    (separated: (transit: Transit) => boolean): Script =>
    (transit) =>
      separated(transit) ? [] : [10];

  it('C6, C7: a symmetric one of two and two: nobody finalizes, then all catch up', async () => {
    const network = await start(cut(({ from, to }) => from < 2 !== to < 2));
    for (const index of [0, 1, 2, 3]) network.submit(index, [record(index)]);
    await network.run(5_000);
    expect(heights(network)).toEqual([0, 0, 0, 0]);
    await heal(network);
  });

  it('C6, G3: a minority of one: three go on, the one catches up', async () => {
    const network = await start(cut(({ from, to }) => (from === 3) !== (to === 3)));
    for (const index of [0, 1, 2, 3]) network.submit(index, [record(index)]);
    await network.run(5_000);
    expect(Math.min(...heights(network).slice(0, 3))).toBeGreaterThan(0);
    expect(heights(network)[3]).toBe(0);
    await heal(network);
  });

  it('C7: a one-way one: a city that hears nothing, and one that is not heard', async () => {
    const network = await start(cut(({ from, to }) => to === 0 || from === 2));
    for (const index of [0, 1, 2, 3]) network.submit(index, [record(index)]);
    await network.run(5_000);
    expectAgreement(network);
    await heal(network);
  });

  it('C4, G1: partial connectivity heals by relays: two cities never hear each other directly', async () => {
    const network = await start(
      cut(({ from, to, path }) => path === 'direct' && ((from === 0 && to === 2) || (from === 2 && to === 0))),
    );
    for (let number = 0; number < 8; number++) {
      network.submit(number % 4, [record(number)]);
      await network.run(300);
    }
    await network.until(() => converged(network, 8), 20_000);
    expectAgreement(network);
    expectHonesty(network);
  });
});

describe('absence', () => {
  it('C6: more than f offline: writes halt, reads go on, and all resumes when they return', async () => {
    const network = await start();
    network.submit(0, [record(1)]);
    await network.until(() => converged(network, 1), 5_000);
    network.crash(2);
    network.crash(3);
    const before = heights(network)[0];
    network.submit(0, [record(2)]);
    await network.run(20_000);
    expect(heights(network)[0]).toBe(before);
    expect(network.replica(0).ledger.height).toBeGreaterThan(0);
    expect(network.replica(0).proofBase()).toBeDefined();
    await heal(network);
  });

  it('C9: all crash after their Nullify of a view: none takes it back, and agreement goes on', async () => {
    const network = await start();
    network.crash(1); // leads view 1
    for (const index of [0, 2, 3]) network.submit(index, [record(index)]);
    const voted = new Set<number>();
    network.onEffect = (index, effect) => {
      if (voted.has(index)) return 'crash';
      if (effect.kind === 'broadcast' && effect.bytes[0] === 0x12) voted.add(index);
      return 'go';
    };
    await network.run(1_000);
    expect([...voted].sort()).toEqual([0, 2, 3]);
    expect(network.cities.every(({ replica }) => replica === undefined)).toBe(true);
    network.onEffect = () => 'go';
    await heal(network);
  });

  it('R6: restored from an old backup: the own lane is fetched, no second vote, an alarm', async () => {
    const network = await start();
    const backup = await network.backup(2);
    for (let number = 0; number < 6; number++) {
      network.submit(2, [record(number)]);
      await network.run(100);
    }
    await network.until(() => converged(network, 6), 10_000);
    network.submit(2, [record(6)]);
    await network.run(15);
    network.crash(2);
    network.restoreBackup(2, backup);
    await network.start(2);
    await network.until(() => network.replica(2).status().joined, 10_000);
    expect(network.effects(2, 'alarm').map(({ error }) => error.code)).toEqual(['RESTORED_FROM_BACKUP']);
    network.submit(2, [record(7)]);
    expect(network.effects(2, 'sealed').at(-1)?.first.sequence).toBe(8);
    await heal(network);
    expect(network.effects(0, 'evidence')).toEqual([]);
  });

  it('G3: an observer follows, with the same roots, and signs nothing', async () => {
    const network = await start(calm, 1);
    for (let number = 0; number < 8; number++) {
      network.submit(number % 4, [record(number)]);
      await network.run(100);
    }
    await network.until(() => converged(network, 8), 10_000);
    expect(network.replica(4).status().finalizedHeight).toBeGreaterThan(1);
    expect(network.effects(4, 'broadcast').filter(({ bytes }) => bytes[0] !== 0x1a)).toEqual([]);
  });

  it('G3: a city that missed more than 512 blocks and 2 MB of entries catches up', async () => {
    const network = await start();
    network.crash(3);
    for (let number = 0; network.replica(0).status().finalizedHeight < 540; number++) {
      const bulk = number < 24 ? Array.from({ length: 16 }, (_, i) => bulkRecord(crypto, 100 * number + i, 8192)) : [];
      network.submit(number % 3, [record(number), ...bulk]);
      await network.run(40);
    }
    const target = network.replica(0).status().executedHeight;
    await network.start(3);
    const startedMs = network.nowMs;
    await network.until(() => network.replica(3).status().executedHeight >= target, 20_000);
    expect(network.nowMs - startedMs).toBeLessThan(5_000);
    await heal(network);
  });
});

describe('floods', () => {
  it('G3: views far in the future fill no memory and move nobody', async () => {
    const network = await start();
    const voices = new Voices(federation, crypto);
    for (let view = 100; view < 3_000; view += 7) {
      network.inject(3, 0, voices.frame('vote', voices.voteBytes(3, 2, view)));
    }
    await network.run(100);
    expect(network.replica(0).status().view).toBeLessThan(10);
    network.submit(1, [record(1)]);
    await heal(network);
  });
});
