import { installFaults } from '../src/faults/index.ts';
import { createRandom } from '../src/kernel/seeded-random.ts';
import type { Fault, Scenario } from '../src/scenario/schema.ts';
import { ListingFactory } from '../src/workload/listings.ts';
import type { NodeIndex } from '../src/world/contract.ts';
import { createWorld } from '../src/world/sim-world.ts';

/** 2026-06-01, where worlds begin. */
const TODAY = 20_605;

/** Four cities that agree within 30 ms, and give a leader up after 200. */
export const quick: Scenario = {
  format: 'hansa-scenario/1',
  name: 'quick',
  shows: 'Four quick cities.',
  topology: { cities: 4, link: { latency: { kind: 'constant', delay: '10ms' } } },
  protocol: {
    processing: 'free',
    delta: '100ms',
    idleInterval: '500ms',
    resend: '200ms',
    resync: '400ms',
    timeoutCap: '2s',
  },
};

/** A world with these faults that runs, what its probes heard of them, and a record now and then. */
export async function faultRun(faults: readonly Fault[], changes: Partial<Scenario> = {}, seed = 1) {
  const scenario: Scenario = { ...quick, ...changes, faults: [...faults] };
  const world = await createWorld({ scenario, seed });
  /** `10s begin crash: city-1 loses power`. */
  const notices: string[] = [];
  /** `10s city-1 down`. */
  const states: string[] = [];
  const ids = new Map<number, string>();
  world.addProbe({
    onFault: ({ id, phase, kind, text }) => {
      notices.push(`${world.nowUs / 1e6}s ${phase} ${kind}: ${text}`);
      ids.set(id, `${ids.get(id) ?? ''}${phase} `);
    },
    onNodeState: (node, state) => states.push(`${world.nowUs / 1e6}s ${world.nodes[node]?.name} ${state}`),
  });
  const control = installFaults(world);
  await world.start();
  states.length = 0;
  const listings = new ListingFactory({ random: createRandom(seed, 'listings'), bytes: 300 });
  return {
    world,
    faults: control,
    notices,
    states,
    /** The phases that each fault went through. */
    phases: () => [...ids.values()].map((phases) => phases.trim()),
    until: (seconds: number) => world.run({ untilUs: seconds * 1e6 }),
    submit: (node: NodeIndex) => world.submit(node, [listings.next(TODAY)]),
    heights: () => world.nodes.map(({ replica }) => replica?.finalizedHeight),
    cuts: () =>
      world.nodes.flatMap(({ index: from }) =>
        world.nodes.flatMap(({ index: to }) => (world.links.isCut(from, to) ? [`${from}>${to}`] : [])),
      ),
  };
}
