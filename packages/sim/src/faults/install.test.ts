import { describe, expect, it } from 'vitest';
import { faultRun, quick } from '../../test/fault-run.ts';

describe('faults happen', () => {
  it('once, at their moment, and end after their time', async () => {
    const run = await faultRun([
      { at: '10s', action: { kind: 'crash', cities: [1], for: '5s' } },
      { at: '12s', action: { kind: 'isolate', cities: ['city-2'], for: '1s' } },
      { at: '20s', action: { kind: 'clock', cities: [0], step: '-2s' } },
    ]);
    await run.until(30);
    expect(run.notices).toEqual([
      '10s begin crash: city-1 loses power',
      '12s begin isolate: city-2 is cut off',
      '13s end isolate: city-2 is cut off',
      '15s end crash: city-1 loses power',
      '20s moment clock: the clock of city-0: jump by -2s',
    ]);
    expect(run.states).toEqual(['10s city-1 down', '15s city-1 up']);
    expect(run.phases()).toEqual(['begin end', 'begin end', 'moment']);
  });

  it('again and again, from a start until an end, and otherwise from the first interval on', async () => {
    const run = await faultRun([
      { every: '3s', start: '4s', until: '11s', action: { kind: 'crash', cities: [3], for: '1s' } },
      { every: '8s', action: { kind: 'restart', cities: [0] } },
    ]);
    await run.until(20);
    expect(run.states).toEqual(
      ['4s', '5s', '7s', '8s', '10s', '11s'].map((at, i) => `${at} city-3 ${i % 2 === 0 ? 'down' : 'up'}`),
    );
    expect(run.notices.filter((notice) => notice.includes('restart'))).toEqual([
      '8s moment restart: city-0 starts again',
      '16s moment restart: city-0 starts again',
    ]);
  });

  it('once a condition first holds, and so much later as they say', async () => {
    const run = await faultRun([
      { when: { height: 3, cities: 0.5 }, delay: '250ms', action: { kind: 'crash', cities: [0], for: '1s' } },
    ]);
    let reachedUs: number | undefined;
    await run.world.run({
      untilUs: 60e6,
      until: () => {
        const there = run.heights().filter((height) => (height ?? 0) >= 3).length;
        if (there >= 2) reachedUs ??= run.world.nowUs;
        return run.states.length > 0;
      },
    });
    expect(run.states).toEqual([`${((reachedUs as number) + 250e3) / 1e6}s city-0 down`]);
    await run.until(120);
    expect(run.phases()).toEqual(['begin end']);
  });

  it('to the end of the run where they have no end, and never after it', async () => {
    const run = await faultRun(
      [
        { at: '5s', action: { kind: 'crash', cities: [2] } },
        { every: '20s', action: { kind: 'restart', cities: [1] } },
        { at: '50s', action: { kind: 'crash', cities: [1] } },
      ],
      { stop: { at: '50s' } },
    );
    await run.until(200);
    expect(run.notices).toHaveLength(3);
    expect(run.faults.lasting).toMatchObject([{ kind: 'crash', nodes: [2], startedAtUs: 5e6 }]);
    expect(run.faults.lastChangeAtUs).toBe(40e6);
  });
});

describe('faults that never happened', () => {
  it('are named with what they waited for, until they happen', async () => {
    const run = await faultRun(
      [
        { at: '2s', action: { kind: 'crash', cities: [1], for: '1s' } },
        { when: { height: 1_000_000, cities: 0.5 }, action: { kind: 'crash-all' } },
        { at: '8s', action: { kind: 'pause', cities: [2], for: '1s' } },
        { when: { quiet: '10m' }, action: { kind: 'heal' } },
        { every: '30s', action: { kind: 'restart', cities: [0] } },
      ],
      { stop: { at: '20s' } },
    );
    await run.until(5);
    expect(run.faults.missed.map(({ place }) => place)).toEqual([1, 2, 3, 4]);
    await run.until(20);
    expect(run.faults.missed).toEqual([
      { place: 1, kind: 'crash-all', waitedFor: 'when height: 1000000, cities: 0.5' },
      { place: 3, kind: 'heal', waitedFor: 'when quiet: 10m' },
      { place: 4, kind: 'restart', waitedFor: 'every 30s' },
    ]);
  });
});

describe('whether a run has healed', () => {
  it('follows the plan: no while something lies ahead, yes when all has ended or lasts for ever', async () => {
    const run = await faultRun([
      { at: '2s', action: { kind: 'pause', cities: [1], for: '3s' } },
      { at: '8s', action: { kind: 'crash', cities: [2] } },
      { when: { height: 1_000_000 }, action: { kind: 'crash-all' } },
    ]);
    const healed: boolean[] = [];
    for (const at of [1, 3, 6, 9]) {
      await run.until(at);
      healed.push(run.faults.healed);
    }
    expect(healed).toEqual([false, false, false, true]);
  });

  it('a fault that was ended before its time lies ahead no longer', async () => {
    const run = await faultRun([
      { at: '2s', action: { kind: 'isolate', cities: [1], for: '4m' } },
      { at: '3s', action: { kind: 'heal' } },
    ]);
    await run.until(2.5);
    expect(run.faults.healed).toBe(false);
    await run.until(4);
    expect(run.faults.healed).toBe(true);
  });
});

describe('luck', () => {
  const drawn = async (faults: Parameters<typeof faultRun>[0], seed = 1) => {
    const run = await faultRun(faults, { topology: { ...quick.topology, cities: 16 } }, seed);
    const crashed: string[] = [];
    run.world.addProbe({
      onFault: ({ phase, nodes, kind }) => {
        if (phase === 'begin' && kind === 'crash') crashed.push(nodes.join());
      },
    });
    await run.until(9);
    return crashed;
  };
  const crash = { at: '8s', action: { kind: 'crash', cities: { random: 3 }, for: '1s' } } as const;

  it('of a fault stays the same when other faults stand before it, and changes with the seed', async () => {
    const alone = await drawn([crash]);
    expect(alone[0]?.split(',')).toHaveLength(3);
    const others = [
      { at: '5s', action: { kind: 'pause', cities: { random: 2 }, for: '1s' } },
      { every: '1s', action: { kind: 'isolate', cities: { share: 0.2 }, for: '10ms' } },
    ] as const;
    expect(await drawn([...others, crash])).toEqual(alone);
    expect(new Set([1, 2, 3, 4].map(async (seed) => drawn([crash], seed))).size).toBe(4);
    expect((await drawn([crash], 2)).join()).not.toBe(alone.join());
  });

  it('of each time, and of each of two equal faults, is its own', async () => {
    const repeated = await drawn([{ every: '2s', action: crash.action }]);
    expect(repeated).toHaveLength(4);
    expect(new Set(repeated).size).toBeGreaterThan(1);
    const [first, second] = await drawn([crash, crash]);
    expect(first).not.toBe(second);
  });

  it('disturbs nothing else: a run with a fault at its end is the same until then', async () => {
    const hash = async (faults: Parameters<typeof faultRun>[0]) => {
      const run = await faultRun(faults);
      run.submit(1);
      await run.until(7.9);
      return run.world.traceHash;
    };
    expect(await hash([crash])).toBe(await hash([]));
  });
});
