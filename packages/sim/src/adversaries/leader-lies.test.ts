import { limits } from '@hansa/protocol';
import { VoteKind } from '@hansa/protocol/consensus';
import { describe, expect, it } from 'vitest';
import { allOf, expectFoundOut, expectUnharmed, federations, type LiarRun, runLiars } from '../../test/liars.ts';
import { blocksSaid } from '../../test/lies.ts';
import type { SimWorld } from '../world/sim-world.ts';
import { builtinStrategies } from './catalogue.ts';
import { certificatesIn } from './knowledge.ts';
import { registerStrategy } from './registry.ts';

/** Latencies differ, so that cities do not all reach a view in one microsecond. */
const uneven = { latency: { kind: 'uniform', min: '2ms', max: '25ms' } } as const;

describe.each(federations)('a lying leader: liars $liars of $cities cities', ({ cities, liars }) => {
  const run = (strategy: string, options?: Parameters<typeof allOf>[2], more = {}) =>
    runLiars({ cities, adversary: allOf(strategy, liars, options), ...more });

  it('C4, C10: an equivocator shows two halves two blocks; the blocks convict it and nobody finalizes both', async () => {
    const result = await run('equivocator');
    const halves = [...blocksSaid(result).values()].filter((blocks) => blocks.length === 2);
    expect(halves.length).toBeGreaterThan(3);
    for (const [one, two] of halves) {
      expect(
        honestOnes(result, one?.to).some((city) => two?.to.has(city)),
        'each city is shown one block',
      ).toBe(false);
    }
    expectUnharmed(result);
    expectFoundOut(result, liars, 'conflicting-proposals');
  });

  it('C3: block times at the edge are admitted, those beyond are not', async () => {
    const edge = await run('clock-liar', { time: 'latest' });
    expectUnharmed(edge);
    const aheadMs = (result: LiarRun) =>
      [...blocksSaid(result).values()].flat().map(({ timestampMs }) => timestampMs - result.world.startMs);
    expect(Math.max(...aheadMs(edge))).toBeGreaterThan(limits.clockDriftMsMax);
    expect(finalTimesMs(edge).some((atMs) => atMs >= edge.world.startMs + limits.clockDriftMsMax)).toBe(true);

    for (const time of ['future', 'past', 'earliest', 'turns']) {
      const result = await run('clock-liar', { time });
      expect(blocksSaid(result).size).toBeGreaterThan(3);
      expectUnharmed(result);
      const latestMs = result.world.startMs + result.world.nowUs / 1000 + limits.clockDriftMsMax;
      expect(finalTimesMs(result).every((atMs) => atMs <= latestMs)).toBe(true);
      if (time === 'future' || time === 'past') expectNoneFinal(result);
    }
  });

  it('C4, C6: who hears that a block is final before it has it, and of its notarization last, finalizes nothing again', async () => {
    const before: string[] = [];
    const prepare = (world: SimWorld) => {
      const held = new Set<string>();
      world.addProbe({
        onEffect: (node, effect) => {
          if (effect.kind !== 'persist' || liars.some((liar) => liar === node)) return;
          for (const { kind, view } of certificatesIn(effect.writes)) {
            if (kind === VoteKind.NOTARIZE && held.has(`${node} ${view} ${VoteKind.FINALIZE}`))
              before.push(`${node} ${view}`);
            held.add(`${node} ${view} ${kind}`);
          }
        },
      });
    };
    const result = await run('late-notary', {}, { prepare, protocol: { delta: '200ms' } });
    expect(before.length).toBeGreaterThan(2);
    expectUnharmed(result);
  });

  it.each(['state-root', 'history-root', 'ahead', 'behind'])(
    'C11: a block with a false checkpoint (%s) is never final',
    async (field) => {
      const result = await run('invalid-checkpoint', { field });
      expect(blocksSaid(result).size).toBeGreaterThan(2);
      expectUnharmed(result);
      expectNoneFinal(result);
    },
  );

  it.each([
    'same-view',
    'below-final',
    'height',
    'skipped',
    'nobodys',
    'past',
    'future',
    'ahead',
    'behind',
    'state',
    'turns',
  ])('C3, C11: a block that was made up (%s) is never final', async (flaw) => {
    const result = await run('inventor', { flaw });
    expect(blocksSaid(result).size).toBeGreaterThan(2);
    expectUnharmed(result);
    // In their first turn they have no chain that is long enough for every flaw.
    if (flaw !== 'turns') expectNoneFinal(result, ['skipped', 'below-final', 'behind'].includes(flaw) ? 2 * cities : 0);
  });

  it.each(['missing', 'beyond-window', 'backwards'])(
    'C3, R5: a block that names entries that nobody has (%s) is never final',
    async (tips) => {
      const result = await run('phantom', { tips });
      expect(blocksSaid(result).size).toBeGreaterThan(2);
      expectUnharmed(result);
      expectNoneFinal(result);
    },
  );

  it('C3: the time of a parent stops no city whose clock is behind', async () => {
    const adversary = [
      ...allOf('silent', liars, { kinds: 'vote, certificate' }),
      ...allOf('clock-liar', liars, { time: 'latest' }),
    ];
    const isBehind = (world: SimWorld) => world.stepClock(cities - 1, -60_000_000);
    const result = await runLiars({ cities, adversary, prepare: isBehind, patienceUs: 5e6 });
    expectUnharmed(result);
    expect(finalTimesMs(result).some((atMs) => atMs >= result.world.startMs + limits.clockDriftMsMax)).toBe(true);
  });

  it('C2: lanes that a censor leaves out are taken by the next leaders', async () => {
    const lanesOf = (result: LiarRun) => new Set([...blocksSaid(result).values()].flat().flatMap(({ lanes }) => lanes));
    const strategies = registerStrategy(builtinStrategies, 'nothing', () => ({}));
    const fair = await run('nothing', {}, { strategies, rounds: 12, link: uneven });
    const unfair = await run('censor', { victims: 2 }, { rounds: 12, link: uneven });
    const victims = unfair.world.random('censored cities').sample(unfair.honest, 2);
    expect(victims.filter((victim) => lanesOf(fair).has(victim))).not.toEqual([]);
    expect(victims.filter((victim) => lanesOf(unfair).has(victim))).toEqual([]);
    expectUnharmed(unfair);
  });

  it('C1, C7: a notarization that liars held back splits views, and the splits heal', async () => {
    const result = await run('certificate-holder', { hold: 2 }, { rounds: 12 });
    const shown = [...blocksSaid(result).values()].flat().map(({ to }) => honestOnes(result, to).length);
    expect(Math.max(...shown)).toBeLessThanOrEqual(cities - result.world.faultsTolerated - liars.length);
    const split = [...result.certificates.keys()]
      .filter((name) => name.startsWith(`${VoteKind.NOTARIZE} `))
      .filter((name) => result.certificates.has(`${VoteKind.NULLIFY} ${name.split(' ')[1]}`));
    expect(split.length).toBeGreaterThan(0);
    expectUnharmed(result);
  });

  it('C4, C6: an ambush at the moment when a third of the cities holds a notarization', async () => {
    const result = await run('ambusher', undefined, { link: uneven });
    const second = [...blocksSaid(result).values()].filter((blocks) => blocks.length === 2);
    expect(second.length).toBeGreaterThan(1);
    expectUnharmed(result);
    expect(new Set(result.evidence.map(({ accused }) => accused))).toEqual(new Set(liars));
  });
});

function honestOnes({ honest }: LiarRun, cities: Iterable<number> = []): number[] {
  return [...cities].filter((city) => honest.includes(city));
}

function finalTimesMs({ finalBlocks }: LiarRun): number[] {
  return finalBlocks.map(({ timestampMs }) => timestampMs);
}

/** None of the blocks that liars proposed in later views is final anywhere. */
function expectNoneFinal(run: LiarRun, afterView = 0): void {
  const lies = new Set([...blocksSaid(run).values()].flat().map(({ digest }) => digest));
  expect(run.finalBlocks.length).toBeGreaterThan(3);
  expect(run.finalBlocks.filter(({ digest, view }) => view > afterView && lies.has(digest))).toEqual([]);
}
