import { createRandom } from '../kernel/seeded-random.ts';
import type { Scenario } from '../scenario/schema.ts';
import { ListingFactory } from '../workload/listings.ts';
import { createWorld, type SimWorld } from '../world/sim-world.ts';
import type { Validation } from './validation.ts';

const DELAY_MS = 10;
const DELTA_MS = 100;
/** 2026-06-01, where virtual time begins. */
const TODAY = 20_605;
const RECORD_BYTES = 300;
const WITHIN_US = 60e6;

/** Free processing on links of constant delay δ: the closed forms of Simplex hold to the microsecond. */
function scenarioOf(cities: number): Scenario {
  return {
    format: 'hansa-scenario/1',
    name: 'constant-delay',
    shows: 'links of constant delay',
    topology: { cities, link: { latency: { kind: 'constant', delay: `${DELAY_MS}ms` } }, gossip: { kind: 'direct' } },
    protocol: {
      processing: 'free',
      delta: `${DELTA_MS}ms`,
      idleInterval: '1s',
      resend: '200ms',
      resync: '400ms',
      timeoutCap: '2s',
    },
  };
}

/** A federation at rest: all have joined, and nothing happens until somebody has work. */
async function atRest(cities: number): Promise<SimWorld> {
  const world = await createWorld({ scenario: scenarioOf(cities), seed: 1 });
  await world.start();
  const joined = () => world.nodes.every(({ replica }) => replica?.status().joined === true);
  await world.run({ untilUs: WITHIN_US, until: joined });
  return world;
}

async function waitFor(world: SimWorld, condition: () => boolean): Promise<number> {
  const startUs = world.nowUs;
  await world.run({ untilUs: startUs + WITHIN_US, until: condition });
  return (world.nowUs - startUs) / 1000;
}

/** The leader has a record: all cities enter the next view after 2δ, and its block is final everywhere after 3δ. */
export async function quietRound(cities: number): Promise<Validation[]> {
  const world = await atRest(cities);
  const view = world.nodes[0]?.replica?.view ?? 0;
  world.submit(view % cities, [listings().next(TODAY)]);
  const enteredMs = await waitFor(world, () => world.nodes.every(({ replica }) => replica?.view !== view));
  const final = () => world.nodes.every(({ replica }) => replica?.finalizedHeight === 1);
  const finalMs = enteredMs + (await waitFor(world, final));
  const exact = { unit: 'ms', tolerance: 0, samples: cities } as const;
  return [
    { ...exact, name: `next view, ${cities} cities`, formula: '2δ', expected: 2 * DELAY_MS, measured: enteredMs },
    { ...exact, name: `finality, ${cities} cities`, formula: '3δ', expected: 3 * DELAY_MS, measured: finalMs },
  ];
}

/** The leader is down, and all others have work at once: all enter the next view after 2Δ + δ. */
export async function silentLeader(cities: number): Promise<Validation[]> {
  const world = await atRest(cities);
  const view = world.nodes[0]?.replica?.view ?? 0;
  world.crash(view % cities, { lose: 'unflushed' });
  const others = world.nodes.filter(({ state }) => state === 'up');
  const records = listings();
  for (const { index } of others) world.submit(index, [records.next(TODAY)]);
  const enteredMs = await waitFor(world, () => others.every(({ replica }) => replica?.view !== view));
  const finalMs =
    enteredMs + (await waitFor(world, () => others.every(({ replica }) => replica?.finalizedHeight === 1)));
  const exact = { unit: 'ms', tolerance: 0, samples: others.length } as const;
  const skipped = 2 * DELTA_MS + DELAY_MS;
  return [
    { ...exact, name: `silent leader, ${cities} cities`, formula: '2Δ + δ', expected: skipped, measured: enteredMs },
    {
      ...exact,
      name: `and finality, ${cities} cities`,
      formula: '2Δ + 4δ',
      expected: skipped + 3 * DELAY_MS,
      measured: finalMs,
    },
  ];
}

function listings(): ListingFactory {
  return new ListingFactory({ random: createRandom(1, 'validation'), bytes: RECORD_BYTES });
}
