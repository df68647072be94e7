import Type, { type Static, type TSchema } from 'typebox';
import { ScenarioSchema } from '../scenario/schema.ts';

/** `result.json`, version 1: everything a report shows. Only `performance` differs between two runs of one seed. */

const object = <T extends Record<string, TSchema>>(fields: T, description: string) =>
  Type.Object(fields, { additionalProperties: false, description });
const Count = Type.Integer({ minimum: 0 });
const Microseconds = Type.Integer({ minimum: 0, description: 'Virtual microseconds since the start.' });

export const DistributionSchema = object(
  {
    count: Count,
    min: Type.Number(),
    p50: Type.Number(),
    p90: Type.Number(),
    p99: Type.Number(),
    max: Type.Number(),
    mean: Type.Number(),
    histogram: Type.Array(
      object({ from: Type.Number(), to: Type.Number(), count: Count }, 'A bin; the last `to` is inclusive.'),
    ),
  },
  'Nearest-rank percentiles. All zero where count is 0.',
);

export const CityResultSchema = object(
  {
    node: Count,
    name: Type.String(),
    role: Type.Union([Type.Literal('honest'), Type.Literal('corrupted'), Type.Literal('observer')]),
    place: Type.Optional(
      object(
        { province: Type.String(), latitude: Type.Number(), longitude: Type.Number(), synthetic: Type.Boolean() },
        'Where it lies.',
      ),
    ),
    state: Type.Union([Type.Literal('up'), Type.Literal('paused'), Type.Literal('down')]),
    view: Count,
    finalizedHeight: Count,
    executedHeight: Count,
    recordsSealed: Count,
    recordsExecuted: Count,
    historyRoot: Type.String(),
    stateRoot: Type.String(),
    crashes: Count,
    halted: Type.Boolean(),
    quarantined: Type.Boolean(),
    messagesIn: Count,
    messagesOut: Count,
    bytesIn: Count,
    bytesOut: Count,
    busyUs: Count,
  },
  'One city at the end.',
);

export const ResultSchema = object(
  {
    format: Type.Literal('hansa-sim-result/1'),
    version: Type.String({ description: 'Version of the simulator.' }),
    scenario: ScenarioSchema,
    seed: Count,
    federationId: Type.String(),
    /** Rolling hash over all events, hexadecimal: equal runs have equal hashes. */
    traceHash: Type.String(),
    events: Count,
    endedAtUs: Microseconds,
    endedBecause: Type.String(),
    verdict: Type.Union([Type.Literal('passed'), Type.Literal('failed')]),
    violations: Type.Array(
      object(
        { check: Type.String(), atUs: Microseconds, message: Type.String(), nodes: Type.Array(Count) },
        'A broken invariant.',
      ),
    ),
    excuses: Type.Array(
      object(
        { check: Type.String(), because: Type.String() },
        'A check that presupposes at most f faulty authorities, in a run that had more: not held against it.',
      ),
    ),
    liveness: object(
      {
        excuse: Type.Union([Type.String(), Type.Null()]),
        healedAtUs: Microseconds,
        firstFinalityUs: Type.Union([Count, Type.Null()]),
        convergedUs: Type.Union([Count, Type.Null()]),
        boundUs: Count,
      },
      'After the last fault healed.',
    ),
    totals: object(
      {
        recordsSubmitted: Count,
        recordsSealed: Count,
        recordsRefused: Count,
        recordsFinal: Count,
        recordsRejected: Count,
        blocks: Count,
        emptyBlocks: Count,
        views: Count,
        nullifiedViews: Count,
        evidence: Count,
        alarms: Count,
        messages: Count,
        bytes: Count,
        lost: Count,
        recordsPerSecond: Type.Number({ description: 'Final records over virtual seconds of the workload.' }),
      },
      'Of the whole run; heights and records as the furthest honest city has them.',
    ),
    /** From a record's submission until its own city, an honest one, has executed it; milliseconds. */
    finalityMs: DistributionSchema,
    /** From a record's submission until its own city can prove it (a final checkpoint covers it); milliseconds. */
    provableMs: DistributionSchema,
    cities: Type.Array(CityResultSchema),
    series: object(
      {
        /** Value i is what stood at the moment i x stepUs; the last value is the end. 200 to 401 values, fewer in runs shorter than 0.4 s. */
        stepUs: Count,
        /** Final heights of honest cities that are up; while none is, the value before. */
        heightMin: Type.Array(Count),
        heightMedian: Type.Array(Count),
        heightMax: Type.Array(Count),
        upCities: Type.Array(Count),
        /** So far, as the furthest honest city has executed them. */
        recordsFinal: Type.Array(Count),
        /** Sent in the step that ends at this moment: no sums. */
        bytes: Type.Array(Count),
        messages: Type.Array(Count),
        /** [step][node]: heights behind the furthest honest city; -1: down. */
        lag: Type.Array(Type.Array(Type.Integer({ minimum: -1 }))),
      },
      'What happened over time.',
    ),
    views: object(
      {
        first: Count,
        /** Node of each view's leader. */
        leaders: Type.Array(Count),
        /** When the first honest city entered it. */
        enteredAtUs: Type.Array(Microseconds),
        /** [view - first]: one character a node. N notarized, F notarized and finalized, X nullified, . nothing said. */
        states: Type.Array(Type.String()),
        /** Its own block is final. */
        finalized: Type.Array(Type.Boolean()),
      },
      'City x view: what each city said. At most the last 2,000 views.',
    ),
    faults: Type.Array(
      object(
        {
          kind: Type.String(),
          fromUs: Microseconds,
          toUs: Type.Union([Microseconds, Type.Null()]),
          nodes: Type.Array(Count),
          text: Type.String(),
        },
        'One fault; toUs null: it lasted to the end. A moment has equal times.',
      ),
    ),
    missedFaults: Type.Array(
      object(
        { place: Count, kind: Type.String(), waitedFor: Type.String() },
        'A fault of the scenario, by its place there from 0, that never happened: its condition never held, or the run ended before its moment.',
      ),
    ),
    traffic: Type.Array(
      object(
        { path: Type.String(), kind: Type.String(), messages: Count, bytes: Count, lost: Count },
        'By path and kind of message.',
      ),
    ),
    window: object(
      {
        fromUs: Microseconds,
        toUs: Microseconds,
        nodes: Type.Array(Count),
        messages: Type.Array(
          object(
            {
              from: Count,
              to: Count,
              sentUs: Microseconds,
              arrivedUs: Type.Union([Microseconds, Type.Null()]),
              kind: Type.String(),
              view: Type.Optional(Count),
            },
            'One message; null: lost.',
          ),
        ),
        marks: Type.Array(
          object(
            { node: Count, atUs: Microseconds, kind: Type.String(), text: Type.String() },
            'Something a city did.',
          ),
        ),
      },
      'The chosen window for the space-time diagram.',
    ),
    performance: object(
      {
        wallMs: Type.Number(),
        eventsPerSecond: Type.Number(),
        virtualSecondsPerSecond: Type.Number(),
        residentMegabytes: Type.Number(),
      },
      'Of this machine, this time.',
    ),
  },
  'The result of one run.',
);

export type Distribution = Static<typeof DistributionSchema>;
export type CityResult = Static<typeof CityResultSchema>;
export type Result = Static<typeof ResultSchema>;
