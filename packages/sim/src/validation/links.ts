import type { Scenario } from '../scenario/schema.ts';
import type { Transit } from '../world/contract.ts';
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

/** Haikou to Harbin, 20.0 N 110.3 E to 45.8 N 126.5 E, is the longest way between two large cities: about 3,200 km. */
export async function geography(): Promise<Validation> {
  const latency = { kind: 'geography', lastMile: '4ms' } as const;
  const topology = { cities: 120, placement: 'china', link: { latency } } as const;
  const world = await createWorld({ scenario: scenarioOf(topology, '1h'), seed: 1 });
  await world.start();
  const [from, to] = ['haikou', 'harbin'].map((name) => world.nodes.findIndex((node) => node.name === name)) as [
    number,
    number,
  ];
  let seen: (Transit & { readonly arrivesAtUs: number }) | undefined;
  world.addProbe({
    onSent: (transit, arrivesAtUs) => {
      if (transit.from === from && transit.to === to) seen ??= { ...transit, arrivesAtUs };
    },
  });
  world.inject(from, to, 'consensus', new Uint8Array([1]));
  const [a, b] = [world.nodes[from]?.place, world.nodes[to]?.place];
  if (a === undefined || b === undefined || seen === undefined) throw new Error('Haikou or Harbin is not on the map');
  const kilometres = chordKilometres(a, b);
  return {
    name: 'one way from Haikou to Harbin',
    formula: '1.5 x km / (200 km per ms) + half the last mile',
    unit: 'ms',
    expected: (1.5 * kilometres) / 200 + 2,
    measured: (seen.arrivesAtUs - seen.sentAtUs) / 1000,
    tolerance: 0.001,
    samples: 1,
  };
}

/** The great circle by the angle between two vectors: another way than the one of the model. */
function chordKilometres(a: { latitude: number; longitude: number }, b: typeof a): number {
  const vector = ({ latitude, longitude }: typeof a) => {
    const [phi, lambda] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)] as const;
  };
  const [p, q] = [vector(a), vector(b)];
  const chord = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
  return 2 * 6371 * Math.asin(chord / 2);
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
