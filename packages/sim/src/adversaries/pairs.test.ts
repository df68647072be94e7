import { describe, expect, it } from 'vitest';
import { expectUnharmed, type LiarRunOptions, runLiars } from '../../test/liars.ts';
import { createRandom } from '../kernel/seeded-random.ts';
import { strategies } from './catalogue.ts';

const names = strategies.map(({ description }) => description.name);

/** f liars with two strategies each, on a network that loses, doubles and reorders; everything follows from the seed. */
function pairOf(seed: number): LiarRunOptions {
  const random = createRandom(seed, 'pairs of strategies');
  const cities = random.pick([4, 7]);
  const all = Array.from({ length: cities }, (_, city) => city);
  const liars = random.sample(all, Math.floor((cities - 1) / 3));
  const adversary = random.sample(names, 2).map((strategy) => ({ strategy, cities: liars }));
  const link = {
    latency: { kind: 'exponential' as const, mean: '15ms', min: '1ms' },
    loss: random.pick([0, 0.03, 0.1]),
    duplication: 0.02,
    reordering: 0.1,
  };
  const gossip = random.pick([{ kind: 'direct' as const }, { kind: 'mesh' as const, degree: 3 }]);
  const clocks = { offset: random.pick(['0ms', '2s']), driftPpm: 50 };
  const topology = { gossip, observers: random.integer(2) };
  return { cities, seed, adversary: random.shuffle(adversary), link, rounds: 6, topology, more: { clocks } };
}

describe('pairs of strategies on f cities, in bad weather', () => {
  it.each(Array.from({ length: 24 }, (_, index) => index + 1))('C6, C7: pair %i harms nobody', async (seed) => {
    expectUnharmed(await runLiars(pairOf(seed)));
  });
});

describe('a run with liars', () => {
  it.each(names)('follows from its seed: %s', async (strategy) => {
    const link = { latency: { kind: 'uniform' as const, min: '1ms', max: '20ms' } };
    const hash = async (seed: number) => {
      const run = await runLiars({ seed, rounds: 2, adversary: [{ strategy, cities: [1] }], link, patienceUs: 0 });
      return run.traceHash;
    };
    const first = await hash(5);
    expect(await hash(5)).toBe(first);
    expect(await hash(6)).not.toBe(first);
  });
});
