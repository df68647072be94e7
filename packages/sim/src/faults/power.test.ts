import { describe, expect, it } from 'vitest';
import { faultRun } from '../../test/fault-run.ts';

describe('crashes', () => {
  it('that overlap add up: the city is back when the last of them ends', async () => {
    const run = await faultRun([
      { at: '1s', action: { kind: 'crash', cities: [1], for: '4s' } },
      { at: '2s', action: { kind: 'crash', cities: [1, 2], for: '6s' } },
    ]);
    await run.until(20);
    expect(run.states).toEqual(['1s city-1 down', '2s city-2 down', '8s city-1 up', '8s city-2 up']);
    expect(run.phases()).toEqual(['begin end', 'begin end']);
  });

  it('end with a restart, for the cities that it names', async () => {
    const run = await faultRun([
      { at: '1s', action: { kind: 'crash', cities: [1, 2] } },
      { at: '3s', action: { kind: 'restart', cities: [1] } },
      { at: '5s', action: { kind: 'restart' } },
    ]);
    await run.until(4);
    expect(run.states.at(-1)).toBe('3s city-1 up');
    expect(run.faults.lasting).toHaveLength(1);
    await run.until(9);
    expect(run.states.at(-1)).toBe('5s city-2 up');
    expect(run.phases()).toEqual(['begin end', 'moment', 'moment']);
  });

  it('of everybody: nothing is final meanwhile, and agreement goes on where it was', async () => {
    const run = await faultRun([{ at: '3s', action: { kind: 'crash-all', for: '5s' } }]);
    await run.until(2.9);
    const before = run.heights();
    await run.until(7.9);
    expect(run.world.nodes.map(({ state }) => state)).toEqual(['down', 'down', 'down', 'down']);
    await run.until(20);
    run.heights().forEach((height, node) => {
      expect(height).toBeGreaterThan(before[node] as number);
    });
    expect(run.notices[0]).toBe('3s begin crash-all: everybody loses power');
  });

  it('with everything lost begin from an empty disk, also where the city was down already', async () => {
    const run = await faultRun([
      { at: '3s', action: { kind: 'crash', cities: [1], for: '2s', lose: 'everything' } },
      { at: '3s', action: { kind: 'crash', cities: [2], for: '2s' } },
      { at: '4s', action: { kind: 'crash', cities: [2], for: '1s', lose: 'everything' } },
    ]);
    const damage: string[] = [];
    run.world.addProbe({ onDiskDamage: (node, what) => damage.push(`${node} ${what}`) });
    await run.until(4.5);
    expect(damage).toEqual(['1 lost', '2 lost']);
    await run.until(4.99);
    expect(await run.world.nodes[2]?.durable.get(new Uint8Array([7]))).toBeUndefined();
    expect(await run.world.nodes[0]?.durable.get(new Uint8Array([7]))).toBeDefined();
    await run.until(20);
    expect(new Set(run.heights()).size).toBeLessThanOrEqual(2);
    expect(Math.min(...(run.heights() as number[]))).toBeGreaterThan(10);
  });
});

describe('pauses', () => {
  it('that overlap add up, and resume ends all of them', async () => {
    const run = await faultRun([
      { at: '1s', action: { kind: 'pause', cities: [1], for: '2s' } },
      { at: '2s', action: { kind: 'pause', cities: [1], for: '3s' } },
      { at: '7s', action: { kind: 'pause', cities: [2], for: '1m' } },
      { at: '7s', action: { kind: 'pause', cities: [2], for: '2m' } },
      { at: '9s', action: { kind: 'resume', cities: [2] } },
    ]);
    await run.until(100);
    expect(run.states).toEqual(['1s city-1 paused', '5s city-1 up', '7s city-2 paused', '9s city-2 up']);
  });

  it('hold a process, not a city: after a crash the new process runs', async () => {
    const run = await faultRun([
      { at: '1s', action: { kind: 'pause', cities: [1], for: '10s' } },
      { at: '3s', action: { kind: 'crash', cities: [1], for: '1s' } },
      { at: '5s', action: { kind: 'pause', cities: [1], for: '20s' } },
    ]);
    await run.until(30);
    expect(run.states).toEqual(
      ['1s paused', '3s down', '4s up', '5s paused', '25s up'].map((each) => each.replace(' ', ' city-1 ')),
    );
  });

  it('pass by a city that is down', async () => {
    const run = await faultRun([
      { at: '1s', action: { kind: 'crash', cities: [1], for: '5s' } },
      { at: '2s', action: { kind: 'pause', cities: [1], for: '10s' } },
    ]);
    await run.until(20);
    expect(run.states).toEqual(['1s city-1 down', '6s city-1 up']);
  });
});

describe('heal', () => {
  it('ends everything and starts whoever is down', async () => {
    const run = await faultRun([
      { at: '1s', action: { kind: 'crash', cities: [0] } },
      { at: '1s', action: { kind: 'pause', cities: [1] } },
      { at: '1s', action: { kind: 'isolate', cities: [2] } },
      { at: '1s', action: { kind: 'degrade', cities: [3], link: { loss: 1 } } },
      { at: '1s', action: { kind: 'disk', cities: [3], slow: 50 } },
      { at: '1s', action: { kind: 'partition', groups: [[0, 1]], flapping: { up: '1s', down: '1s' } } },
      { at: '10.5s', action: { kind: 'heal' } },
    ]);
    await run.until(10);
    expect(run.faults.lasting).toHaveLength(5);
    await run.until(11);
    expect(run.faults.lasting).toEqual([]);
    expect(run.faults.healed).toBe(true);
    expect(run.world.nodes.map(({ state }) => state)).toEqual(['up', 'up', 'up', 'up']);
    expect(run.cuts()).toEqual([]);
    const [before] = run.heights();
    await run.until(20);
    expect(run.heights()[0]).toBeGreaterThan(before as number);
    expect(run.phases().filter((phases) => phases === 'begin')).toEqual([]);
  });
});
