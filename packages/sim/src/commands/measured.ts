import type { PureResult } from '../results/result.ts';
import type { Result } from '../results/schema.ts';
import { type Run, type SimulateOptions, simulate } from '../run/simulate.ts';
import type { Scenario } from '../scenario/schema.ts';
import { packageVersion } from './version.ts';

export interface Measured {
  readonly run: Run;
  readonly result: Result;
}

/** Runs a scenario, and measures how fast this machine did it: the only part of a result that no seed gives. */
export async function measured(scenario: Scenario, seed: number, options: SimulateOptions): Promise<Measured> {
  const startedMs = performance.now();
  const run = await simulate(scenario, seed, { ...options, version: packageVersion() });
  const wallMs = performance.now() - startedMs;
  return { run, result: { ...run.result, performance: performanceOf(run.result, wallMs) } };
}

function performanceOf({ events, endedAtUs }: PureResult, wallMs: number): Result['performance'] {
  const seconds = Math.max(wallMs, 1e-3) / 1000;
  return {
    wallMs,
    eventsPerSecond: events / seconds,
    virtualSecondsPerSecond: endedAtUs / 1e6 / seconds,
    residentMegabytes: process.memoryUsage.rss() / 1e6,
  };
}
