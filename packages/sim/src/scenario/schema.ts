import Type, { type Static, type TSchema } from 'typebox';

/**
 * The scenario file, version 1: what a researcher writes (YAML or JSON) and what the builder makes. Types come from the
 * schema, so that the published JSON Schema, the parser and the code cannot part. Every duration is text with its unit
 * (`250us`, `10ms`, `2.5s`, `5m`, `1h`, `7d`); every object refuses unknown fields.
 */

const object = <T extends Record<string, TSchema>>(fields: T, description: string) =>
  Type.Object(fields, { additionalProperties: false, description });

export const DurationSchema = Type.String({
  pattern: '^[0-9]+(\\.[0-9]+)?(us|ms|s|m|h|d)$',
  description: 'A time with its unit: 250us, 10ms, 2.5s, 5m, 1h, 7d.',
});
const Share = Type.Number({ minimum: 0, maximum: 1, description: 'A probability or a share, 0 to 1.' });
const Count = Type.Integer({ minimum: 0 });

/** Which cities: all, by index, by name, some by luck (of the seed), or the leader of the newest view at that moment. */
export const SelectorSchema = Type.Union(
  [
    Type.Literal('all'),
    Type.Literal('leader'),
    Type.Array(Type.Union([Count, Type.String({ minLength: 1 })]), { minItems: 1 }),
    object({ random: Type.Integer({ minimum: 1 }) }, 'So many honest cities, drawn from the seed.'),
    object({ share: Share }, 'This share of all cities, drawn from the seed.'),
  ],
  { description: 'Which cities.' },
);

export const LatencySchema = Type.Union(
  [
    object({ kind: Type.Literal('constant'), delay: DurationSchema }, 'Every message takes this long.'),
    object(
      { kind: Type.Literal('uniform'), min: DurationSchema, max: DurationSchema },
      'Uniform between two bounds, drawn for each message.',
    ),
    object(
      { kind: Type.Literal('exponential'), mean: DurationSchema, min: Type.Optional(DurationSchema) },
      'min + an exponential of this mean.',
    ),
    object(
      { kind: Type.Literal('lognormal'), median: DurationSchema, sigma: Type.Number({ minimum: 0 }) },
      'Lognormal: median, and the standard deviation of the logarithm.',
    ),
    object(
      {
        kind: Type.Literal('matrix'),
        delays: Type.Array(Type.Array(DurationSchema, { minItems: 1 }), { minItems: 1 }),
      },
      'One-way delay from row to column.',
    ),
    object(
      { kind: Type.Literal('geography'), lastMile: Type.Optional(DurationSchema) },
      'Synthetic: RTT = 2 x 1.5 x km / (200 km per ms) + last mile, great-circle kilometres between the cities.',
    ),
  ],
  { description: 'One-way latency of a link.' },
);

export const LinkSchema = object(
  {
    latency: Type.Optional(LatencySchema),
    jitter: Type.Optional(DurationSchema),
    loss: Type.Optional(Share),
    duplication: Type.Optional(Share),
    reordering: Type.Optional(Share),
    bandwidthMbps: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
  },
  'How links behave. Jitter: uniform up to this much more. Reordering: this share overtakes what was sent before it.',
);

export const GossipSchema = Type.Union(
  [
    object({ kind: Type.Literal('direct') }, 'Topics reach every city over its own link.'),
    object(
      {
        kind: Type.Literal('mesh'),
        degree: Type.Optional(Type.Integer({ minimum: 1 })),
        heartbeat: Type.Optional(DurationSchema),
      },
      'A random mesh of this degree with eager push; duplicates cost bytes; a heartbeat tells peers what they may lack.',
    ),
  ],
  { description: 'How topics spread.' },
);

export const TopologySchema = object(
  {
    cities: Type.Integer({ minimum: 1, maximum: 1024, description: 'Authorities, n.' }),
    observers: Type.Optional(Count),
    placement: Type.Optional(
      Type.Union([Type.Literal('china'), Type.Literal('none')], {
        description: 'china: the authorities get names and coordinates of prefecture-level cities, the largest first.',
      }),
    ),
    link: Type.Optional(LinkSchema),
    gossip: Type.Optional(GossipSchema),
  },
  'The cities and the network between them.',
);

export const ProtocolSchema = object(
  {
    crypto: Type.Optional(
      Type.Union([Type.Literal('cost'), Type.Literal('real')], {
        description: 'cost (default): unforgeable simulated signatures. real: the cryptography of the daemon.',
      }),
    ),
    voteScheme: Type.Optional(Type.Union([Type.Literal('bls12381'), Type.Literal('ed25519')])),
    delta: Type.Optional(DurationSchema),
    idleInterval: Type.Optional(DurationSchema),
    resend: Type.Optional(DurationSchema),
    resync: Type.Optional(DurationSchema),
    timeoutGrowth: Type.Optional(Type.Number({ minimum: 1 })),
    timeoutCap: Type.Optional(DurationSchema),
    processing: Type.Optional(
      Type.Union([
        Type.Literal('free'),
        Type.Literal('measured'),
        object(
          {
            message: Type.Optional(DurationSchema),
            signEd25519: Type.Optional(DurationSchema),
            verifyEd25519: Type.Optional(DurationSchema),
            signBls: Type.Optional(DurationSchema),
            verifyBls: Type.Optional(DurationSchema),
            aggregateBlsPerVote: Type.Optional(DurationSchema),
            hashPerKilobyte: Type.Optional(DurationSchema),
            record: Type.Optional(DurationSchema),
          },
          'Virtual processor time of one operation; what is not named is as measured.',
        ),
      ]),
    ),
  },
  'Parameters of the genesis, and what computing costs. free: computing takes no virtual time.',
);

export const ClocksSchema = object(
  {
    offset: Type.Optional(DurationSchema),
    driftPpm: Type.Optional(Type.Number({ minimum: 0 })),
  },
  'Each city draws an offset and a drift, uniform between minus and plus these bounds.',
);

export const DisksSchema = object(
  { flush: Type.Optional(DurationSchema), megabytesPerSecond: Type.Optional(Type.Number({ exclusiveMinimum: 0 })) },
  'Time of a durable commit; both 0 and unlimited unless named.',
);

export const WorkloadSchema = object(
  {
    recordsPerSecond: Type.Optional(Type.Number({ minimum: 0, description: 'Per city.' })),
    recordBytes: Type.Optional(Type.Integer({ minimum: 64, maximum: 8192 })),
    batch: Type.Optional(Type.Integer({ minimum: 1, maximum: 4096, description: 'Records submitted together.' })),
    arrivals: Type.Optional(Type.Union([Type.Literal('steady'), Type.Literal('poisson')])),
    from: Type.Optional(SelectorSchema),
    start: Type.Optional(DurationSchema),
    end: Type.Optional(DurationSchema),
    bursts: Type.Optional(
      Type.Array(
        object(
          { at: DurationSchema, records: Type.Integer({ minimum: 1 }), cities: Type.Optional(SelectorSchema) },
          'So many records at once in each of these cities.',
        ),
      ),
    ),
    dayCurve: Type.Optional(
      Type.Array(Type.Number({ minimum: 0 }), {
        minItems: 24,
        maxItems: 24,
        description:
          'Factors of the rate for the 24 hours of the day; the run starts at hour 0 unless dayLength is short.',
      }),
    ),
    dayLength: Type.Optional(DurationSchema),
    doubleUses: Type.Optional(
      object(
        {
          every: DurationSchema,
          cities: Type.Optional(Type.Integer({ minimum: 2 })),
          start: Type.Optional(DurationSchema),
        },
        'One city issues a certificate; once it is final, so many other cities use it at the same moment.',
      ),
    ),
  },
  'What the cities submit.',
);

export const PredicateSchema = Type.Union(
  [
    object(
      { height: Count, cities: Type.Optional(Share) },
      'This share of honest cities (default: one) finalized this height.',
    ),
    object({ view: Count, cities: Type.Optional(Share) }, 'This share entered this view.'),
    object({ notarized: Count, cities: Type.Optional(Share) }, 'This share holds a notarization of this view.'),
    object({ recordsFinal: Count, cities: Type.Optional(Share) }, 'This share executed so many records.'),
    object({ quiet: DurationSchema }, 'No honest city finalized anything for so long.'),
  ],
  { description: 'A condition on the state of the cities.' },
);

const duration = { for: Type.Optional(DurationSchema) };
const which = { cities: Type.Optional(SelectorSchema) };

export const ActionSchema = Type.Union(
  [
    object(
      {
        kind: Type.Literal('crash'),
        ...which,
        ...duration,
        lose: Type.Optional(
          Type.Union([Type.Literal('unflushed'), Type.Literal('nothing'), Type.Literal('everything')]),
        ),
      },
      'Power cut. What was not flushed is lost (a random prefix of it survives); everything: the disk is new. With `for`: restarts after so long.',
    ),
    object({ kind: Type.Literal('restart'), ...which }, 'Starts cities that are down.'),
    object({ kind: Type.Literal('crash-all'), ...duration }, 'All cities lose power at once.'),
    object({ kind: Type.Literal('pause'), ...which, ...duration }, 'The process stands still; messages wait.'),
    object({ kind: Type.Literal('resume'), ...which }, 'Ends a pause.'),
    object(
      {
        kind: Type.Literal('partition'),
        groups: Type.Array(SelectorSchema, {
          minItems: 1,
          description: 'Cities of different groups do not hear each other; the cities of no group form one more.',
        }),
        oneWay: Type.Optional(
          Type.Boolean({ description: 'Only what goes from the first group to the others is lost.' }),
        ),
        flapping: Type.Optional(object({ up: DurationSchema, down: DurationSchema }, 'Comes and goes.')),
        ...duration,
      },
      'Cuts the network between groups.',
    ),
    object({ kind: Type.Literal('isolate'), ...which, ...duration }, 'Each of these cities is cut off from everybody.'),
    object(
      { kind: Type.Literal('degrade'), ...which, link: LinkSchema, ...duration },
      'Links from and to these cities behave like this.',
    ),
    object(
      {
        kind: Type.Literal('clock'),
        ...which,
        step: Type.Optional(Type.String({ pattern: '^[+-]?[0-9]+(\\.[0-9]+)?(us|ms|s|m|h|d)$' })),
        driftPpm: Type.Optional(Type.Number()),
      },
      'The clock jumps by a step or runs at another rate from now on.',
    ),
    object(
      {
        kind: Type.Literal('disk'),
        ...which,
        slow: Type.Optional(Type.Number({ minimum: 1, description: 'Flushes take so many times as long.' })),
        full: Type.Optional(Type.Boolean({ description: 'Commits fail: the city stops as the daemon does.' })),
        torn: Type.Optional(
          Type.Boolean({
            description: 'At the next crash the commit under way is half written: a host that breaks its contract.',
          }),
        ),
        rot: Type.Optional(Count),
        ...duration,
      },
      'A disk that is slow, full, or loses bits (rot: so many stored values get one bit flipped).',
    ),
    object(
      { kind: Type.Literal('restore-backup'), ...which, taken: DurationSchema },
      'The disk is replaced by a copy from the moment `taken` of the run; the city restarts.',
    ),
    object(
      { kind: Type.Literal('heal') },
      'Ends every partition, isolation, degradation, pause and disk fault; restarts who is down.',
    ),
  ],
  { description: 'What happens.' },
);

export const FaultSchema = Type.Union(
  [
    object({ at: DurationSchema, action: ActionSchema }, 'Once, at this moment of the run.'),
    object(
      {
        every: DurationSchema,
        start: Type.Optional(DurationSchema),
        until: Type.Optional(DurationSchema),
        action: ActionSchema,
      },
      'Again and again.',
    ),
    object(
      { when: PredicateSchema, delay: Type.Optional(DurationSchema), action: ActionSchema },
      'Once, when the condition first holds.',
    ),
  ],
  { description: 'Something that goes wrong, and when.' },
);

export const AdversarySchema = object(
  {
    strategy: Type.String({
      minLength: 1,
      description: 'Name of a strategy: equivocator, nuller, ... or that of a plug-in.',
    }),
    cities: SelectorSchema,
    start: Type.Optional(DurationSchema),
    end: Type.Optional(DurationSchema),
    options: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Boolean()]))),
  },
  'Corrupted cities and what they do. Several strategies may share a city.',
);

export const StopSchema = object(
  {
    at: Type.Optional(DurationSchema),
    when: Type.Optional(PredicateSchema),
    converged: Type.Optional(
      Type.Boolean({
        description: 'When the workload has ended, faults have healed and all honest cities stand at one state.',
      }),
    ),
    grace: Type.Optional(DurationSchema),
    events: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  'When the run ends: the first of these. `at` bounds every run (default 5m).',
);

export const ChecksSchema = object(
  {
    every: Type.Optional(Type.Union([Type.Literal('commit'), Type.Literal('event')])),
    liveness: Type.Optional(
      object(
        { required: Type.Optional(Type.Boolean()), deltas: Type.Optional(Type.Number({ minimum: 1 })) },
        'Finality within so many Δ (at the largest timeout reached) after the last fault healed. Excused with more than f faulty.',
      ),
    ),
    except: Type.Optional(Type.Array(Type.String())),
  },
  'Invariants are checked at every commit, or at every event; named ones can be left out.',
);

export const SeedsSchema = Type.Union([
  Type.Array(Type.Integer({ minimum: 0 }), { minItems: 1 }),
  object({ from: Type.Integer({ minimum: 0 }), count: Type.Integer({ minimum: 1 }) }, 'A range.'),
]);

export const SweepSchema = Type.Record(
  Type.String({ description: 'Path of a field: topology.cities, topology.link.loss, protocol.delta.' }),
  Type.Array(Type.Union([Type.Number(), Type.String(), Type.Boolean()]), { minItems: 1 }),
  { description: 'A grid: every combination of these values runs with every seed.' },
);

export const ScenarioSchema = object(
  {
    format: Type.Literal('hansa-scenario/1'),
    name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' }),
    shows: Type.String({ minLength: 1, description: 'One line: what this scenario shows.' }),
    topology: TopologySchema,
    protocol: Type.Optional(ProtocolSchema),
    clocks: Type.Optional(ClocksSchema),
    disks: Type.Optional(DisksSchema),
    workload: Type.Optional(WorkloadSchema),
    faults: Type.Optional(Type.Array(FaultSchema)),
    adversary: Type.Optional(Type.Array(AdversarySchema)),
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
