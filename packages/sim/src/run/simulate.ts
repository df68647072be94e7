import { builtinStrategies, installAdversaries, registerStrategy, type StrategyMap } from '../adversaries/index.ts';
import { createOracle } from '../checks/oracle.ts';
import { holds, installFaults } from '../faults/index.ts';
import { Recorder } from '../results/recorder.ts';
import { makeResult, type PureResult } from '../results/result.ts';
import type { ChosenWindow } from '../results/space-time.ts';
import type { Scenario } from '../scenario/schema.ts';
import { installWorkload } from '../workload/workload.ts';
import type { Probe } from '../world/contract.ts';
import { createWorld, type SimWorld } from '../world/sim-world.ts';
import { WidenedOracle } from './own-checks.ts';
import type { PlugIn } from './plug-in.ts';
import { StopCondition, type StopReason } from './stop-condition.ts';

export interface SimulateOptions {
  /** Strategies and checks of an experiment, beside those that the simulator has. */
  readonly plugIns?: readonly PlugIn[];
  /** For the space-time diagram of the report; undefined: around the most interesting moment. */
  readonly window?: ChosenWindow;
  /** Called with the world before it starts; what it returns watches the run. */
  readonly observe?: (world: SimWorld) => readonly Probe[];
  /** Between slices of the run: lets the host draw progress, take signals, and end the run. */
  readonly pause?: (progress: Progress) => Promise<'go-on' | 'stop'>;
  /** Of the simulator, for the result. */
  readonly version?: string;
}

export interface Progress {
  readonly nowUs: number;
  /** The run ends at this moment at the latest. */
  readonly endUs: number;
  readonly events: number;
}

/** One simulated run. Equal scenarios, seeds and versions give equal results, on every machine. */
export interface Run {
  readonly result: PureResult;
  readonly world: SimWorld;
}

/** Events between two pauses: about a hundredth of a second. */
const SLICE_EVENTS = 1000;

/**
 * Runs a scenario with one seed: the world, its faults, adversaries and workload, the oracle and the recorder.
 *
 * Errors: those of scenarios that were not checked (SCENARIO_CITY_UNKNOWN, SCENARIO_STRATEGY_UNKNOWN, ...); ADVERSARY_NAME_TAKEN.
 */
export async function simulate(scenario: Scenario, seed: number, options: SimulateOptions = {}): Promise<Run> {
  const { plugIns = [], pause } = options;
  const world = await createWorld({ scenario, seed });
  // Twins are nodes too: whoever counts nodes comes after the adversaries.
  installAdversaries(world, withPlugIns(plugIns));
  const oracle = createOracle(world);
  world.addProbe(oracle);
  const verdicts = new WidenedOracle(world, oracle, Object.assign({}, ...plugIns.map(({ checks }) => checks ?? {})));
  const recorder = new Recorder(world, {
    firstViolation: () => verdicts.first,
    ...(options.window === undefined ? {} : { window: options.window }),
  });
  world.addProbe(recorder);
  for (const probe of options.observe?.(world) ?? []) world.addProbe(probe);
  const faults = installFaults(world);
  const workload = installWorkload(world);
  const { when } = scenario.stop ?? {};
  const stop = new StopCondition(world, {
    workloadEnded: () => world.nowUs >= workload.endsAtUs,
    faultsHealed: () => faults.healed,
    when: when === undefined ? undefined : () => holds(world, when),
  });

  const reason = await runToEnd(world, stop, pause).catch((error: unknown) => verdicts.exception(error));
  world.end();
  const result = makeResult({
    world,
    verdicts,
    recorder,
    missedFaults: faults.missed,
    version: options.version ?? '0.0.0',
    endedBecause: reason,
  });
  return { result, world };
}

async function runToEnd(world: SimWorld, stop: StopCondition, pause: SimulateOptions['pause']): Promise<StopReason> {
  await world.start();
  const { stopAtUs } = world.settled;
  const eventsMax = world.scenario.stop?.events ?? Number.POSITIVE_INFINITY;
  const until = () => stop.holds();
  for (;;) {
    const left = eventsMax - world.events;
    const ended = await world.run({ untilUs: stopAtUs, eventsMax: Math.min(SLICE_EVENTS, left), until });
    if (ended === 'until') return stop.reason ?? 'when';
    if (ended === 'time') return 'at';
    if (ended === 'idle') return 'idle';
    if (world.events >= eventsMax) return 'events';
    if ((await pause?.({ nowUs: world.nowUs, endUs: stopAtUs, events: world.events })) === 'stop') return 'interrupted';
  }
}

function withPlugIns(plugIns: readonly PlugIn[]): StrategyMap {
  let strategies = builtinStrategies;
  for (const { strategies: added = {} } of plugIns) {
    for (const [name, factory] of Object.entries(added)) strategies = registerStrategy(strategies, name, factory);
  }
  return strategies;
}
