import { toCsv } from '../results/csv.ts';
import { metrics } from '../results/metrics.ts';
import type { SweepResult } from './schema.ts';

/** One row a run: its parameters, seed, verdict and figures. */
export function runsCsv({ parameters, cells, runs }: SweepResult): string {
  const names = metrics.map(({ name }) => name);
  const columns = [...parameters, 'seed', 'verdict', 'failedChecks', 'endedBecause', ...names, 'traceHash'];
  const rows = runs.map((run) => [
    ...parameters.map((path) => cells[run.cell]?.parameters[path]),
    run.seed,
    run.verdict,
    run.failedChecks.join(' '),
    run.endedBecause,
    ...names.map((name) => run.metrics[name]),
    run.traceHash,
  ]);
  return toCsv(columns, rows);
}

/** One row a combination of parameters and figure: the estimate, and the difference to the first combination. */
export function estimatesCsv({ parameters, cells, differences }: SweepResult): string {
  const of = ['mean', 'low', 'high', 'standardDeviation', 'min', 'median', 'max', 'runs'] as const;
  const against = ['mean', 'low', 'high', 'pairs'] as const;
  const columns = [...parameters, 'metric', 'unit', ...of, ...against.map((field) => `difference.${field}`)];
  const rows = cells.flatMap((cell, index) =>
    metrics.flatMap(({ name, unit }) => {
      const estimate = cell.metrics[name];
      if (estimate === undefined) return [];
      const difference = differences[index]?.[name];
      const values = parameters.map((path) => cell.parameters[path]);
      return [
        [...values, name, unit, ...of.map((field) => estimate[field]), ...against.map((field) => difference?.[field])],
      ];
    }),
  );
  return toCsv(columns, rows);
}
