import { type TSchema, Type } from 'typebox';
import { blank, day } from './problems.ts';

/** Parts of requests and answers that several routes share. Answers are documented by them, requests also checked. */

/** One of a few words. */
export const Choice = <Name extends string>(
  names: readonly Name[],
  options: { readonly description?: string; readonly default?: Name } = {},
) => Type.Unsafe<Name>({ type: 'string', enum: [...names], ...options });

export const Hex = (bytes: number) => Type.String({ pattern: `^[0-9a-f]{${2 * bytes}}$` });
export const CityName = Type.String({
  minLength: 1,
  maxLength: 32,
  description: 'Name of a city.',
  examples: ['haikou'],
});
export const Day = Type.String({ pattern: day, examples: ['2026-11-23'] });
export const Time = Type.String({ format: 'date-time', examples: ['2026-11-23T02:10:00.000Z'] });
export const Location = Type.String({
  description: 'City, entry sequence and position in the entry: the name of a record.',
  examples: ['haikou/12/0'],
});
/** The number as text: JSON bodies are not converted. */
export const Whole = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
export const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

export const Officer = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: blank,
  description: 'Name of the officer as the centre knows it; only a pseudonym leaves the city.',
  examples: ['op08'],
});

export const WaitQuery = (preset: 'none' | 'final') =>
  Type.Object(
    {
      wait: Type.Optional(
        Choice(['none', 'final'] as const, {
          default: preset,
          description:
            '"final": answer when the federation agreed (at most 15 s, then "pending"); "none": when it is durable here.',
        }),
      ),
    },
    { additionalProperties: false },
  );

export const AsOf = Type.Object(
  { height: Whole, timestampMs: Whole },
  {
    description: 'Block at which the answer was true, and its legal time.',
    examples: [{ height: 118, timestampMs: 1795400000000 }],
  },
);

export const Stale = Type.Boolean({
  description: 'The block of asOf is older than policy.lookup.staleAfterMs: changes since are not known here.',
});

export const Submitted = Type.Object({
  location: Location,
  state: Choice(['pending', 'final']),
  height: Type.Optional(Whole),
});

export const ProblemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable; docs/errors.md lists all.' }),
    detail: Type.String({ description: 'What is wrong and what to do now.' }),
    instance: Type.Optional(Type.String()),
    retryAfterMs: Type.Optional(Whole),
  },
  {
    $id: 'Problem',
  },
);

export const Listing = Type.Object({
  location: Location,
  city: CityName,
  cityName: Type.String(),
  severity: Choice(['minor', 'general', 'serious']),
  decidedOn: Day,
  effectiveFrom: Day,
  publishUntil: Nullable(Day),
  shareUntil: Nullable(Day),
  restrictUntil: Nullable(Day),
  listedAt: Time,
  disputed: Type.Boolean({ description: 'Somebody objects; shown with every hit.' }),
  late: Type.Boolean({ description: 'Final only after the day from which it claims effect.' }),
  published: Type.Boolean(),
  shared: Type.Boolean(),
  restricted: Type.Boolean({ description: 'Loans and withdrawals are restricted on this day.' }),
  suspended: Type.Boolean({ description: 'It would restrict, if its open dispute did not suspend it.' }),
});

export const CertificateSchema = Type.Object({
  code: Hex(16),
  status: Choice(['active', 'expired', 'used', 'revoked', 'superseded'] as const),
  location: Location,
  issuer: CityName,
  issuerName: Type.String(),
  addressedTo: Nullable(CityName),
  issuedOn: Day,
  validUntil: Day,
  issuedAt: Time,
  commitment: Hex(32),
  endedBy: Nullable(Location),
  endedAt: Nullable(Time),
  revokeReason: Nullable(Type.String()),
  supersededBy: Nullable(Hex(16)),
  conflicts: Type.Array(Type.Object({ code: Hex(16), issuer: CityName, issuerName: Type.String(), validUntil: Day }), {
    description: 'CONFLICT: certificates of the same person by other centres that are good today.',
  }),
});

/** The answer of a route, and the problem that any route may answer instead. */
export function answers<S extends TSchema>(status: number, schema: S) {
  return { [status]: schema, '4xx': problemAnswer, '5xx': problemAnswer };
}

/** The same of a route that answers with a file, not in JSON that the daemon makes. */
export function fileAnswer<S extends TSchema>(description: string, schema: S, ...types: readonly string[]) {
  const content = Object.fromEntries(types.map((type) => [type, { schema }]));
  return { ...answers(200, schema), 200: { description, content } };
}

/** The same of a route that submits: 202 while the federation has not agreed. */
export function answersOrPending<S extends TSchema>(status: number, schema: S) {
  return { ...answers(status, schema), 202: schema };
}

/** Bytes, which JSON has no type for. */
export const Binary = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' });

export const problemAnswer = {
  description: 'RFC 9457',
  content: { 'application/problem+json': { schema: ProblemSchema } },
};
