import { quorum } from '@hansa/protocol/genesis';
import { MessageKinds } from '../results/message-kind.ts';
import type { Latency, Scenario } from '../scenario/schema.ts';
import { mean, standardDeviation, waitForMean } from '../statistics/index.ts';
import type { Probe } from '../world/contract.ts';
import { createWorld, type SimWorld } from '../world/sim-world.ts';
import { STANDARD_ERRORS, type Validation } from './validation.ts';

/** A random delay and the distribution of two of them, one after the other, in milliseconds. */
interface RandomDelay {
  readonly name: string;
  readonly latency: Latency;
  readonly sumOfTwo: (ms: number) => number;
  /** By then two delays are over, but for a chance of 1e-12. */
  readonly horizonMs: number;
}

const MEAN_MS = 10;
const [MIN_MS, MAX_MS] = [5, 25];

export const delays: readonly RandomDelay[] = [
  {
    name: 'exponential',
    latency: { kind: 'exponential', mean: `${MEAN_MS}ms` },
    // Erlang of two stages.
    sumOfTwo: (ms) => 1 - Math.exp(-ms / MEAN_MS) * (1 + ms / MEAN_MS),
    horizonMs: 32 * MEAN_MS,
  },
  {
    name: 'uniform',
    latency: { kind: 'uniform', min: `${MIN_MS}ms`, max: `${MAX_MS}ms` },
    // Triangular.
    sumOfTwo: (ms) => {
      const x = (ms - 2 * MIN_MS) / (MAX_MS - MIN_MS);
      if (x <= 0) return 0;
      if (x >= 2) return 1;
      return x <= 1 ? (x * x) / 2 : 1 - (2 - x) ** 2 / 2;
    },
    horizonMs: 2 * MAX_MS,
  },
];

const VIEWS = 300;
const IDLE_MS = 2000;

/**
 * A leader proposes at time 0 and has its own vote. Every other vote is back after a delay there and a delay home, so the
 * leader's notarization is complete with the (q-1)-th of n-1 sums of two delays. Δ is so long that no certificate is
 * relayed, and blocks are so far apart that no message meets one of another view.
 */
export async function quorumWait(cities: number, delay: RandomDelay): Promise<Validation> {
  const scenario: Scenario = {
    format: 'hansa-scenario/1',
    name: 'random-delay',
    shows: 'links of random delay',
    topology: { cities, link: { latency: delay.latency }, gossip: { kind: 'direct' } },
    protocol: { processing: 'free', delta: '10s', idleInterval: `${IDLE_MS}ms`, timeoutCap: '60s' },
  };
  const world = await createWorld({ scenario, seed: 1 });
  const waits: number[] = [];
  world.addProbe(leaderWaits(world, waits));
  await world.start();
  await world.run({ untilUs: 2 * VIEWS * IDLE_MS * 1000, until: () => waits.length >= VIEWS });
  const others = cities - 1;
  const expected = waitForMean(quorum(cities) - 1, Array(others).fill(delay.sumOfTwo), delay.horizonMs);
  return {
    name: `${delay.name} delays, ${cities} cities`,
    formula: `mean of the ${ordinal(quorum(cities) - 1)} of ${others} sums of two delays`,
    unit: 'ms',
    expected,
    measured: mean(waits),
    tolerance: (STANDARD_ERRORS * standardDeviation(waits)) / Math.sqrt(waits.length),
    samples: waits.length,
  };
}

function ordinal(number: number): string {
  return `${number}${['th', 'st', 'nd', 'rd'][number % 10 < 4 && Math.floor(number / 10) !== 1 ? number % 10 : 0]}`;
}

/** Milliseconds from a leader's proposal until it enters the next view. */
function leaderWaits(world: SimWorld, waits: number[]): Probe {
  const kinds = new MessageKinds();
  const proposed = new Map<number, { readonly view: number; readonly atUs: number }>();
  return {
    onCarriedOut: (node, effect) => {
      if (effect.kind !== 'broadcast') return;
      const { kind, view } = kinds.of('consensus', effect.bytes);
      if (kind === 'proposal' && view !== undefined) proposed.set(node, { view, atUs: world.nowUs });
    },
    onTurn: (node) => {
      const own = proposed.get(node);
      if (own === undefined || (world.nodes[node]?.replica?.view ?? 0) <= own.view) return;
      proposed.delete(node);
      waits.push((world.nowUs - own.atUs) / 1000);
    },
  };
}
