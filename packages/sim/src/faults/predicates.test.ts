import { VoteKind } from '@hansa/protocol/consensus';
import { keys } from '@hansa/protocol/replica';
import { describe, expect, it, vi } from 'vitest';
import { faultRun, quick } from '../../test/fault-run.ts';
import type { Predicate } from '../scenario/schema.ts';
import { holds } from './predicates.ts';
import { Progress } from './progress.ts';

/** Runs until the predicate holds, asking after every event. */
async function firstHolds(run: Awaited<ReturnType<typeof faultRun>>, predicate: Predicate): Promise<number> {
  expect(await run.world.run({ untilUs: 100e6, until: () => holds(run.world, predicate) })).toBe('until');
  return run.world.nowUs;
}

describe('a predicate holds', () => {
  it('of heights when that share of the honest cities has finalized it, and all of them unless it says otherwise', async () => {
    const run = await faultRun([]);
    const counts: number[] = [];
    for (const cities of [0.25, 0.5, 1]) {
      await firstHolds(run, { height: 3, cities });
      counts.push(run.heights().filter((height) => (height ?? 0) >= 3).length);
    }
    expect(counts[0]).toBeGreaterThanOrEqual(1);
    expect(counts[2]).toBe(4);
    await firstHolds(run, { height: 5 });
    expect(run.heights().every((height) => (height ?? 0) >= 5)).toBe(true);
  });

  it('of a third of the cities when a third of them is there, and not before one is', async () => {
    const run = await faultRun([], { topology: { ...quick.topology, cities: 3 } });
    await firstHolds(run, { view: 4, cities: 1 / 3 });
    expect(run.world.nodes.filter(({ replica }) => (replica?.view ?? 0) >= 4).length).toBe(1);
    expect(holds(run.world, { view: 1_000, cities: 0 })).toBe(false);
  });

  it('of a view that is notarized when so many hold the certificate', async () => {
    const notarized: Predicate = { notarized: 3, cities: 0.5 };
    const link = { latency: { kind: 'uniform', min: '5ms', max: '40ms' } } as const;
    const run = await faultRun([{ when: notarized, action: { kind: 'crash-all' } }], { topology: { cities: 4, link } });
    const holders = new Set<number>();
    const key = keys.certificate(0, 3, VoteKind.NOTARIZE).join();
    run.world.addProbe({
      onEffect: (node, effect) => {
        if (effect.kind !== 'persist') return;
        for (const write of effect.writes) if (write.value !== undefined && write.key.join() === key) holders.add(node);
      },
    });
    await run.world.run({ untilUs: 60e6, until: () => run.notices.length > 0 });
    expect(holders.size).toBe(2);
    expect(holds(run.world, notarized)).toBe(true);
  });

  it('of records when they are executed, whatever a crash makes a city forget', async () => {
    const run = await faultRun([{ at: '6s', action: { kind: 'crash', cities: [0], for: '2s', lose: 'everything' } }]);
    const two: Predicate = { recordsFinal: 2 };
    expect(holds(run.world, two)).toBe(false);
    await run.until(2);
    run.submit(0);
    run.submit(1);
    run.submit(2);
    await firstHolds(run, two);
    expect(
      run.world.nodes.map(({ replica }) => replica?.status().lanes.filter(({ executed }) => executed > 0).length),
    ).toEqual(expect.arrayContaining([3]));
    await run.until(20);
    expect(holds(run.world, two)).toBe(true);
    expect(holds(run.world, { recordsFinal: 3 })).toBe(true);
    expect(holds(run.world, { recordsFinal: 4 })).toBe(false);
  });

  it('of quiet when nothing was final for so long, and faults may wait for it', async () => {
    const run = await faultRun([
      {
        at: '5s',
        action: {
          kind: 'partition',
          groups: [
            [0, 1],
            [2, 3],
          ],
        },
      },
      { when: { quiet: '3s' }, action: { kind: 'heal' } },
    ]);
    let lastUs = 0;
    run.world.addProbe({
      onEffect: (_, effect) => {
        if (effect.kind === 'finalized') lastUs = run.world.nowUs;
      },
    });
    await run.world.run({ untilUs: 60e6, until: () => run.notices.some((notice) => notice.includes('heal')) });
    expect(run.world.nowUs).toBe(lastUs + 3e6);
    expect(lastUs).toBeGreaterThan(4e6);
    expect(holds(run.world, { quiet: '3s' })).toBe(true);
    expect(holds(run.world, { quiet: '3.1s' })).toBe(false);
  });

  it('is asked after every event and looks at the cities only when one of them moved', async () => {
    const run = await faultRun([], { topology: { ...quick.topology, cities: 7 } });
    const predicate: Predicate = { height: 1_000_000 };
    const looks = vi.spyOn(Progress.prototype, 'count');
    await run.world.run({ untilUs: 5e6, until: () => holds(run.world, predicate) });
    expect(run.world.events).toBeGreaterThan(1_500);
    expect(looks.mock.calls.length).toBeLessThan(run.world.events / 5);
    looks.mockRestore();
  });
});
