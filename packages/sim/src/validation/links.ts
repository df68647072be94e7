import type { Scenario } from '../scenario/schema.ts';
import { createWorld } from '../world/sim-world.ts';
import { STANDARD_ERRORS, type Validation } from './validation.ts';

const RUN_MS = 30_000;

function scenarioOf(topology: Scenario['topology'], idleInterval: string): Scenario {
  return {
    format: 'hansa-scenario/1',
    name: 'links',
    shows: 'one property of links',
    topology: { gossip: { kind: 'direct' }, ...topology },
    protocol: { processing: 'free', idleInterval },
  };
}

/** The share of messages that is lost is the probability that was asked for. */
export async function lossShare(): Promise<Validation> {
  const loss = 0.1;
  const world = await createWorld({ scenario: scenarioOf({ cities: 7, link: { loss } }, '100ms'), seed: 1 });
  let [arrived, lost] = [0, 0];
  world.addProbe({ onDelivered: () => arrived++, onLost: () => lost++ });
  await world.start();
  await world.run({ untilUs: RUN_MS * 1000 });
  const samples = arrived + lost;
  return {
    name: 'messages lost',
    formula: 'the probability of loss',
    unit: 'share',
    expected: loss,
    measured: lost / samples,
    tolerance: STANDARD_ERRORS * Math.sqrt((loss * (1 - loss)) / samples),
    samples,
  };
}

/** A large message on a narrow link takes its bits over the bandwidth, and the delay. */
export async function bandwidth(): Promise<Validation> {
  const [bytes, mbps, delayMs] = [125_000, 8, 20];
  const latency = { kind: 'constant', delay: `${delayMs}ms` } as const;
  const link = { latency, bandwidthMbps: mbps };
  const world = await createWorld({ scenario: scenarioOf({ cities: 4, link }, '1h'), seed: 1 });
  await world.start();
  // The cities have asked each other (R6), and the link is free.
  await world.run({ untilUs: RUN_MS * 1000 });
  const startUs = world.nowUs;
  const arrivals: number[] = [];
  world.addProbe({ onSent: (_, arrivesAtUs) => arrivals.push(arrivesAtUs - startUs) });
  // Two at once: the second one waits for the first.
  for (let message = 0; message < 2; message++) world.inject(0, 1, 'consensus', new Uint8Array(bytes));
  return {
    name: 'second of two large messages',
    formula: '2 x 8 x bytes / bandwidth + δ',
    unit: 'ms',
    expected: (2 * 8 * bytes) / (mbps * 1000) + delayMs,
    measured: (arrivals[1] ?? 0) / 1000,
    tolerance: 0,
    samples: 1,
  };
}
