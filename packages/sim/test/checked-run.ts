import { installAdversaries } from '../src/adversaries/index.ts';
import type { Oracle } from '../src/checks/contract.ts';
import { createOracle } from '../src/checks/oracle.ts';
import { installFaults } from '../src/faults/index.ts';
import { settle } from '../src/scenario/defaults.ts';
import type { Scenario } from '../src/scenario/schema.ts';
import { installWorkload } from '../src/workload/workload.ts';
import { createWorld, type SimWorld } from '../src/world/sim-world.ts';

export interface CheckedRun {
  readonly world: SimWorld;
  readonly oracle: Oracle;
}

/** A whole run of a scenario with its oracle, to its end. */
export async function checkedRun(scenario: Scenario, seed: number, eventsMax?: number): Promise<CheckedRun> {
  const world = await createWorld({ scenario, seed });
  installAdversaries(world);
  installFaults(world);
  installWorkload(world);
  const oracle = createOracle(world);
  world.addProbe(oracle);
  await world.start();
  await world.run({ untilUs: settle(scenario).stopAtUs, ...(eventsMax === undefined ? {} : { eventsMax }) });
  world.end();
  return { world, oracle };
}
