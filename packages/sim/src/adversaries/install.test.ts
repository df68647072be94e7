import { describe, expect, it } from 'vitest';
import { allOf, runLiars } from '../../test/liars.ts';
import type { PlugIn } from '../run/plug-in.ts';
import type { AdversaryChoice, Scenario } from '../scenario/schema.ts';
import type { FaultNotice } from '../world/contract.ts';
import { createWorld } from '../world/sim-world.ts';
import { builtinStrategies, strategies } from './catalogue.ts';
import type { Coordinator } from './contract.ts';
import { installAdversaries } from './install.ts';
import { registerStrategy } from './registry.ts';

async function worldWith(adversary: AdversaryChoice[] | undefined, cities = 7) {
  const scenario: Scenario = {
    format: 'hansa-scenario/1',
    name: 'x',
    shows: 'x',
    topology: { cities, observers: 1 },
    ...(adversary === undefined ? {} : { adversary }),
  };
  return createWorld({ scenario, seed: 3 });
}

describe('adversaries of a scenario', () => {
  it('are none where it names none', async () => {
    expect(installAdversaries(await worldWith(undefined))).toBeUndefined();
    expect(installAdversaries(await worldWith([]))).toBeUndefined();
  });

  it('must be known; the message lists those that are', async () => {
    const world = await worldWith([{ strategy: 'equivicator', cities: [1] }]);
    const names = strategies.map(({ description }) => description.name).sort();
    expect(() => installAdversaries(world)).toThrow(
      expect.objectContaining({
        code: 'SCENARIO_STRATEGY_UNKNOWN',
        message: expect.stringContaining(names.join(', ')),
      }),
    );
  });

  it('take only options that they know, before anything happens', async () => {
    const world = await worldWith([{ strategy: 'outdated', cities: [1], options: { age: 0 } }]);
    expect(() => installAdversaries(world)).toThrow(expect.objectContaining({ code: 'ADVERSARY_OPTION_INVALID' }));
  });

  it('corrupt the cities that the selectors mean; equal selectors mean the same cities', async () => {
    const world = await worldWith([
      { strategy: 'nuller', cities: { random: 2 } },
      { strategy: 'replayer', cities: { random: 2 } },
      { strategy: 'silent', cities: [0] },
    ]);
    const { corrupted, honest } = installAdversaries(world) as Coordinator;
    expect(corrupted.length).toBeGreaterThanOrEqual(2);
    expect(corrupted.length).toBeLessThanOrEqual(3);
    expect([...corrupted, ...honest].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const roles = world.nodes.map(({ role }) => role);
    expect(roles.pop()).toBe('observer');
    expect(roles).toEqual(roles.map((_, index) => (corrupted.includes(index) ? 'corrupted' : 'honest')));
  });

  it('run a city twice where a strategy needs a twin, and only there', async () => {
    const world = await worldWith([
      { strategy: 'twins', cities: [2] },
      { strategy: 'nuller', cities: [2, 3] },
    ]);
    const coordinator = installAdversaries(world) as Coordinator;
    expect(world.nodes).toHaveLength(9);
    expect(coordinator.nodesOf([2])).toEqual([2, 8]);
    expect(coordinator.nodesOf([3, 0])).toEqual([3, 0]);
    expect(world.nodes[8]).toMatchObject({ authority: 2, role: 'corrupted' });
  });

  it('share one mind, with the keys of the corrupted and no others', async () => {
    const world = await worldWith([{ strategy: 'silent', cities: [1, 4] }]);
    const { voice, halfOf, honest } = installAdversaries(world) as Coordinator & { halfOf: (node: number) => number };
    expect(() => voice.vote(0, 1, 1, undefined)).toThrow(expect.objectContaining({ code: 'ADVERSARY_KEY_MISSING' }));
    expect(voice.vote(4, 1, 1, undefined).length).toBeGreaterThan(64);
    expect(halfOf).toBeTypeOf('function');
    expect(honest).toEqual([0, 2, 3, 5, 6]);
  });

  it('begin and end when the scenario says so, and say so to the probes', async () => {
    const notices: FaultNotice[] = [];
    const timed: AdversaryChoice = { strategy: 'silent', cities: [1], start: '1s', end: '2s' };
    const run = await runLiars({
      adversary: [timed],
      prepare: (world) => world.addProbe({ onFault: (notice) => notices.push(notice) }),
    });
    const times = run.said.map(({ atUs }) => atUs);
    expect(times.filter((atUs) => atUs >= 1e6 && atUs < 2e6)).toEqual([]);
    expect(times.some((atUs) => atUs < 1e6) && times.some((atUs) => atUs >= 2e6)).toBe(true);
    expect(notices.map(({ phase, kind, nodes }) => [phase, kind, nodes])).toEqual([
      ['begin', 'adversary', [1]],
      ['end', 'adversary', [1]],
    ]);
    expect(run.live).toBe(true);
  });
});

describe('plug-ins', () => {
  const factory = () => ({});

  it('are registered by name, once', () => {
    const more = registerStrategy(builtinStrategies, 'mine', factory);
    expect([more.size, builtinStrategies.size]).toEqual([strategies.length + 1, strategies.length]);
    expect(more.get('mine')).toBe(factory);
    expect(() => registerStrategy(more, 'mine', factory)).toThrow(
      expect.objectContaining({ code: 'ADVERSARY_NAME_TAKEN' }),
    );
    expect(() => registerStrategy(more, 'nuller', factory)).toThrow(
      expect.objectContaining({ code: 'ADVERSARY_NAME_TAKEN' }),
    );
  });

  it('L1, R2: the one of the guide steals records by gossip, and its lane is agreed on like any other', async () => {
    const path = new URL('../../../../docs/simulating/examples/gossip-thief.mjs', import.meta.url);
    const { strategies: added = {} }: PlugIn = await import(path.href);
    const run = await runLiars({
      strategies: new Map([...builtinStrategies, ...Object.entries(added)]),
      adversary: allOf('gossip-thief', [1]),
      rounds: 4,
    });
    expect(run.disagreements).toEqual([]);
    expect(run.live).toBe(true);
    // Its own four records, and those of three others.
    expect(run.liarsRecords.length).toBeGreaterThan(4);
    expect(run.liarsRecords.length).toBeLessThanOrEqual(16);
  });
});
