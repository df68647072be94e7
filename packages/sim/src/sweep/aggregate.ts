import type { Random } from '../kernel/random.ts';
import { metrics } from '../results/metrics.ts';
import type { Scenario } from '../scenario/schema.ts';
import {
  type BySeed,
  bootstrapInterval,
  mean,
  median,
  pairedDifference,
  standardDeviation,
  wilsonInterval,
} from '../statistics/index.ts';
import type { Difference, Estimate, SweepCell, SweepResult, SweepRun } from './schema.ts';

export interface SweepParts {
  readonly version: string;
  readonly scenario: Scenario;
  readonly parameters: readonly string[];
  readonly seeds: readonly number[];
  readonly cells: readonly Readonly<Record<string, number | string | boolean>>[];
  readonly runs: readonly SweepRun[];
}

/** A stream for resampling. Each interval has its own, named after what it is of: the order of work changes nothing. */
export type RandomFor = (purpose: string) => Random;

/** Puts the runs of a sweep together, in whatever order they ended. */
export function aggregate(parts: SweepParts, randomFor: RandomFor): SweepResult {
  const runs = [...parts.runs].sort((a, b) => a.cell - b.cell || a.seed - b.seed);
  const byCell = parts.cells.map((_, cell) => runs.filter((run) => run.cell === cell));
  return {
    format: 'hansa-sim-sweep/1',
    version: parts.version,
    scenario: parts.scenario,
    parameters: [...parts.parameters],
    seeds: [...parts.seeds],
    cells: parts.cells.map((parameters, cell) =>
      cellOf(parameters, byCell[cell] ?? [], (purpose) => randomFor(`cell ${cell} ${purpose}`)),
    ),
    differences: byCell.map((own, cell) =>
      differencesOf(byCell[0] ?? [], own, (purpose) => randomFor(`difference ${cell} ${purpose}`)),
    ),
    runs,
  };
}

function cellOf(parameters: SweepParts['cells'][number], runs: readonly SweepRun[], randomFor: RandomFor): SweepCell {
  const passed = runs.filter(({ verdict }) => verdict === 'passed').length;
  const share = wilsonInterval(passed, runs.length) ?? { low: 0, high: 1 };
  const estimates: Record<string, Estimate> = {};
  for (const { name } of metrics) {
    const values = runs.flatMap((run) => run.metrics[name] ?? []);
    if (values.length === 0) continue;
    const centre = mean(values);
    const interval = bootstrapInterval(values, { random: randomFor(name) }) ?? { low: centre, high: centre };
    estimates[name] = {
      runs: values.length,
      mean: centre,
      standardDeviation: standardDeviation(values),
      min: Math.min(...values),
      median: median(values),
      max: Math.max(...values),
      ...interval,
    };
  }
  return {
    parameters: { ...parameters },
    runs: runs.length,
    passed,
    passedShare: { share: runs.length === 0 ? 0 : passed / runs.length, ...share },
    metrics: estimates,
  };
}

/** Metric by metric, `b - a` on the seeds that both ran. */
export function differencesOf(
  a: readonly SweepRun[],
  b: readonly SweepRun[],
  randomFor: RandomFor,
): Record<string, Difference> {
  const found: Record<string, Difference> = {};
  for (const { name } of metrics) {
    const difference = pairedDifference(bySeed(a, name), bySeed(b, name), { random: randomFor(name) });
    if (difference === undefined) continue;
    const { interval, ...rest } = difference;
    found[name] = { ...rest, ...(interval ?? { low: difference.mean, high: difference.mean }) };
  }
  return found;
}

function bySeed(runs: readonly SweepRun[], metric: string): BySeed {
  const values = new Map<number, number>();
  for (const run of runs) {
    const value = run.metrics[metric];
    if (value !== undefined) values.set(run.seed, value);
  }
  return values;
}
