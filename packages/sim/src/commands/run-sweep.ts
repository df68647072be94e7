import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../kernel/seeded-random.ts';
import type { RunOutcome } from '../run/outcome.ts';
import { seedsOf } from '../run/seeds.ts';
import type { Scenario } from '../scenario/schema.ts';
import { aggregate } from '../sweep/aggregate.ts';
import { type GridCell, gridOf } from '../sweep/grid.ts';
import type { SweepResult, SweepRun } from '../sweep/schema.ts';
import { estimatesCsv, runsCsv } from '../sweep/sweep-csv.ts';
import type { Job } from './jobs.ts';
import type { Range } from './options.ts';
import { loadPlugIns } from './plug-in-files.ts';
import { showProgress } from './progress.ts';
import { loadScenario, variedBy } from './scenario-files.ts';
import { SweepProgress } from './sweep-progress.ts';
import type { Terminal } from './terminal.ts';
import { packageVersion } from './version.ts';
import { runJobs } from './worker-pool.ts';

export interface RunSweepOptions {
  readonly name: string;
  readonly terminal: Terminal;
  readonly seeds?: Range;
  readonly vary?: readonly string[];
  readonly set?: readonly string[];
  readonly out?: string;
  readonly jobs?: number;
  readonly plugin?: readonly string[];
}

export interface Swept {
  readonly sweep: SweepResult;
  readonly files: readonly string[];
  /** Runs that an interruption left. */
  readonly left: number;
}

/** When neither the scenario nor the command line names seeds: enough for an interval that means something. */
const SEEDS = 10;

export async function runSweep(options: RunSweepOptions): Promise<Swept> {
  const { terminal, out, plugin = [] } = options;
  const plugIns = await loadPlugIns(plugin);
  const loaded = loadScenario(options.name, { plugIns, set: options.set ?? [] });
  const scenario = variedBy(loaded, options.vary ?? [], plugIns);
  const seeds = chosenSeeds(scenario, options.seeds);
  const cells = gridOf(scenario);
  const version = packageVersion();
  const progress =
    out === undefined ? undefined : new SweepProgress(out, { version, scenario, seeds, plugIns: plugin });
  const runs: SweepRun[] = [...(progress?.done ?? [])];
  const isDone = new Set(runs.map(({ cell, seed }) => `${cell} ${seed}`));
  const all = cells.flatMap((_, cell) => seeds.map((seed) => ({ cell, seed })));
  const waiting = all.filter(({ cell, seed }) => !isDone.has(`${cell} ${seed}`));

  let interrupted = false;
  const listening = terminal.onInterrupt(() => {
    interrupted = true;
  });
  const line = showProgress(terminal, `${scenario.name}: runs`, all.length);
  const jobs = waiting.map(({ cell, seed }): Job => ({ id: cell, seed, scenario: (cells[cell] as GridCell).scenario }));
  try {
    await runJobs({
      jobs: jobs.values(),
      threads: Math.min(options.jobs ?? availableParallelism(), jobs.length),
      plugIns: plugin,
      enough: () => false,
      interrupted: () => interrupted,
      onDone: ({ id, outcome }) => {
        const run = sweepRun(id, outcome);
        runs.push(run);
        progress?.add(run);
        line.update(runs.length);
      },
    });
  } finally {
    line.stop();
    listening();
  }
  const parameters = Object.keys(scenario.sweep ?? {});
  const parts = { version, scenario, parameters, seeds, cells: cells.map((cell) => cell.parameters), runs };
  const sweep = aggregate(parts, (purpose) => createRandom(0, `bootstrap ${purpose}`));
  const left = all.length - runs.length;
  const files = out === undefined || left > 0 ? [] : writeSweep(out, sweep);
  if (left === 0) progress?.finish();
  return { sweep, files, left };
}

function chosenSeeds(scenario: Scenario, range: Range | undefined): readonly number[] {
  if (range !== undefined) return Array.from({ length: range.to - range.from + 1 }, (_, index) => range.from + index);
  return scenario.seeds === undefined ? Array.from({ length: SEEDS }, (_, index) => index + 1) : seedsOf(scenario);
}

function sweepRun(cell: number, outcome: RunOutcome): SweepRun {
  const { seed, verdict, violations, livenessExcuse, endedBecause, traceHash, metrics } = outcome;
  const failedChecks = violations.map(({ check }) => check);
  return { cell, seed, verdict, failedChecks, livenessExcuse, endedBecause, traceHash, metrics: { ...metrics } };
}

function writeSweep(directory: string, sweep: SweepResult): string[] {
  mkdirSync(directory, { recursive: true });
  const files = {
    'sweep.json': `${JSON.stringify(sweep)}\n`,
    'runs.csv': runsCsv(sweep),
    'estimates.csv': estimatesCsv(sweep),
  };
  return Object.entries(files).map(([name, text]) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  });
}
