import { describe, expect, it } from 'vitest';
import { quick } from '../../test/fault-run.ts';
import { installAdversaries } from '../adversaries/index.ts';
import type { Scenario } from '../scenario/schema.ts';
import { createWorld } from '../world/sim-world.ts';
import { resolveGroups } from './groups.ts';
import { resolveSelector } from './selectors.ts';

/** Seven cities, two observers, and a twin of city 2. */
const scenario: Scenario = {
  ...quick,
  topology: { ...quick.topology, cities: 7, observers: 2 },
  adversary: [{ strategy: 'twins', cities: [2] }],
};

async function twinned(seed = 1) {
  const world = await createWorld({ scenario, seed });
  installAdversaries(world);
  expect(world.nodes).toHaveLength(10);
  return world;
}

describe('a selector', () => {
  it('means cities by index or name, observers too, each once and in order', async () => {
    const world = await twinned();
    expect(resolveSelector(world, [5, 'city-1', 1, 'observer-1'], 'test')).toEqual([1, 5, 8]);
    expect(resolveSelector(world, 'all', 'test')).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('never means a twin, and says what to do about a city that is not there', async () => {
    const world = await twinned();
    for (const name of [9, 'city-9', 'city-2-twin']) {
      expect(() => resolveSelector(world, [name], 'test')).toThrow(
        expect.objectContaining({ code: 'SCENARIO_CITY_UNKNOWN' }),
      );
    }
  });

  it('draws honest cities by count, any cities by share, from the stream of its purpose', async () => {
    const drawn = new Set<number>();
    for (let seed = 1; seed <= 30; seed++) {
      const world = await twinned(seed);
      const some = resolveSelector(world, { random: 3 }, 'test');
      expect(some).toHaveLength(3);
      expect(resolveSelector(world, { random: 3 }, 'test')).toEqual(some);
      for (const node of some) drawn.add(node);
      expect(resolveSelector(world, { share: 0.5 }, 'test')).toHaveLength(4);
      expect(resolveSelector(world, { random: 7 }, 'test')).toEqual([0, 1, 3, 4, 5, 6]);
    }
    expect([...drawn].sort()).toEqual([0, 1, 3, 4, 5, 6]);
  });

  it('C2: means the leader of the newest view of an honest city', async () => {
    const world = await twinned();
    expect(resolveSelector(world, 'leader', 'test')).toEqual([1]);
    await world.start();
    for (let step = 0; step < 5; step++) {
      await world.run({ untilUs: world.nowUs + 700e3 });
      const honest = world.nodes.filter(({ role }) => role === 'honest');
      const view = Math.max(...honest.map(({ replica }) => replica?.view ?? 0));
      expect(resolveSelector(world, 'leader', 'test')).toEqual([view % 7]);
    }
  });
});

describe('the groups of a partition', () => {
  it('are disjoint and leave nobody out; a twin stands where its city stands', async () => {
    const world = await twinned();
    expect(
      resolveGroups(
        world,
        [
          [0, 2],
          ['observer-0', 5],
        ],
        'test',
      ),
    ).toEqual([
      [0, 2, 9],
      [5, 7],
      [1, 3, 4, 6, 8],
    ]);
    expect(resolveGroups(world, [[0, 1]], 'test')).toEqual([
      [0, 1],
      [2, 3, 4, 5, 6, 7, 8, 9],
    ]);
  });

  it('take names before luck, and everybody last', async () => {
    const world = await twinned();
    const [rest, lucky, named] = resolveGroups(world, ['all', { random: 2 }, [1, 3]], 'test');
    expect(named).toEqual([1, 3]);
    expect(lucky).toHaveLength(2);
    expect([...(rest ?? []), ...(lucky ?? []), 1, 3].filter((node) => node < 7).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
