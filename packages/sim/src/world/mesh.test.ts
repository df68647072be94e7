import { describe, expect, it } from 'vitest';
import type { Scenario } from '../scenario/schema.ts';
import { installWorkload } from '../workload/workload.ts';
import type { NodeIndex } from './contract.ts';
import { meshGraph } from './mesh-graph.ts';
import { createWorld } from './sim-world.ts';

function scenarioOf(cities: number, observers = 0): Scenario {
  return {
    format: 'hansa-scenario/1',
    name: 'mesh',
    shows: 'gossip on a mesh',
    topology: {
      cities,
      observers,
      link: { latency: { kind: 'constant', delay: '10ms' } },
      gossip: { kind: 'mesh', degree: 4, heartbeat: '200ms' },
    },
    protocol: { processing: 'free', delta: '200ms', idleInterval: '2s' },
    workload: { recordsPerSecond: 0, bursts: [{ at: '3s', records: 1, cities: [0] }] },
  };
}

/** First byte of what gossip says about gossip. */
const CONTROL = 0x7e;

/** Which nodes an entry reached as gossip within a time, how many copies of it were sent, and by whom. */
async function spread(
  cities: number,
  options: { observers?: number; cut?: readonly [NodeIndex, NodeIndex][]; forS?: number } = {},
) {
  const world = await createWorld({ scenario: scenarioOf(cities, options.observers), seed: 5 });
  installWorkload(world);
  const reached = new Set<NodeIndex>();
  const senders = new Set<NodeIndex>();
  const pairs: [NodeIndex, NodeIndex][] = [];
  let copies = 0;
  world.addProbe({
    onSent: ({ path, bytes, from, to }) => {
      if (path !== 'lanes' || bytes[0] === CONTROL) return;
      copies += 1;
      senders.add(from);
      pairs.push([from, to]);
    },
    onDelivered: ({ path, bytes, to }) => {
      if (path === 'lanes' && bytes[0] !== CONTROL && to !== 0) reached.add(to);
    },
  });
  // The cities have joined by then.
  world.at(2.9e6, () => {
    for (const [from, to] of options.cut ?? []) world.links.cut(from, to);
  });
  await world.start();
  await world.run({ untilUs: 3e6 + (options.forS ?? 0.2) * 1e6 });
  return { world, reached, senders, copies, pairs };
}

describe('gossip on a mesh (G1)', () => {
  it('reaches every node over a few hops, each of them once, with about degree copies a node', async () => {
    const { world, reached, copies } = await spread(60, { observers: 3 });
    expect(reached.size).toBe(world.nodes.length - 1);
    expect(copies).toBeGreaterThan(60 * 2);
    expect(copies).toBeLessThan(60 * 6);
  });

  it('is not carried on by observers', async () => {
    const { reached, senders } = await spread(20, { observers: 5 });
    expect([...reached].filter((node) => node >= 20)).toHaveLength(5);
    expect(senders.size).toBeGreaterThan(10);
    expect([...senders].filter((node) => node >= 20)).toEqual([]);
  });

  it('repairs at a heartbeat what was lost on the way', async () => {
    // Whoever pushes to the last city, or is pushed to by it, is its neighbour: it hears none of them any more.
    const { pairs } = await spread(40);
    const neighbours = new Set(pairs.filter((pair) => pair.includes(39)).flat());
    const cut = [...neighbours].map((from): [NodeIndex, NodeIndex] => [from, 39]);
    const later = await spread(40, { cut, forS: 1 });
    expect(later.reached.has(39)).toBe(true);
    const sources = later.pairs.filter(([from, to]) => to === 39 && !neighbours.has(from));
    expect(sources.length).toBeGreaterThan(0);
  });
});

describe('the graph of a mesh', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => index);
  const all = (count: number) => ids(count).map(() => true);

  it('has about the wanted degree, in both directions, and is in one piece', () => {
    for (const [count, degree] of [
      [341, 8],
      [30, 4],
      [12, 1],
      [2, 8],
    ] as const) {
      const graph = meshGraph(ids(count), all(count), degree, 7);
      const mean = graph.reduce((sum, neighbours) => sum + neighbours.length, 0) / count;
      expect(mean).toBeLessThanOrEqual(degree + 2);
      if (count > degree && degree > 1) expect(mean).toBeGreaterThan(degree * 0.7);
      graph.forEach((neighbours, node) => {
        expect(neighbours).not.toContain(node);
        for (const other of neighbours) expect(graph[other]).toContain(node);
      });
      const seen = new Set([0]);
      for (const node of seen) for (const next of graph[node] ?? []) seen.add(next);
      expect(seen.size).toBe(count);
    }
  });

  it('changes little when a node comes', () => {
    const [before, after] = [meshGraph(ids(100), all(100), 8, 7), meshGraph(ids(101), all(101), 8, 7)];
    const changed = before.filter((neighbours, node) => {
      const now = (after[node] ?? []).filter((other) => other < 100);
      return neighbours.join() !== now.join();
    });
    expect(changed.length).toBeLessThan(25);
  });
});
