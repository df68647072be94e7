import { createRandom } from '../kernel/seeded-random.ts';
import type { Scenario } from '../scenario/schema.ts';
import { ListingFactory } from '../workload/listings.ts';
import { installWorkload } from '../workload/workload.ts';
import { createWorld, type SimWorld } from '../world/sim-world.ts';
import type { Figures } from './figures.ts';

/** 2026-06-01, where virtual time begins. */
const TODAY = 20_605;
const WARM_UP_US = 4e6;

/** The replicas of many cities at work, with costs in virtual time and simulated signatures. */
export async function protocolInCostMode(): Promise<Figures> {
  const world = await createWorld({
    seed: 1,
    scenario: {
      format: 'hansa-scenario/1',
      name: 'bench-protocol',
      shows: 'cities at work',
      topology: { cities: 31 },
      workload: { recordsPerSecond: 5, start: '1s', end: '1h' },
      stop: { at: '1h' },
    },
  });
  installWorkload(world);
  await world.start();
  await world.run({ untilUs: WARM_UP_US });
  return measured(world, { untilUs: WARM_UP_US + 20e6 });
}

/** Four cities with the daemon's cryptography, at the pace of the interactive benchmark of the daemon. */
export async function realCrypto(): Promise<Figures> {
  const world = await createWorld({
    seed: 1,
    scenario: {
      format: 'hansa-scenario/1',
      name: 'bench-real-crypto',
      shows: 'the daemon’s cryptography',
      topology: { cities: 4 },
      protocol: { crypto: 'real' },
      workload: { recordsPerSecond: 1, start: '1s', end: '1h' },
      stop: { at: '1h' },
    },
  });
  installWorkload(world);
  await world.start();
  await world.run({ untilUs: WARM_UP_US });
  return measured(world, { untilUs: WARM_UP_US + 60e6 });
}

/** One record in each of 341 cities becomes final everywhere, by one block or as many as it takes. */
export async function blockOfTheNation(): Promise<Figures> {
  const scenario: Scenario = {
    format: 'hansa-scenario/1',
    name: 'bench-nation',
    shows: 'one block of 341 cities',
    topology: { cities: 341 },
    protocol: { processing: 'free', idleInterval: '1h' },
    stop: { at: '1h' },
  };
  const madeMs = performance.now();
  const world = await createWorld({ scenario, seed: 1 });
  await world.start();
  const joined = () => world.nodes.every(({ replica }) => replica?.status().joined === true);
  while (!joined()) await world.run({ untilUs: world.nowUs + 100_000 });
  const startedMs = performance.now();
  const listings = new ListingFactory({ random: createRandom(1, 'bench'), bytes: 300 });
  const view = world.nodes[0]?.replica?.view ?? 0;
  world.submit(view % 341, [listings.next(TODAY)]);
  const final = () => world.nodes.every(({ replica }) => (replica?.finalizedHeight ?? 0) >= 1);
  while (!final()) await world.run({ untilUs: world.nowUs + 1000 });
  const endedMs = performance.now();
  return {
    startMs: startedMs - madeMs,
    blockMs: endedMs - startedMs,
    residentMegabytes: process.memoryUsage.rss() / 1e6,
  };
}

async function measured(world: SimWorld, { untilUs }: { readonly untilUs: number }): Promise<Figures> {
  const [events, virtualUs, startedMs] = [world.events, world.nowUs, performance.now()];
  await world.run({ untilUs });
  const seconds = (performance.now() - startedMs) / 1000;
  return {
    eventsPerSecond: (world.events - events) / seconds,
    virtualSecondsPerSecond: (world.nowUs - virtualUs) / 1e6 / seconds,
    residentMegabytes: process.memoryUsage.rss() / 1e6,
  };
}
