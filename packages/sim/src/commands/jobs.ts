import type { RunOutcome } from '../run/outcome.ts';
import { outcomeOf } from '../run/outcome.ts';
import type { PlugIn } from '../run/plug-in.ts';
import { type SimulateOptions, simulate } from '../run/simulate.ts';
import type { Scenario } from '../scenario/schema.ts';

/** A run that a worker can be sent. */
export interface Job {
  readonly id: number;
  readonly seed: number;
  readonly scenario: Scenario;
}

export interface Done {
  readonly id: number;
  readonly outcome: RunOutcome;
}

/** Runs one job. Undefined: it was stopped. */
export async function runJob(
  { id, seed, scenario }: Job,
  plugIns: readonly PlugIn[],
  pause: NonNullable<SimulateOptions['pause']>,
): Promise<Done | undefined> {
  const { result } = await simulate(scenario, seed, { plugIns, pause });
  return result.endedBecause === 'interrupted' ? undefined : { id, outcome: outcomeOf(result) };
}

/** Lets timers, signals and messages in between two slices of a run. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
