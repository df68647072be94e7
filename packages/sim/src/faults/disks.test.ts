import { describe, expect, it } from 'vitest';
import { faultRun, quick } from '../../test/fault-run.ts';

describe('disks', () => {
  it('that are full stop the city at its next commit, and it starts again when there is room', async () => {
    const run = await faultRun([{ at: '2s', action: { kind: 'disk', cities: [1], full: true, for: '5s' } }]);
    await run.until(20);
    expect(run.states).toHaveLength(2);
    expect(run.states[0]).toMatch(/^2\.\d+s city-1 down$/);
    expect(run.states[1]).toBe('7s city-1 up');
    expect(run.notices).toEqual(['2s begin disk: the disk of city-1: full', '7s end disk: the disk of city-1: full']);
  });

  it('that are full stay full until the last such fault ends, and a power cut that lasts keeps the city down', async () => {
    const run = await faultRun([
      { at: '2s', action: { kind: 'disk', cities: [1], full: true, for: '5s' } },
      { at: '3s', action: { kind: 'disk', cities: [1], full: true, for: '6s' } },
      { at: '8s', action: { kind: 'crash', cities: [1], for: '4s' } },
    ]);
    await run.until(20);
    expect(run.states.map((state) => state.replace(/^(\d+)\S*/, '$1'))).toEqual(['2 city-1 down', '12 city-1 up']);
  });

  it('that are slow make a flush take longer, by the slowest fault', async () => {
    const run = await faultRun(
      [
        { at: '5s', action: { kind: 'disk', cities: [0], slow: 4, for: '10s' } },
        { at: '8s', action: { kind: 'disk', cities: [0], slow: 20, for: '3s' } },
      ],
      // Nobody writes but for what is submitted.
      { disks: { flush: '1ms' }, protocol: { ...quick.protocol, idleInterval: '10m' } },
    );
    let sealedUs = 0;
    const took: number[] = [];
    run.world.addProbe({
      onEffect: (node, { kind }) => {
        if (node === 0 && kind === 'sealed') sealedUs = run.world.nowUs;
      },
      onCarriedOut: (node, { kind }) => {
        if (node === 0 && kind === 'sealed') took.push((run.world.nowUs - sealedUs) / 1e3);
      },
    });
    for (const at of [3, 6, 9, 13, 17]) {
      await run.until(at);
      run.submit(0);
    }
    await run.until(20);
    expect(took).toEqual([1, 4, 20, 4, 1]);
  });

  it('that tear do so at the next crash, once', async () => {
    const run = await faultRun(
      [
        { at: '2s', action: { kind: 'disk', cities: [1], torn: true } },
        { every: '1s', start: '3s', action: { kind: 'crash', cities: [1], for: '100ms' } },
      ],
      { disks: { flush: '20ms' } },
    );
    const damaged: string[] = [];
    run.world.addProbe({ onNodeState: (_, state, why) => state === 'down' && damaged.push(why) });
    await run.until(5.5);
    expect(damaged.slice(0, 3)).toEqual(['power cut, torn write', 'power cut', 'power cut']);
    expect(run.faults.lasting).toEqual([]);
  });

  it('that rot flip bits: a moment, with nothing to end', async () => {
    const run = await faultRun([{ at: '3s', action: { kind: 'disk', cities: [2], rot: 5 } }]);
    const damage: string[] = [];
    run.world.addProbe({ onDiskDamage: (node, what) => damage.push(`${node} ${what}`) });
    await run.until(4);
    expect(damage).toEqual(['2 rotten']);
    expect(run.notices).toEqual(['3s moment disk: the disk of city-2: 5 values rot']);
  });
});

describe('backups', () => {
  it('R6: are taken at their moment and put back; the city asks what it said since, and forks nothing', async () => {
    const run = await faultRun([{ at: '8s', action: { kind: 'restore-backup', cities: [1], taken: '3s' } }]);
    const alarms: string[] = [];
    run.world.addProbe({
      onEffect: (node, effect) => effect.kind === 'alarm' && alarms.push(`${node} ${effect.error.code}`),
    });
    const heights: (number | undefined)[] = [];
    for (const at of [1, 2.9, 5, 7.9]) {
      await run.until(at);
      heights.push(run.heights()[1]);
      run.submit(1);
    }
    await run.until(8.000_001);
    expect(run.heights()[1]).toBeLessThan(heights[2] as number);
    expect(run.heights()[1]).toBeGreaterThanOrEqual(heights[1] as number);
    await run.until(20);
    expect(alarms).toEqual(['1 RESTORED_FROM_BACKUP']);
    expect(
      run.world.nodes.map(({ replica }) => replica?.status().lanes.some(({ quarantined }) => quarantined)),
    ).toEqual([false, false, false, false]);
    expect(run.notices).toEqual(['8s moment restore-backup: city-1: backup of 3s put back']);
  });

  it('that were not taken yet are not put back', async () => {
    const run = await faultRun(
      [{ when: { height: 2 }, action: { kind: 'restore-backup', cities: { random: 1 }, taken: '100s' } }],
      { topology: quick.topology },
    );
    await run.until(20);
    expect(run.notices).toHaveLength(1);
    expect(run.notices[0]).toMatch(/none was taken yet, nothing happens$/);
    expect(run.states).toEqual([]);
  });
});
