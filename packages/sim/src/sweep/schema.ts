import Type, { type Static, type TSchema } from 'typebox';
import { ScenarioSchema } from '../scenario/schema.ts';

/** `sweep.json`, version 1: a grid of parameters by seeds, with intervals. */

const object = <T extends Record<string, TSchema>>(fields: T, description: string) =>
  Type.Object(fields, { additionalProperties: false, description });
const Count = Type.Integer({ minimum: 0 });
const Value = Type.Union([Type.Number(), Type.String(), Type.Boolean()]);
const IntervalEnds = { low: Type.Number(), high: Type.Number() };

export const SweepRunSchema = object(
  {
    cell: Type.Integer({ minimum: 0, description: 'Index in `cells`.' }),
    seed: Count,
    verdict: Type.Union([Type.Literal('passed'), Type.Literal('failed')]),
    /** Names of the checks that failed, each once. */
    failedChecks: Type.Array(Type.String()),
    livenessExcuse: Type.Union([Type.String(), Type.Null()]),
    endedBecause: Type.String(),
    traceHash: Type.String(),
    metrics: Type.Record(Type.String(), Type.Number(), { description: 'What the run has no value of is left out.' }),
  },
  'One run.',
);

export const EstimateSchema = object(
  {
    runs: Type.Integer({ minimum: 1, description: 'Runs that have a value.' }),
    mean: Type.Number(),
    standardDeviation: Type.Number(),
    min: Type.Number(),
    median: Type.Number(),
    max: Type.Number(),
    ...IntervalEnds,
  },
  'Over seeds; low and high: 95% BCa bootstrap interval of the mean (equal to it with one run).',
);

export const CellSchema = object(
  {
    parameters: Type.Record(Type.String(), Value),
    runs: Count,
    passed: Count,
    passedShare: object({ share: Type.Number(), ...IntervalEnds }, 'With the 95% interval of Wilson.'),
    metrics: Type.Record(Type.String(), EstimateSchema),
  },
  'One combination of parameters.',
);

export const DifferenceSchema = object(
  {
    pairs: Type.Integer({ minimum: 1 }),
    mean: Type.Number(),
    ...IntervalEnds,
    above: Count,
    below: Count,
  },
  'This cell minus the one that it is compared with, seed by seed; 95% BCa bootstrap interval of the mean difference.',
);

export const SweepResultSchema = object(
  {
    format: Type.Literal('hansa-sim-sweep/1'),
    version: Type.String(),
    scenario: ScenarioSchema,
    /** Paths of the fields that vary, in the order of the grid: the last one varies fastest. */
    parameters: Type.Array(Type.String()),
    seeds: Type.Array(Count),
    cells: Type.Array(CellSchema),
    /** Of every cell against the first one, on common seeds. */
    differences: Type.Array(Type.Record(Type.String(), DifferenceSchema)),
    runs: Type.Array(SweepRunSchema),
  },
  'The result of a sweep.',
);

export type SweepRun = Static<typeof SweepRunSchema>;
export type Estimate = Static<typeof EstimateSchema>;
export type SweepCell = Static<typeof CellSchema>;
export type Difference = Static<typeof DifferenceSchema>;
export type SweepResult = Static<typeof SweepResultSchema>;
