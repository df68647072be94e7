import { limits } from '@hansa/protocol';
import { describe, expect, it } from 'vitest';
import { allOf, expectUnharmed, type LiarRun, runLiars } from '../../test/liars.ts';
import type { SimWorld } from '../world/sim-world.ts';
import { claims } from './usurper.ts';

/**
 * Liars without teeth would let every check pass. With more than f of them the same strategies break what they attack:
 * agreement, the truth of checkpoints, or the way forward.
 */
const run = (strategy: string, liars: readonly number[], options?: Parameters<typeof allOf>[2], more = {}) =>
  runLiars({ cities: 4, adversary: allOf(strategy, liars, options), patienceUs: 10e6, ...more });

/** For alarms, which come with the first lie: nothing is waited for after them. */
const brief = { rounds: 3, patienceUs: 1e6 };

function alarmsOf({ alarms }: LiarRun): string[] {
  return [...new Set(alarms.map(({ code }) => code))];
}

describe('more than f liars break agreement', () => {
  it.each([
    { cities: 4, liars: [1, 2] },
    { cities: 7, liars: [1, 2, 3] },
    { cities: 10, liars: [1, 2, 3, 4] },
  ])('C3, C6: equivocators $liars of $cities make two blocks final at one height', async ({ cities, liars }) => {
    const result = await runLiars({ cities, adversary: allOf('equivocator', liars), patienceUs: 3e6 });
    expect(result.disagreements.length).toBeGreaterThan(0);
  });

  it('C9: two twins of four lead two halves of a cut network into two histories', async () => {
    const cut = (world: SimWorld) => {
      world.links.cut(0, 3);
      world.links.cut(3, 0);
    };
    const result = await run('twins', [1, 2], { parts: 'halves', period: 1_000_000 }, { prepare: cut });
    expect(result.disagreements.length).toBeGreaterThan(0);
  });

  it('C4, C5: three nullers of four make a city stop with SAFETY_VIOLATED', async () => {
    expect(alarmsOf(await run('nuller', [1, 2, 3], undefined, brief))).toEqual(['SAFETY_VIOLATED']);
  });

  it.each(['state-root', 'history-root'])(
    'C11: three of four notarize a false checkpoint (%s), and the last city stops',
    async (field) => {
      expect(alarmsOf(await run('invalid-checkpoint', [1, 2, 3], { field }, brief))).toEqual(['STATE_DIVERGED']);
    },
  );

  it.each(claims)(
    'C6: who holds q keys certifies what contradicts itself (%s), and the last city stops',
    async (each) => {
      expect(alarmsOf(await run('usurper', [1, 2, 3], { claims: each }, brief))).toEqual(['SAFETY_VIOLATED']);
    },
  );

  it.each([
    ['height', 'SAFETY_VIOLATED'],
    ['below-final', 'SAFETY_VIOLATED'],
    ['nobodys', 'SAFETY_VIOLATED'],
    ['state', 'STATE_DIVERGED'],
    ['ahead', 'STATE_DIVERGED'],
  ])(
    'C6, C11: three of four make a block final that nobody may vote for (%s), and the last city stops',
    async (flaw, code) => {
      const result = await run('inventor', [1, 2, 3], { flaw }, brief);
      expect(alarmsOf(result)).toEqual([code]);
      expect(result.failures, 'with an alarm, not by breaking').toEqual([]);
    },
  );

  it('C6: with fewer keys nobody believes it', async () => {
    const result = await runLiars({ cities: 4, adversary: allOf('usurper', [1]) });
    expect(alarmsOf(result)).toEqual([]);
    expect(new Set(result.misbehaved.map(({ from }) => from))).toEqual(new Set([1]));
    expectUnharmed(result);
  });

  it('C3: three of four make a block final whose time is beyond what is admitted', async () => {
    const { world, finalBlocks } = await run('clock-liar', [1, 2, 3], { time: 'future' });
    const aheadMs = finalBlocks.map(({ timestampMs, atUs }) => timestampMs - world.startMs - atUs / 1000);
    expect(Math.max(...aheadMs)).toBeGreaterThan(limits.clockDriftMsMax);
  });
});

describe('more than f liars stop the way forward', () => {
  it.each([
    ['silent', [1, 2], {}],
    ['nullify-only', [1, 2], {}],
    ['outdated', [1, 2], {}],
    ['certificate-holder', [1, 2], {}],
    ['leader-hunter', [1, 2, 3], {}],
    // The last city can neither fetch nor execute what the others made final.
    ['withholder', [1, 2, 3], {}],
    ['phantom', [1, 2, 3], { tips: 'missing' }],
  ])('C5, C6: %s in %j', async (strategy, liars, options) => {
    const result = await run(strategy, liars, options);
    expect(result.live).toBe(false);
    expect(result.disagreements).toEqual([]);
  });

  it('C5, C8: with two delayers of four, far less becomes final in the same time', async () => {
    const heights = async (liars: readonly number[]) => {
      const { world, honest } = await run('delayer', liars, { timing: 'above' }, { patienceUs: 0 });
      return Math.max(...honest.map((city) => world.nodes[city]?.replica?.finalizedHeight ?? 0));
    };
    expect(await heights([1, 2])).toBeLessThan((await heights([1])) / 2);
  });
});
