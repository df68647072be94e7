import { describe, expect, it } from 'vitest';
import { faultRun, quick } from '../../test/fault-run.ts';

const five = { topology: { ...quick.topology, cities: 5 } };

describe('partitions', () => {
  it('keep groups apart; who is in no group makes one more', async () => {
    const run = await faultRun([{ at: '1s', action: { kind: 'partition', groups: [[0], [1, 2]], for: '1s' } }], five);
    await run.until(1.5);
    const apart = [
      ['0', '12'],
      ['0', '34'],
      ['12', '34'],
    ].flatMap(([a = '', b = '']) => [...a].flatMap((x) => [...b].flatMap((y) => [`${x}>${y}`, `${y}>${x}`])));
    expect(run.cuts().sort()).toEqual(apart.sort());
    expect(run.notices).toEqual(['1s begin partition: city-0 | city-1 and city-2 | city-3 and city-4']);
    await run.until(3);
    expect(run.cuts()).toEqual([]);
  });

  it('one way: only what the first group says is lost', async () => {
    const run = await faultRun([{ at: '1s', action: { kind: 'partition', groups: [[1]], oneWay: true } }]);
    await run.until(2);
    expect(run.cuts()).toEqual(['1>0', '1>2', '1>3']);
    expect(run.notices).toEqual(['1s begin partition: city-1 not heard by city-0, city-2 and city-3']);
  });

  it('come and go when they flap, each time as a fault of its own, and stop after their time', async () => {
    const run = await faultRun([
      { at: '1s', action: { kind: 'partition', groups: [[0]], flapping: { up: '2s', down: '1s' }, for: '7.5s' } },
    ]);
    const cut: boolean[] = [];
    for (const at of [0.5, 1.5, 2.5, 4.5, 5.5, 7.5, 8.6, 9.5, 20]) {
      await run.until(at);
      cut.push(run.cuts().length > 0);
    }
    expect(cut).toEqual([false, true, false, true, false, true, false, false, false]);
    expect(run.notices.map((notice) => notice.split(' partition')[0])).toEqual([
      '1s begin',
      '2s end',
      '4s begin',
      '5s end',
      '7s begin',
      '8s end',
    ]);
    expect(run.faults.healed).toBe(true);
  });

  it('that overlap count: a link is whole when the last of them has ended', async () => {
    const run = await faultRun([
      { at: '1s', action: { kind: 'partition', groups: [[0]], for: '3s' } },
      { at: '2s', action: { kind: 'isolate', cities: [0, 1], for: '4s' } },
    ]);
    await run.until(1.5);
    expect(run.cuts()).toHaveLength(6);
    await run.until(3);
    expect(run.cuts()).toHaveLength(10);
    await run.until(5);
    expect(run.cuts()).toHaveLength(10);
    await run.until(7);
    expect(run.cuts()).toEqual([]);
  });

  it('by luck draw disjoint groups, beside those that are named', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const run = await faultRun(
        [{ at: '1s', action: { kind: 'partition', groups: [{ random: 2 }, [1, 4], { share: 0.4 }] } }],
        { topology: { ...quick.topology, cities: 7 } },
        seed,
      );
      await run.until(1.1);
      const groups = run.notices[0]?.replace('1s begin partition: ', '').split(' | ') ?? [];
      expect(groups[1]).toBe('city-1 and city-4');
      const names = groups.flatMap((group) => group.match(/city-\d/g) ?? []);
      expect(names).toHaveLength(7);
      expect(new Set(names).size).toBe(7);
    }
  });

  it('stop agreement while no group is a quorum, and not while one is', async () => {
    const halves = await faultRun([
      {
        at: '3s',
        action: {
          kind: 'partition',
          groups: [
            [0, 1],
            [2, 3],
          ],
          for: '10s',
        },
      },
    ]);
    await halves.until(4);
    const stuck = halves.heights();
    await halves.until(12.9);
    expect(halves.heights()).toEqual(stuck);
    await halves.until(25);
    expect(Math.min(...(halves.heights() as number[]))).toBeGreaterThan(Math.max(...(stuck as number[])) + 3);

    const alone = await faultRun([{ at: '3s', action: { kind: 'isolate', cities: [3], for: '10s' } }]);
    await alone.until(12.9);
    const [height = 0, , , left = 0] = alone.heights();
    expect(height).toBeGreaterThan(left + 3);
  });
});

describe('degraded links', () => {
  it('lie over the scenario’s, and over one another, until they end', async () => {
    const run = await faultRun([
      {
        at: '1s',
        action: { kind: 'degrade', cities: [0], link: { latency: { kind: 'constant', delay: '70ms' } }, for: '4s' },
      },
      {
        at: '2s',
        action: { kind: 'degrade', cities: [0, 1], link: { latency: { kind: 'constant', delay: '40ms' } }, for: '1s' },
      },
    ]);
    const delays: Record<string, Set<number>> = {};
    run.world.addProbe({
      onSent: ({ from, to, sentAtUs }, arrivesAtUs) => {
        const second = Math.floor(sentAtUs / 1e6);
        const name = `${second}s ${Math.min(from, to)}-${Math.max(from, to)}`;
        delays[name] ??= new Set();
        delays[name].add(Math.round((arrivesAtUs - sentAtUs) / 1e3));
      },
    });
    await run.until(6);
    expect(delays['0s 0-1']).toEqual(new Set([10]));
    expect(delays['1s 0-1']).toEqual(new Set([70]));
    expect(delays['4s 0-3']).toEqual(new Set([70]));
    expect(delays['2s 1-2']).toEqual(new Set([40]));
    expect(delays['5s 0-1']).toEqual(new Set([10]));
    for (const at of [1, 2, 4]) expect(delays[`${at}s 2-3`]).toEqual(new Set([10]));
    expect(run.notices[0]).toBe('1s begin degrade: links of city-0: latency 70ms');
  });
});
