import Type, { type Static } from 'typebox';
import { ActionSchema, FaultSchema } from './schema-faults.ts';
import {
  count,
  DurationSchema,
  duration,
  LatencySchema,
  LinkSchema,
  object,
  PredicateSchema,
  SelectorSchema,
  words,
} from './schema-parts.ts';

export { ActionSchema, DurationSchema, FaultSchema, LatencySchema, LinkSchema, PredicateSchema, SelectorSchema };

/**
 * The scenario file, version 1: what a researcher writes (YAML or JSON) and what the builder makes. Types come from the
 * schema, so that the published JSON Schema, the parser, the reference (docs/simulating/scenarios.md) and the code cannot
 * part. Every duration is text with its unit (`250us`, `10ms`, `2.5s`, `5m`, `1h`, `7d`). A `default` says what a field is
 * when it is absent; those that depend on other fields are described in words.
 */

export const GossipSchema = Type.Union(
  [
    object({ kind: Type.Literal('direct') }, 'Topics reach every city over its own link, as with few cities.'),
    object(
      {
        kind: Type.Literal('mesh'),
        degree: Type.Optional(Type.Integer({ minimum: 1, description: 'Neighbours of each city.', default: 8 })),
        heartbeat: Type.Optional(duration('How often cities tell some others what they have lately had.', '1s')),
      },
      'A random mesh with eager push; duplicates cost bytes; a heartbeat tells others what they may lack.',
    ),
  ],
  { description: 'How topics spread. Without it: direct among at most 25 cities and observers, a mesh among more.' },
);

export const TopologySchema = object(
  {
    cities: Type.Integer({ minimum: 1, maximum: 1024, description: 'How many authorities there are, n.' }),
    observers: Type.Optional(count('Members without a vote, who follow what becomes final.', 0)),
    placement: Type.Optional(
      words(
        ['china', 'none'],
        'china: cities have the names and places of prefecture-level cities, the largest first, and latency is geography unless it is named. Without it: china where latency is geography, else none.',
      ),
    ),
    link: Type.Optional(LinkSchema),
    gossip: Type.Optional(GossipSchema),
  },
  'The cities and the network between them.',
);

const cost = (description: string) => Type.Optional(duration(description));

export const ProcessingSchema = Type.Union(
  [
    Type.Literal('free', { description: 'Computing takes no virtual time.' }),
    Type.Literal('measured', { description: 'What the daemon’s libraries take on one core.' }),
    object(
      {
        message: cost('Sending or receiving one.'),
        signEd25519: cost('One signature.'),
        verifyEd25519: cost('One verification.'),
        signBls: cost('One signature.'),
        verifyBls: cost('One pairing check, of a vote or a certificate.'),
        aggregateBlsPerVote: cost('Adding one signature to a certificate.'),
        hashPerKilobyte: cost('SHA-256 of 1,024 bytes.'),
        record: cost('Verifying, executing and storing one, hashes apart.'),
      },
      'Virtual processor time of one operation; what is not named is as measured.',
    ),
  ],
  { description: 'What computing costs.', default: 'measured' },
);

export const ProtocolSchema = object(
  {
    crypto: Type.Optional(
      words(
        ['cost', 'real'],
        'cost: simulated signatures that cannot be forged inside a run. real: the cryptography of the daemon.',
        'cost',
      ),
    ),
    voteScheme: Type.Optional(
      words(
        ['bls12381', 'ed25519'],
        'How votes are signed. Without it: ed25519 among at most 16 cities, bls12381 among more.',
      ),
    ),
    delta: Type.Optional(duration('Δ, on which every timeout is built (C5). 1ms to 60s.', '500ms')),
    idleInterval: Type.Optional(duration('How long an idle leader waits before an empty block (C2). Up to 1h.', '5s')),
    resend: Type.Optional(duration('t_r of C7. 1ms to 10m.', '1s')),
    resync: Type.Optional(duration('T_s of C7. 1ms to 10m.', '2s')),
    timeoutGrowth: Type.Optional(
      Type.Number({
        minimum: 1,
        description: 'Timeouts grow by this factor per view without finality (C8). 1 to 10.',
        default: 1.5,
      }),
    ),
    timeoutCap: Type.Optional(duration('The longest timeout (C8). At least 3Δ, up to 1h.', '30s')),
    processing: Type.Optional(ProcessingSchema),
  },
  'Parameters of the genesis file, in whole milliseconds, and what computing costs.',
);

export const ClocksSchema = object(
  {
    offset: Type.Optional(duration('The largest difference from the true time at the start.', '0s')),
    driftPpm: Type.Optional(
      Type.Number({ minimum: 0, description: 'The largest error of the rate, in parts per million.', default: 0 }),
    ),
  },
  'Each city draws an offset and a drift, uniform between minus and plus these bounds.',
);

export const DisksSchema = object(
  {
    flush: Type.Optional(duration('How long a flushed commit takes, whatever its size.', '0s')),
    megabytesPerSecond: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: 'How fast it is written; in no time unless it is named.' }),
    ),
  },
  'How long it takes until a commit is durable. Nothing leaves a city before (C9).',
);

const BurstSchema = object(
  {
    at: duration('The moment of the run.'),
    records: Type.Integer({ minimum: 1, description: 'How many each of these cities submits, in batches of 1,000.' }),
    cities: Type.Optional(SelectorSchema),
  },
  'So many records at once in each of these cities; without `cities`, in those of `from`.',
);

const DoubleUsesSchema = object(
  {
    every: duration('The interval between two certificates.'),
    cities: Type.Optional(Type.Integer({ minimum: 2, description: 'How many cities use each.', default: 2 })),
    start: Type.Optional(duration('The first time; without it, the start of the workload.')),
  },
  'One city issues a certificate; once it is final, so many other cities use it at the same moment.',
);

export const WorkloadSchema = object(
  {
    recordsPerSecond: Type.Optional(
      Type.Number({ minimum: 0, description: 'Listings a second of each city.', default: 1 }),
    ),
    recordBytes: Type.Optional(
      Type.Integer({
        minimum: 64,
        maximum: 8192,
        description: 'Size of a listing; 165 to 470 can be had.',
        default: 300,
      }),
    ),
    batch: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 4096, description: 'Records that are submitted together.', default: 1 }),
    ),
    arrivals: Type.Optional(
      words(['steady', 'poisson'], 'steady: in even steps; poisson: at random, as people come.', 'poisson'),
    ),
    from: Type.Optional(SelectorSchema),
    start: Type.Optional(duration('When it begins.', '2s')),
    end: Type.Optional(
      duration('When it ends. Without it: the end of the run, half of it where the run waits for `converged`.'),
    ),
    bursts: Type.Optional(Type.Array(BurstSchema, { description: 'Imports.' })),
    dayCurve: Type.Optional(
      Type.Array(Type.Number({ minimum: 0 }), {
        minItems: 24,
        maxItems: 24,
        description: 'Factors of the rate for the 24 hours of a day; the run begins at hour 0.',
      }),
    ),
    dayLength: Type.Optional(duration('How long a day of the curve lasts.', '24h')),
    doubleUses: Type.Optional(DoubleUsesSchema),
  },
  'What the cities submit; without it, nothing. `from` (default: all) are the cities of the steady stream.',
);

export const AdversarySchema = object(
  {
    strategy: Type.String({
      minLength: 1,
      description: 'Name of a strategy: equivocator, nuller, ... or that of a plug-in.',
    }),
    cities: SelectorSchema,
    start: Type.Optional(duration('When it begins.', '0s')),
    end: Type.Optional(duration('When it ends; without it, never.')),
    options: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Boolean()]), {
        description: 'Options of the strategy: docs/simulating/adversaries.md.',
      }),
    ),
  },
  'Corrupted cities and what they do. Several strategies may share a city.',
);

export const StopSchema = object(
  {
    at: Type.Optional(duration('At this moment at the latest.', '5m')),
    when: Type.Optional(PredicateSchema),
    converged: Type.Optional(
      Type.Boolean({
        description: 'When the workload has ended, faults have healed and all honest cities stand at one state.',
        default: false,
      }),
    ),
    grace: Type.Optional(
      duration('How long a run that has converged goes on. Without it: three idle intervals, so that all is proven.'),
    ),
    events: Type.Optional(Type.Integer({ minimum: 1, description: 'After so many events.' })),
  },
  'When the run ends: the first of these.',
);

const LivenessSchema = object(
  {
    required: Type.Optional(Type.Boolean({ description: 'Whether it is asked for.', default: true })),
    deltas: Type.Optional(
      Type.Number({
        minimum: 1,
        description:
          'Finality is due after so many of the largest Δ reached; without it, after the bound of checks.md.',
      }),
    ),
  },
  'Something new must be final in time after the last fault. Excused, and said so, with more than f faulty.',
);

export const ChecksSchema = object(
  {
    every: Type.Optional(
      words(['commit', 'event'], 'event: invariants that follow every message are checked too.', 'commit'),
    ),
    liveness: Type.Optional(LivenessSchema),
    except: Type.Optional(Type.Array(Type.String(), { description: 'Names of checks that are left out.' })),
  },
  'What the run is checked for: docs/simulating/checks.md.',
);

export const SeedsSchema = Type.Union(
  [
    Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1, description: 'These.' }),
    object(
      {
        from: Type.Integer({ minimum: 0, description: 'The first.' }),
        count: Type.Integer({ minimum: 1, description: 'How many.' }),
      },
      'A range.',
    ),
  ],
  { description: 'Seeds of the runs. Without it: one run, of seed 1.' },
);

export const SweepSchema = Type.Record(
  Type.String({ description: 'Path of a field: topology.cities, topology.link.loss, faults[0].action.for.' }),
  Type.Array(Type.Union([Type.Number(), Type.String(), Type.Boolean()]), { minItems: 1 }),
  { description: 'A grid: every combination of these values runs with every seed.' },
);

export const ScenarioSchema = object(
  {
    format: Type.Literal('hansa-scenario/1', { description: 'The version of the format.' }),
    name: Type.String({
      pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
      description: 'a-z, 0-9 and "-", at most 64, no "-" at the start.',
    }),
    shows: Type.String({ minLength: 1, description: 'One line: what this scenario shows.' }),
    topology: TopologySchema,
    protocol: Type.Optional(ProtocolSchema),
    clocks: Type.Optional(ClocksSchema),
    disks: Type.Optional(DisksSchema),
    workload: Type.Optional(WorkloadSchema),
    faults: Type.Optional(Type.Array(FaultSchema, { description: 'What goes wrong.' })),
    adversary: Type.Optional(Type.Array(AdversarySchema, { description: 'Who lies.' })),
    stop: Type.Optional(StopSchema),
    checks: Type.Optional(ChecksSchema),
    seeds: Type.Optional(SeedsSchema),
    sweep: Type.Optional(SweepSchema),
  },
  'A scenario of the Hansa simulator.',
);

export type Duration = Static<typeof DurationSchema>;
export type Selector = Static<typeof SelectorSchema>;
export type Latency = Static<typeof LatencySchema>;
export type Link = Static<typeof LinkSchema>;
export type Gossip = Static<typeof GossipSchema>;
export type Topology = Static<typeof TopologySchema>;
export type ProtocolSettings = Static<typeof ProtocolSchema>;
export type Clocks = Static<typeof ClocksSchema>;
export type Disks = Static<typeof DisksSchema>;
export type Workload = Static<typeof WorkloadSchema>;
export type Predicate = Static<typeof PredicateSchema>;
export type Action = Static<typeof ActionSchema>;
export type Fault = Static<typeof FaultSchema>;
export type AdversaryChoice = Static<typeof AdversarySchema>;
export type Stop = Static<typeof StopSchema>;
export type Checks = Static<typeof ChecksSchema>;
export type Scenario = Static<typeof ScenarioSchema>;
