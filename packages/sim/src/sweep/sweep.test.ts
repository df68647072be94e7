import { Errors } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../kernel/seeded-random.ts';
import type { Scenario } from '../scenario/schema.ts';
import { aggregate, type SweepParts } from './aggregate.ts';
import { compare } from './compare.ts';
import { cellText, gridOf } from './grid.ts';
import { type SweepResult, SweepResultSchema, type SweepRun } from './schema.ts';
import { estimatesCsv, runsCsv } from './sweep-csv.ts';

const scenario: Scenario = {
  format: 'hansa-scenario/1',
  name: 'grid',
  shows: 'a grid',
  topology: { cities: 4 },
  sweep: { 'topology.cities': [4, 7], 'topology.link.loss': [0, 0.1, 0.2] },
};
const randomFor = (purpose: string) => createRandom(0, purpose);
const luck = [12, 90, 35, 61, 8, 77, 31, 54, 20, 43];

/** Runs in which loss adds 5 ms to whatever luck the seed has. */
function sweepOf(extraMs = 0, seeds = luck.map((_, index) => index + 1)): SweepResult {
  const cells = gridOf(scenario);
  const runs = cells.flatMap((cell, index) =>
    seeds.map((seed): SweepRun => {
      const loss = cell.parameters['topology.link.loss'] as number;
      const failed = loss === 0.2 && seed <= 2;
      return {
        cell: index,
        seed,
        verdict: failed ? 'failed' : 'passed',
        failedChecks: failed ? ['liveness'] : [],
        livenessExcuse: null,
        endedBecause: 'converged',
        traceHash: `${index}-${seed}`,
        metrics: {
          'finalityMs.p50': (luck[seed - 1] ?? 0) + 50 * loss + extraMs,
          ...(failed ? {} : { convergedMs: 100 }),
        },
      };
    }),
  );
  const parts: SweepParts = {
    version: '1.2.3',
    scenario,
    parameters: Object.keys(scenario.sweep ?? {}),
    seeds,
    cells: cells.map(({ parameters }) => parameters),
    runs,
  };
  return aggregate(parts, randomFor);
}

describe('the grid', () => {
  test('has every combination once, the last field varying fastest, each a scenario without a sweep', () => {
    const cells = gridOf(scenario);
    expect(cells.map(({ parameters }) => cellText(parameters))).toEqual([
      'cities=4 loss=0',
      'cities=4 loss=0.1',
      'cities=4 loss=0.2',
      'cities=7 loss=0',
      'cities=7 loss=0.1',
      'cities=7 loss=0.2',
    ]);
    expect(cells[4]?.scenario).toEqual({
      format: 'hansa-scenario/1',
      name: 'grid',
      shows: 'a grid',
      topology: { cities: 7, link: { loss: 0.1 } },
    });
  });

  test('of a scenario without a sweep is that scenario', () => {
    const { sweep, ...single } = scenario;
    expect(gridOf(single)).toEqual([{ parameters: {}, scenario: single }]);
    expect(cellText({})).toBe('all');
  });
});

describe('a sweep', () => {
  const sweep = sweepOf();

  test('has a result that its published schema admits', () => {
    expect([...Errors(SweepResultSchema, sweep)]).toEqual([]);
  });

  test('has the mean of each figure with an interval over seeds, and the share of passes with its own', () => {
    const [first, , third] = sweep.cells;
    const estimate = first?.metrics['finalityMs.p50'];
    expect(estimate).toMatchObject({ runs: 10, mean: 43.1, min: 8, median: 39, max: 90 });
    expect(estimate?.low).toBeGreaterThan(25);
    expect(estimate?.high).toBeLessThan(63);
    expect(first?.passedShare.share).toBe(1);
    expect(first?.passedShare.low).toBeCloseTo(0.7225, 4);
    expect(third).toMatchObject({ runs: 10, passed: 8 });
    // What a run has no value of is not counted as nothing.
    expect(third?.metrics.convergedMs).toMatchObject({ runs: 8, mean: 100 });
  });

  test('finds with ten seeds a change that is far smaller than their spread, because it pairs them', () => {
    const [none, change] = [sweep.differences[0]?.['finalityMs.p50'], sweep.differences[1]?.['finalityMs.p50']];
    expect(none).toMatchObject({ pairs: 10, mean: 0 });
    expect(change?.mean).toBeCloseTo(5, 9);
    expect(change?.low).toBeGreaterThan(4.9);
    expect(change?.high).toBeLessThan(5.1);
    expect(change).toMatchObject({ above: 10, below: 0 });
  });

  test('is the same in whatever order its runs ended', () => {
    const { cells, runs, version, seeds, parameters } = sweep;
    const parts = { version, scenario, seeds, parameters, cells: cells.map((cell) => cell.parameters) };
    expect(aggregate({ ...parts, runs: [...runs].reverse() }, randomFor)).toEqual(sweep);
  });

  test('has one line of CSV a run, and one a combination and figure', () => {
    const lines = runsCsv(sweep).trimEnd().split('\n');
    expect(lines).toHaveLength(61);
    expect(lines[0]?.startsWith('topology.cities,topology.link.loss,seed,verdict,failedChecks')).toBe(true);
    expect(lines[21]?.startsWith('4,0.2,1,failed,liveness,converged,22')).toBe(true);
    const estimates = estimatesCsv(sweep).trimEnd().split('\n');
    expect(estimates).toHaveLength(13);
    expect(estimates[1]?.startsWith('4,0,finalityMs.p50,ms,43.1,')).toBe(true);
  });
});

describe('a comparison', () => {
  test('of two sweeps pairs equal combinations on common seeds', () => {
    const [a, b] = [sweepOf(), sweepOf(3, [2, 3, 4, 5, 6, 99])];
    const compared = compare({ kind: 'sweep', sweep: a }, { kind: 'sweep', sweep: b }, randomFor);
    expect(compared.cells).toHaveLength(6);
    expect(compared.notes).toEqual([]);
    const [first] = compared.cells;
    expect(first?.seeds).toEqual([2, 3, 4, 5, 6]);
    expect(first?.differences['finalityMs.p50']).toMatchObject({ pairs: 5, mean: 3, above: 5 });
    expect(first?.means['finalityMs.p50']).toEqual({ a: 54.2, b: 57.2 });
  });

  test('says what it leaves out, and that the code differs', () => {
    const a = sweepOf();
    const b = { ...a, version: '2.0.0', cells: a.cells.slice(0, 2), runs: a.runs.filter(({ cell }) => cell < 2) };
    const { cells, notes } = compare({ kind: 'sweep', sweep: a }, { kind: 'sweep', sweep: b }, randomFor);
    expect(cells).toHaveLength(2);
    expect(notes).toEqual([
      'a was made by version 1.2.3, b by 2.0.0: the code differs too.',
      '4 combinations of parameters are in only one of them, and are left out.',
    ]);
  });

  test('of what has nothing in common is refused', () => {
    const [a, b] = [sweepOf(0, [1]), sweepOf(0, [2])];
    expect(() => compare({ kind: 'sweep', sweep: a }, { kind: 'sweep', sweep: b }, randomFor)).toThrow(
      expect.objectContaining({ code: 'NOTHING_IN_COMMON' }),
    );
  });
});
