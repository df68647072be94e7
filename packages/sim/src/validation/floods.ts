import { createRandom } from '../kernel/seeded-random.ts';
import type { Scenario } from '../scenario/schema.ts';
import { mean } from '../statistics/index.ts';
import { ListingFactory } from '../workload/listings.ts';
import type { NodeIndex } from '../world/contract.ts';
import { createWorld, type SimWorld } from '../world/sim-world.ts';
import type { Validation } from './validation.ts';

const DELAY_MS = 10;
/** 2026-06-01, where virtual time begins. */
const TODAY = 20_605;
const RECORD_BYTES = 300;

/** Whether two cities are neighbours, and how many hops lie between a city and the first one. */
interface Lattice {
  readonly name: string;
  readonly cities: number;
  readonly formula: string;
  readonly areNeighbours: (a: NodeIndex, b: NodeIndex) => boolean;
  readonly hops: (node: NodeIndex) => number;
}

export function grid(width: number, height: number): Lattice {
  const place = (node: NodeIndex) => [node % width, Math.floor(node / width)] as const;
  return {
    name: `grid of ${width} x ${height}`,
    cities: width * height,
    formula: 'x + y',
    areNeighbours: (a, b) => {
      const [[ax, ay], [bx, by]] = [place(a), place(b)];
      return Math.abs(ax - bx) + Math.abs(ay - by) === 1;
    },
    hops: (node) => place(node)[0] + place(node)[1],
  };
}

export function ring(cities: number): Lattice {
  return {
    name: `ring of ${cities}`,
    cities,
    formula: 'the shorter way round',
    areNeighbours: (a, b) => [1, cities - 1].includes(Math.abs(a - b)),
    hops: (node) => Math.min(node, cities - node),
  };
}

/**
 * A mesh of everybody with everybody, of which all links are cut but those of a lattice: what the first city publishes
 * reaches each other one after as many delays as there are hops between them, passed on by all in between.
 */
export async function flood(lattice: Lattice): Promise<Validation[]> {
  const { cities, name, formula } = lattice;
  const world = await joined(cities);
  for (let from = 0; from < cities; from++) {
    for (let to = 0; to < cities; to++) {
      if (from !== to && !lattice.areNeighbours(from, to)) world.links.cut(from, to);
    }
  }
  const startUs = world.nowUs;
  const reachedUs = new Map<NodeIndex, number>();
  world.addProbe({
    onDelivered: ({ to, path }) => {
      if (path === 'lanes' && !reachedUs.has(to)) reachedUs.set(to, world.nowUs - startUs);
    },
  });
  const listings = new ListingFactory({ random: createRandom(1, 'validation'), bytes: RECORD_BYTES });
  world.submit(0, [listings.next(TODAY)]);
  await world.run({ untilUs: startUs + 2 * cities * DELAY_MS * 1000 });
  const others = Array.from({ length: cities - 1 }, (_, index) => index + 1);
  const measured = others.map((node) => (reachedUs.get(node) ?? Number.POSITIVE_INFINITY) / (DELAY_MS * 1000));
  const expected = others.map(lattice.hops);
  const exact = { unit: 'hops', tolerance: 0, samples: cities - 1 } as const;
  return [
    {
      ...exact,
      name: `${name}: the farthest`,
      formula,
      expected: Math.max(...expected),
      measured: Math.max(...measured),
    },
    { ...exact, name: `${name}: mean`, formula, expected: mean(expected), measured: mean(measured) },
  ];
}

async function joined(cities: number): Promise<SimWorld> {
  const scenario: Scenario = {
    format: 'hansa-scenario/1',
    name: 'lattice',
    shows: 'a flood over a lattice',
    topology: {
      cities,
      link: { latency: { kind: 'constant', delay: `${DELAY_MS}ms` } },
      // Each chooses half of the degree: everybody is a neighbour of everybody. Nothing is said twice.
      gossip: { kind: 'mesh', degree: 2 * cities, heartbeat: '1h' },
    },
    protocol: { processing: 'free', delta: '10s', idleInterval: '1h' },
  };
  const world = await createWorld({ scenario, seed: 1 });
  await world.start();
  const all = () => world.nodes.every(({ replica }) => replica?.status().joined === true);
  await world.run({ untilUs: 60e6, until: all });
  return world;
}
