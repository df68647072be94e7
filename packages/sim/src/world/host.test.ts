import type { Effect } from '@hansa/protocol/replica';
import { describe, expect, it } from 'vitest';
import { measuredCosts } from '../crypto/costs.ts';
import { createRandom } from '../kernel/seeded-random.ts';
import type { Scenario } from '../scenario/schema.ts';
import { ListingFactory } from '../workload/listings.ts';
import type { NodeIndex, Probe } from './contract.ts';
import { createWorld, type SimWorld } from './sim-world.ts';

const TODAY = 20_605;
const listings = new ListingFactory({ random: createRandom(1, 'host'), bytes: 300 });
const record = () => listings.next(TODAY);

type Changes = Partial<Pick<Scenario, 'protocol' | 'disks' | 'clocks'>> & { readonly observers?: number };

async function started(
  { observers = 0, ...changes }: Changes = {},
  probes: readonly Probe[] = [],
  prepare?: (world: SimWorld) => void,
) {
  const scenario: Scenario = {
    format: 'hansa-scenario/1',
    name: 'host',
    shows: 'how a city is hosted',
    topology: { cities: 4, observers, link: { latency: { kind: 'constant', delay: '10ms' } } },
    protocol: { processing: 'free', delta: '100ms', idleInterval: '1s', resend: '200ms', resync: '400ms' },
    ...changes,
  };
  const world = await createWorld({ scenario, seed: 3, probes });
  prepare?.(world);
  await world.start();
  await world.run({
    untilUs: 60e6,
    until: () => world.nodes.every(({ replica }) => replica?.status().joined === true),
  });
  return world;
}

/** Effects of one kind that leave a node, with their moments. */
function departures(
  world: SimWorld,
  node: NodeIndex,
  kinds: readonly Effect['kind'][],
): { atUs: number; effect: Effect }[] {
  const seen: { atUs: number; effect: Effect }[] = [];
  world.addProbe({
    onCarriedOut: (index, effect) => {
      if (index === node && kinds.includes(effect.kind)) seen.push({ atUs: world.nowUs, effect });
    },
  });
  return seen;
}

describe('C9: persist, flush, then send', () => {
  it('lets nothing leave before it is durable', async () => {
    const world = await started({ disks: { flush: '3ms' } });
    const seen = departures(world, 1, ['sealed', 'publish']);
    const startUs = world.nowUs;
    world.submit(1, [record()]);
    await world.run({ untilUs: startUs + 5000 });
    expect(seen.map(({ atUs, effect }) => [atUs - startUs, effect.kind])).toEqual([
      [3000, 'sealed'],
      [3000, 'publish'],
    ]);
  });

  it('gathers what comes during a flush for the next one, and submissions for one entry', async () => {
    const world = await started({ disks: { flush: '3ms' } });
    const seen = departures(world, 1, ['sealed']);
    const startUs = world.nowUs;
    const ids: (number | undefined)[] = [];
    for (const afterUs of [0, 500, 1000, 1500]) {
      world.at(startUs + afterUs, () => {
        ids.push(world.submit(1, [record(), record()]));
      });
    }
    await world.run({ untilUs: startUs + 8000 });
    const sealed = seen.map(
      ({ atUs, effect }) => [atUs - startUs, effect.kind === 'sealed' ? effect : undefined] as const,
    );
    expect(
      sealed.map(([atUs, effect]) => [atUs, effect?.id, effect?.first.sequence, effect?.first.position, effect?.count]),
    ).toEqual([
      [3000, ids[0], 1, 0, 2],
      [6000, ids[1], 2, 0, 2],
      [6000, ids[2], 2, 2, 2],
      [6000, ids[3], 2, 4, 2],
    ]);
  });

  it('loses what was not flushed with its effects: nobody was told', async () => {
    const world = await started({ disks: { flush: '3ms' } });
    const seen = departures(world, 1, ['sealed', 'publish', 'broadcast']);
    world.submit(1, [record()]);
    const startUs = world.nowUs;
    world.at(startUs + 2000, () => world.crash(1, { lose: 'unflushed' }));
    await world.run({ untilUs: startUs + 20_000 });
    expect(seen).toEqual([]);
    expect(world.nodes[1]?.state).toBe('down');
    await world.restart(1);
    expect(world.nodes[1]?.life).toBe(1);
    await world.run({ untilUs: startUs + 5e6 });
    expect(world.nodes[1]?.replica?.status().joined).toBe(true);
  });

  it('stops the city when its disk is full, as the daemon does, and a restart with room goes on', async () => {
    const states: [NodeIndex, string, string][] = [];
    const world = await started({}, [{ onNodeState: (...change) => states.push(change) }]);
    world.fillDisk(2, true);
    world.submit(2, [record()]);
    await world.run({ untilUs: world.nowUs + 1000 });
    expect(states.at(-1)).toEqual([2, 'down', 'the disk is full']);
    world.fillDisk(2, false);
    await world.restart(2);
    expect(states.at(-1)).toEqual([2, 'up', 'restart']);
  });
});

describe('a city that starts again', () => {
  it('stays down when its store is damaged, and says so', async () => {
    const states: string[] = [];
    const damages: string[] = [];
    const world = await started({}, [
      {
        onNodeState: (_, state, why) => states.push(`${state}: ${why}`),
        onDiskDamage: (_, damage) => damages.push(damage),
      },
    ]);
    world.submit(0, [record()]);
    await world.run({ untilUs: world.nowUs + 3e6 });
    world.crash(0, { lose: 'unflushed' });
    world.rotDisk(0, 1_000_000);
    await world.restart(0);
    expect(states.at(-1)).toMatch(/^down: damaged: /);
    expect(damages).toEqual(['rotten']);
    world.replaceDisk(0, undefined);
    await world.restart(0);
    expect(states.at(-1)).toBe('up: restart');
    expect(damages).toEqual(['rotten', 'lost']);
  });

  it('can be given an old disk, and only while it is down', async () => {
    const world = await started();
    const backup = await world.backup(0);
    expect(() => world.replaceDisk(0, backup)).toThrow('only while it is down');
    world.submit(0, [record()]);
    await world.run({ untilUs: world.nowUs + 3e6 });
    world.crash(0, { lose: 'nothing' });
    world.replaceDisk(0, backup);
    await world.restart(0);
    expect(world.nodes[0]?.replica?.finalizedHeight).toBe(0);
    const alarms = departures(world, 0, ['alarm']);
    await world.run({ untilUs: world.nowUs + 5e6 });
    expect(alarms.map(({ effect }) => (effect.kind === 'alarm' ? effect.error.code : ''))).toEqual([
      'RESTORED_FROM_BACKUP',
    ]);
    expect(world.nodes[0]?.replica?.finalizedHeight).toBeGreaterThan(0);
  });

  it('does not get what was sent to the process before it', async () => {
    const lost: string[] = [];
    const world = await started({}, [{ onLost: ({ to }, because) => lost.push(`${to} ${because}`) }]);
    world.submit(1, [record()]);
    const startUs = world.nowUs;
    world.at(startUs + 2000, () => world.crash(2, { lose: 'nothing' }));
    world.at(startUs + 4000, () => world.restart(2));
    await world.run({ untilUs: startUs + 15_000 });
    expect(lost).toContain('2 restarted');
    expect(lost.filter((text) => text !== '2 restarted')).toEqual([]);
  });
});

describe('a paused city', () => {
  it('hears everything later, and its timers fire when it goes on', async () => {
    const world = await started();
    world.pause(3);
    const inputs: [number, string][] = [];
    world.addProbe({ onInput: (node, { kind }) => node === 3 && inputs.push([world.nowUs, kind]) });
    expect(world.submit(3, [record()])).toBeUndefined();
    world.submit(0, [record()]);
    const startUs = world.nowUs;
    await world.run({ untilUs: startUs + 2e6 });
    expect(inputs).toEqual([]);
    expect(world.nodes[0]?.replica?.finalizedHeight).toBeGreaterThan(0);
    world.resume(3);
    await world.run({ untilUs: startUs + 2e6 });
    expect(inputs.every(([atUs]) => atUs === startUs + 2e6)).toBe(true);
    expect(new Set(inputs.map(([, kind]) => kind))).toEqual(new Set(['message', 'response', 'timer']));
    expect(world.nodes[3]?.replica?.finalizedHeight).toBeGreaterThan(0);
  });
});

describe('the processor', () => {
  it('lets effects appear when their cost has passed, and inputs wait for it', async () => {
    const world = await started({ protocol: { processing: 'measured', delta: '100ms', idleInterval: '10s' } });
    await world.run({ untilUs: world.nowUs + 1e6 });
    const seen = departures(world, 2, ['sealed']);
    const [busyBefore, startUs] = [world.cpuBusyUs(2), world.nowUs];
    world.submit(2, [record()]);
    await world.run({ untilUs: startUs + 9000 });
    const costUs = (seen[0]?.atUs ?? 0) - startUs;
    // It does not lead the view. One Ed25519 signature and a few hashes; then copies to the three others, which the processor sends meanwhile.
    expect(costUs).toBeGreaterThanOrEqual(Math.floor(measuredCosts.signEd25519Us));
    expect(costUs).toBeLessThan(measuredCosts.signEd25519Us + 20);
    const sendingUs = 3 * measuredCosts.messageUs;
    expect(world.cpuBusyUs(2) - busyBefore).toBeGreaterThanOrEqual(Math.floor(costUs + sendingUs));
  });

  it('is overloaded by more than it can do: finality takes longer', async () => {
    const finality = async (processing: 'free' | { message: string }) => {
      const world = await started({ protocol: { processing, delta: '500ms', idleInterval: '10s' } });
      const startUs = world.nowUs;
      world.submit(1, [record()]);
      await world.run({ untilUs: startUs + 30e6, until: () => (world.nodes[0]?.replica?.finalizedHeight ?? 0) > 0 });
      return world.nowUs - startUs;
    };
    const free = await finality('free');
    expect(free).toBe(30_000);
    expect(await finality({ message: '5ms' })).toBeGreaterThan(2 * free);
  });

  it('costs no events when computing is free', async () => {
    const world = await started();
    await world.run({ untilUs: 10e6 });
    expect(world.nodes.map(({ index }) => world.cpuBusyUs(index))).toEqual([0, 0, 0, 0]);
  });
});

describe('clocks of a scenario', () => {
  it('are drawn for each city within their bounds, and agreement lives with them', async () => {
    const world = await started({ clocks: { offset: '200ms', driftPpm: 500 } });
    const offsets = world.nodes.map(({ clock }) => clock.wallUs(0) - world.startMs * 1000);
    expect(new Set(offsets).size).toBe(4);
    for (const offset of offsets) expect(Math.abs(offset)).toBeLessThanOrEqual(200_000);
    world.submit(2, [record()]);
    await world.run({ untilUs: world.nowUs + 3e6 });
    expect(world.nodes.map(({ replica }) => (replica?.finalizedHeight ?? 0) > 0)).toEqual(Array(4).fill(true));
  });
});

describe('corrupted nodes', () => {
  it('speak, hear, wait and act through their filters, the newest first', async () => {
    const log: string[] = [];
    const world = await started({}, [], (each) => {
      each.corrupt(1, {
        onSend: ({ to, path, bytes }) => {
          log.push('old');
          return [{ to, path, bytes, delayUs: 1000 }];
        },
      });
      each.corrupt(1, {
        onSend: ({ to }) => {
          log.push('new');
          return to === 2 ? [] : undefined;
        },
      });
    });
    expect(world.nodes[1]?.role).toBe('corrupted');
    const startUs = world.nowUs;
    log.length = 0;
    const arrivals: [number, number][] = [];
    const lost: string[] = [];
    world.addProbe({
      onDelivered: ({ from, to }) => from === 1 && arrivals.push([to, world.nowUs - startUs]),
      onLost: ({ from, to }, because) => lost.push(`${from} to ${to}: ${because}`),
    });
    world.submit(1, [record()]);
    await world.run({ untilUs: startUs + 11_000 });
    expect(
      arrivals
        .filter(([, atUs]) => atUs === 11_000)
        .map(([to]) => to)
        .sort(),
    ).toContain(0);
    expect(arrivals.filter(([to]) => to === 2)).toEqual([]);
    expect(lost).toContain('1 to 2: adversary');
    expect(log.slice(0, 2)).toEqual(['new', 'old']);
  });

  it('can be deaf, without timers and without effects', async () => {
    const world = await started({}, [], (each) => {
      each.corrupt(0, { onReceive: () => 'drop' });
      each.corrupt(1, { onTimer: () => 'swallow' });
      each.corrupt(2, { onEffect: (effect) => (effect.kind === 'broadcast' ? 'suppress' : 'carry-out') });
    }).catch(() => undefined);
    expect(world).toBeDefined();
    const inputs = new Map<NodeIndex, Set<string>>([0, 1, 2].map((node) => [node, new Set()]));
    let broadcasts = 0;
    world?.addProbe({
      onInput: (node, { kind }) => inputs.get(node)?.add(kind),
      onCarriedOut: (node, { kind }) => {
        if (node === 2 && kind === 'broadcast') broadcasts += 1;
      },
    });
    await world?.run({ untilUs: 70e6 });
    expect(inputs.get(0)?.has('message')).toBe(false);
    expect(inputs.get(1)?.has('timer')).toBe(false);
    expect(inputs.get(2)?.has('message')).toBe(true);
    expect(broadcasts).toBe(0);
  });

  it('are two with one key as twins, both of which hear what is sent to it', async () => {
    const world = await createWorld({
      scenario: {
        format: 'hansa-scenario/1',
        name: 'twins',
        shows: 'one key, two nodes',
        topology: { cities: 4, observers: 1 },
        protocol: { processing: 'free' },
      },
      seed: 1,
    });
    const twin = world.addTwin(2);
    expect(twin).toBe(5);
    expect(world.nodes[twin]).toMatchObject({ authority: 2, role: 'corrupted', name: 'city-2-twin' });
    expect(world.nodes[2]?.role).toBe('corrupted');
    const heard = new Map<NodeIndex, number>();
    world.addProbe({
      onDelivered: ({ to, from }) => {
        if (from === 0) heard.set(to, (heard.get(to) ?? 0) + 1);
      },
    });
    await world.start();
    expect(() => world.addTwin(1)).toThrow('before the start');
    world.inject(0, twin, 'consensus', new Uint8Array([1, 2, 3]));
    await world.run({ untilUs: 20e6 });
    expect((heard.get(twin) ?? 0) - 1).toBe(heard.get(2));
    expect(world.nodes[twin]?.replica?.view).toBeGreaterThan(1);
  });
});

describe('observers', () => {
  it('follow the ledger and say nothing but requests', async () => {
    const said = new Set<string>();
    const world = await started({ observers: 1 }, [{ onSent: ({ from, path }) => from === 4 && said.add(path) }]);
    world.submit(0, [record()]);
    await world.run({ untilUs: world.nowUs + 3e6 });
    expect(world.nodes[4]?.replica?.ledger.height).toBe(world.nodes[0]?.replica?.ledger.height);
    expect(world.nodes[4]?.role).toBe('observer');
    expect(said).toEqual(new Set(['request']));
  });
});

describe('G1: who sends what no honest city sends', () => {
  it('is kept away from direct streams for a second, and what waits of it is forgotten; gossip and sync go on', async () => {
    const world = await started();
    const lost: [because: string, path: string, atUs: number][] = [];
    const heard: number[] = [];
    world.addProbe({
      onLost: ({ to, from, path }, because) => {
        if (to === 1 && from === 2) lost.push([because, path, world.nowUs]);
      },
      onInput: (node, input) => {
        if (node === 1 && input.kind === 'message' && input.from === 2 && input.bytes.length === 3)
          heard.push(world.nowUs);
      },
    });
    const startUs = world.nowUs;
    const rubbish = () => Uint8Array.of(1, 2, 3);
    const say = (afterMs: number) =>
      world.at(startUs + afterMs * 1000, () => world.inject(2, 1, 'consensus', rubbish()));
    say(0);
    say(500);
    say(1100);
    // The second time it is twice as long.
    say(2500);
    say(3200);
    await world.run({ untilUs: startUs + 4e6 });
    expect(heard.map((atUs) => Math.round((atUs - startUs) / 1000))).toEqual([10, 1110, 3210]);
    const keptAway = lost.filter(([because]) => because === 'kept-away');
    expect(keptAway.map(([, , atUs]) => Math.round((atUs - startUs) / 1000))).toEqual(
      expect.arrayContaining([510, 2510]),
    );
    expect(new Set(keptAway.map(([, path]) => path))).toEqual(new Set(['consensus']));
  });
});
