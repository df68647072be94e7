import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@hansa/node/testbed/free-ports';
import { HansaError } from '@hansa/protocol';
import { installFaults } from '../faults/index.ts';
import { placesOf } from '../places/places.ts';
import { settle } from '../scenario/defaults.ts';
import type { Scenario } from '../scenario/schema.ts';
import { installWorkload } from '../workload/workload.ts';
import type { FaultNotice } from '../world/contract.ts';
import type { RealStatus } from './messages.ts';
import { realFederation } from './real-federation.ts';
import { RealWorld } from './real-world.ts';
import { differencesOfReality, unsupportedInReality } from './refuse.ts';

/** A scenario as it went on real daemons. */
export interface RealRun {
  /** Of each record, from its submission until its own city had executed it; milliseconds, in the order of finality. */
  readonly latenciesMs: readonly number[];
  readonly recordsSubmitted: number;
  /** Handed to a city that was killed before it said that they were final; they may be final all the same. */
  readonly recordsLostSight: number;
  readonly refusals: Readonly<Record<string, number>>;
  /** All running cities stood at one height with equal roots, with nothing under way. */
  readonly converged: boolean;
  readonly endedAtMs: number;
  readonly cities: readonly { readonly name: string; readonly status: RealStatus | undefined }[];
  readonly failures: readonly string[];
  /** What is the same word but not the same thing as in the simulator. */
  readonly differences: readonly string[];
}

export interface RealOptions {
  /** Milliseconds of the scenario's time: so far, until its workload is over, and until it ends at the latest. Now and then. */
  readonly onProgress?: (nowMs: number, workUntilMs: number, endMs: number) => void;
  readonly onFault?: (notice: FaultNotice) => void;
  /** Ends the run early. */
  readonly signal?: AbortSignal;
}

/** How often the cities are asked where they stand. */
const LOOK_MS = 200;

/**
 * Runs a scenario on real daemons: each city a process with the daemon's own core, store and libp2p network on loopback,
 * a shim before the network that makes links slow, lossy and cut, faults and workload as in the simulator, in real time.
 *
 * Errors: REAL_UNSUPPORTED names everything of the scenario that cannot be had in reality.
 */
export async function runReal(scenario: Scenario, seed: number, options: RealOptions = {}): Promise<RealRun> {
  const settled = settle(scenario);
  const reasons = unsupportedInReality(scenario, settled.stopAtUs);
  if (reasons.length > 0) {
    throw new HansaError('REAL_UNSUPPORTED', `Real daemons cannot do this scenario: ${reasons.join('; ')}.`);
  }
  const { authorities } = placesOf(settled.cities, 0, settled.placed);
  const directory = await mkdtemp(join(tmpdir(), 'hansa-real-'));
  const world = new RealWorld({
    scenario,
    settled,
    seed,
    federation: await realFederation(settled, seed, authorities, Date.now()),
    directory,
    ports: await freePorts(settled.cities),
    places: authorities.map(({ place }) => place),
  });
  try {
    if (options.onFault !== undefined) world.addProbe({ onFault: options.onFault });
    const faults = installFaults(world);
    const workload = installWorkload(world);
    await world.start();
    const converged = await untilEnd(
      world,
      { workUntilUs: Math.min(workload.endsAtUs, settled.stopAtUs), endUs: settled.stopAtUs },
      options,
      () => faults.healed,
    );
    const statuses = await world.statuses();
    return {
      latenciesMs: world.latenciesMs,
      recordsSubmitted: workload.recordsSubmitted,
      recordsLostSight: world.lostWithCity,
      refusals: Object.fromEntries(world.refusals),
      converged,
      endedAtMs: world.nowUs / 1000,
      cities: world.nodes.map(({ name }, index) => ({ name, status: statuses[index] })),
      failures: world.failures,
      differences: differencesOfReality(scenario),
    };
  } finally {
    await world.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Until the scenario's end, or until nothing is under way and all stand together. True: they do. */
async function untilEnd(
  world: RealWorld,
  { workUntilUs, endUs }: { readonly workUntilUs: number; readonly endUs: number },
  { onProgress, signal }: RealOptions,
  healed: () => boolean,
): Promise<boolean> {
  for (;;) {
    const quiet = healed() && world.nowUs >= workUntilUs && world.quiet;
    if (quiet && standTogether(await world.statuses())) return true;
    if (world.nowUs >= endUs || signal?.aborted === true || world.failures.length > 0) return false;
    onProgress?.(Math.min(world.nowUs, endUs) / 1000, workUntilUs / 1000, endUs / 1000);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function standTogether(statuses: readonly (RealStatus | undefined)[]): boolean {
  const up = statuses.filter((status) => status !== undefined);
  const [first] = up;
  return up.every(
    (status) =>
      status.executedHeight === status.finalizedHeight &&
      status.executedHeight === first?.executedHeight &&
      status.historyRoot === first.historyRoot &&
      status.stateRoot === first.stateRoot,
  );
}
