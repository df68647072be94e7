import Type, { type TSchema } from 'typebox';

/** Parts of the scenario file that stand in several places. Every object refuses unknown fields. */
export const object = <T extends Record<string, TSchema>>(fields: T, description: string) =>
  Type.Object(fields, { additionalProperties: false, description });

export const durationPattern = '^[0-9]+(\\.[0-9]+)?(us|ms|s|m|h|d)$';

export const DurationSchema = Type.String({
  pattern: durationPattern,
  description: 'A time with its unit: 250us, 10ms, 2.5s, 5m, 1h, 7d.',
});

/** A duration that means something of its own. `standard`: what it is unless it is named. */
export const duration = (description: string, standard?: string) =>
  Type.String({ pattern: durationPattern, description, ...(standard === undefined ? {} : { default: standard }) });

/** Several words, one of which stands there. */
export const words = <const W extends string>(all: readonly W[], description: string, standard?: NoInfer<W>) =>
  Type.Unsafe<W>({
    anyOf: all.map((word) => ({ type: 'string', const: word })),
    description,
    ...(standard === undefined ? {} : { default: standard }),
  });

export const share = (description: string, standard?: number) =>
  Type.Number({ minimum: 0, maximum: 1, description, ...(standard === undefined ? {} : { default: standard }) });

export const count = (description: string, standard?: number) =>
  Type.Integer({ minimum: 0, description, ...(standard === undefined ? {} : { default: standard }) });

const IndexSchema = count('Index of a city, from 0; observers follow the cities.');
const NameSchema = Type.String({ minLength: 1, description: 'Name of a city or observer.' });

/** Which cities: all, by index, by name, some by luck (of the seed), or the leader of the newest view at that moment. */
export const SelectorSchema = Type.Union(
  [
    Type.Literal('all', { description: 'All cities; observers are named one by one.' }),
    Type.Literal('leader', { description: 'Who leads the newest view that an honest city is in at that moment.' }),
    Type.Array(Type.Union([IndexSchema, NameSchema]), { minItems: 1, description: 'These, by index or name.' }),
    object(
      { random: Type.Integer({ minimum: 1, description: 'How many honest cities, drawn from the seed.' }) },
      'So many honest cities, drawn from the seed.',
    ),
    object({ share: share('Share of all cities, rounded.') }, 'This share of all cities, drawn from the seed.'),
  ],
  { description: 'Which cities.' },
);

export const LatencySchema = Type.Union(
  [
    object({ kind: Type.Literal('constant'), delay: duration('One way.') }, 'Every message takes this long.'),
    object(
      { kind: Type.Literal('uniform'), min: duration('The shortest.'), max: duration('The longest.') },
      'Uniform between two bounds, drawn for each message.',
    ),
    object(
      {
        kind: Type.Literal('exponential'),
        mean: duration('Mean of the exponential part.'),
        min: Type.Optional(duration('What is added to it.', '0s')),
      },
      'min + an exponential of this mean.',
    ),
    object(
      {
        kind: Type.Literal('lognormal'),
        median: duration('Half of the messages take longer.'),
        sigma: Type.Number({ minimum: 0, description: 'Standard deviation of the natural logarithm.' }),
      },
      'Lognormal: a median, and a long tail.',
    ),
    object(
      {
        kind: Type.Literal('matrix'),
        delays: Type.Array(Type.Array(DurationSchema, { minItems: 1 }), {
          minItems: 1,
          description: 'A row for each sender, a column for each receiver: cities, then observers.',
        }),
      },
      'One-way delay from row to column.',
    ),
    object(
      {
        kind: Type.Literal('geography'),
        lastMile: Type.Optional(duration('Access networks of both ends together, round trip.', '4ms')),
      },
      'Synthetic: RTT = 2 x 1.5 x km / (200 km per ms) + last mile, great-circle kilometres between the cities.',
    ),
  ],
  { description: 'One-way latency of a link.' },
);

export const LinkSchema = object(
  {
    latency: Type.Optional(LatencySchema),
    jitter: Type.Optional(duration('Each message takes up to this much longer, uniform.', '0s')),
    loss: Type.Optional(share('Share of messages that are lost for good.', 0)),
    duplication: Type.Optional(share('Share of messages that arrive twice.', 0)),
    reordering: Type.Optional(
      share('Share of messages that may overtake what was sent before them, at a random part of their latency.', 0),
    ),
    bandwidthMbps: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description: 'Megabits a second of each directed link; unlimited unless it is named. Bulk waits for the rest.',
      }),
    ),
  },
  'How links behave, each direction by itself. Messages keep their order unless they are reordered.',
);

const cities = { cities: Type.Optional(share('Share of the honest cities, rounded up.', 1)) };

export const PredicateSchema = Type.Union(
  [
    object({ height: count('A height.'), ...cities }, 'So many honest cities finalized this height.'),
    object({ view: count('A view.'), ...cities }, 'So many entered this view.'),
    object({ notarized: count('A view.'), ...cities }, 'So many hold a notarization of this view.'),
    object({ recordsFinal: count('Records.'), ...cities }, 'So many executed at least this number of records.'),
    object({ quiet: duration('How long.') }, 'No honest city finalized anything for so long.'),
  ],
  { description: 'A condition on the state of the cities. A crash does not undo what a city once reached.' },
);
