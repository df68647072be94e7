import { HansaError } from '@hansa/protocol';
import { metricsOf } from '../results/metrics.ts';
import type { Result } from '../results/schema.ts';
import { mean } from '../statistics/index.ts';
import { differencesOf, type RandomFor } from './aggregate.ts';
import { cellText } from './grid.ts';
import type { Difference, SweepResult, SweepRun } from './schema.ts';

export type Comparable =
  | { readonly kind: 'run'; readonly result: Result }
  | { readonly kind: 'sweep'; readonly sweep: SweepResult };

export interface ComparedCell {
  readonly parameters: SweepResult['cells'][number]['parameters'];
  /** Common ones. */
  readonly seeds: readonly number[];
  /** Over the common seeds on which both have a value. */
  readonly means: Readonly<Record<string, { readonly a: number; readonly b: number }>>;
  /** b minus a. */
  readonly differences: Readonly<Record<string, Difference>>;
}

export interface Compared {
  readonly cells: readonly ComparedCell[];
  /** What should be known before the figures are believed. */
  readonly notes: readonly string[];
}

/**
 * What changes from a to b: in each combination of parameters that both have, on the seeds that both ran.
 *
 * Errors: NOTHING_IN_COMMON.
 */
export function compare(a: Comparable, b: Comparable, randomFor: RandomFor): Compared {
  const [first, second] = [asSweep(a), asSweep(b)];
  const notes: string[] = [];
  if (first.version !== second.version) {
    notes.push(`a was made by version ${first.version}, b by ${second.version}: the code differs too.`);
  }
  const cells = first.cells.flatMap((cell, index): ComparedCell[] => {
    const key = keyOf(cell.parameters);
    const other = second.cells.findIndex(({ parameters }) => keyOf(parameters) === key);
    if (other === -1) return [];
    const [from, to] = [runsOf(first, index), runsOf(second, other)];
    const seeds = from.map(({ seed }) => seed).filter((seed) => to.some((run) => run.seed === seed));
    if (seeds.length === 0) return [];
    return [compareCell(cell.parameters, seeds, from, to, (purpose) => randomFor(`compare ${key} ${purpose}`))];
  });
  if (cells.length === 0) throw nothingInCommon(first, second);
  const left = first.cells.length + second.cells.length - 2 * cells.length;
  if (left > 0) notes.push(`${left} combinations of parameters are in only one of them, and are left out.`);
  return { cells, notes };
}

function nothingInCommon(a: Pick<SweepResult, 'cells'>, b: Pick<SweepResult, 'cells'>): HansaError {
  const combinations = ({ cells }: Pick<SweepResult, 'cells'>) => cells.map(({ parameters }) => cellText(parameters));
  const keys = new Set(a.cells.map(({ parameters }) => keyOf(parameters)));
  const message = b.cells.some(({ parameters }) => keys.has(keyOf(parameters)))
    ? 'The two have combinations of parameters in common, but no seed in any of them. Run both with the same seeds.'
    : 'The two have no combination of parameters in common: ' +
      `a has ${combinations(a).join(', ')}; b has ${combinations(b).join(', ')}. ` +
      'A single run ("all") has none: give its parameters by sweep --vary.';
  return new HansaError('NOTHING_IN_COMMON', message);
}

function compareCell(
  parameters: ComparedCell['parameters'],
  seeds: readonly number[],
  from: readonly SweepRun[],
  to: readonly SweepRun[],
  randomFor: RandomFor,
): ComparedCell {
  const differences = differencesOf(from, to, randomFor);
  const means: Record<string, { a: number; b: number }> = {};
  for (const name of Object.keys(differences)) {
    const both = seeds.filter(
      (seed) => metricOf(from, seed, name) !== undefined && metricOf(to, seed, name) !== undefined,
    );
    const of = (runs: readonly SweepRun[]) => mean(both.map((seed) => metricOf(runs, seed, name) as number));
    means[name] = { a: of(from), b: of(to) };
  }
  return { parameters, seeds, means, differences };
}

function metricOf(runs: readonly SweepRun[], seed: number, metric: string): number | undefined {
  return runs.find((run) => run.seed === seed)?.metrics[metric];
}

function runsOf({ runs }: Pick<SweepResult, 'runs'>, cell: number): SweepRun[] {
  return runs.filter((run) => run.cell === cell);
}

function keyOf(parameters: ComparedCell['parameters']): string {
  return JSON.stringify(Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A run is a sweep of one. */
function asSweep(comparable: Comparable): Pick<SweepResult, 'version' | 'cells' | 'runs'> {
  if (comparable.kind === 'sweep') return comparable.sweep;
  const { result } = comparable;
  const run: SweepRun = {
    cell: 0,
    seed: result.seed,
    verdict: result.verdict,
    failedChecks: [],
    livenessExcuse: result.liveness.excuse,
    endedBecause: result.endedBecause,
    traceHash: result.traceHash,
    metrics: metricsOf(result),
  };
  const share = { share: 1, low: 0, high: 1 };
  return {
    version: result.version,
    cells: [{ parameters: {}, runs: 1, passed: 1, passedShare: share, metrics: {} }],
    runs: [run],
  };
}
