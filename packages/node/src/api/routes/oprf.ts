import { toHex } from '@hansa/protocol';
import { Type } from 'typebox';
import { timeView } from '../../services/views.ts';
import type { RouteContext } from '../route-context.ts';
import { answers, answersOrPending, Choice, Submitted, Time, WaitQuery, Whole } from '../schemas.ts';

const Nullable = <T extends ReturnType<typeof Type.Object>>(schema: T) => Type.Union([schema, Type.Null()]);
const Cities = Type.Array(Type.String());

const Status = Type.Object({
  key: Nullable(
    Type.Object({
      generation: Whole,
      threshold: Whole,
      publicKey: Type.String(),
      dealers: Cities,
      evaluators: Cities,
      settledAt: Time,
    }),
  ),
  holdsShare: Type.Boolean({ description: 'This city evaluates for the others.' }),
  ceremony: Nullable(
    Type.Object({
      id: Type.String(),
      generation: Whole,
      kind: Choice(['fresh', 'reshare']),
      threshold: Whole,
      openedAt: Time,
      dealt: Cities,
    }),
  ),
  evaluated: Type.Integer({ description: 'Elements evaluated for other cities since the start.' }),
  outcomes: Type.Record(Type.String(), Whole),
  alarms: Type.Array(Type.Object({ code: Type.String(), message: Type.String(), at: Time })),
});

const Evaluation = Type.Object({
  number: Whole,
  at: Time,
  city: Type.String({ description: 'Who asked.' }),
  operator: Type.String({ description: 'Pseudonym of its officer; only that city can resolve it.' }),
  case: Type.String({ description: 'Commitment to the matter.' }),
  purpose: Choice(['lookup', 'record']),
  count: Whole,
  generation: Whole,
  outcome: Type.String({ description: '`evaluated`, or the code of the refusal.' }),
});

const Range = Type.Object(
  {
    from: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  },
  { additionalProperties: false },
);

const Opening = Type.Object(
  { kind: Choice(['fresh', 'reshare']), threshold: Type.Optional(Type.Integer({ minimum: 1, maximum: 1024 })) },
  { additionalProperties: false },
);

const Opened = Type.Object({
  id: Type.String({ description: 'Of the ceremony, as `GET /v1/oprf` has it.' }),
  ...Submitted.properties,
});

/** Private lookups: the key, the ceremony that makes it, and what was evaluated for whom (P2). */
export function addOprfRoutes({ app, city, oprf, services, idempotency }: RouteContext): void {
  const name = (index: number): string => city.genesis.authorities[index]?.name ?? String(index);
  app.route({
    method: 'GET',
    url: '/v1/oprf',
    config: { route: 'GET /v1/oprf' },
    schema: {
      summary: 'The key that subjects are looked up with, and the ceremony under way.',
      response: answers(200, Status),
    },
    handler: async () => {
      const { key, publicKey, holdsShare, ceremony, evaluated, outcomes, alarms } = await oprf.status();
      return {
        key:
          key === undefined
            ? null
            : {
                ...{ generation: key.generation, threshold: key.threshold },
                publicKey: publicKey === undefined ? '' : toHex(publicKey),
                ...{ dealers: key.dealers.map(name), evaluators: key.evaluators.map(name) },
                settledAt: timeView(key.settledAtMs),
              },
        holdsShare,
        ceremony:
          ceremony === undefined
            ? null
            : {
                id: toHex(ceremony.ceremonyId),
                ...{ generation: ceremony.generation, kind: ceremony.kind, threshold: ceremony.threshold },
                ...{ openedAt: timeView(ceremony.openedAtMs), dealt: ceremony.dealt.map(name) },
              },
        ...{ evaluated, outcomes: Object.fromEntries(outcomes) },
        alarms: alarms.map(({ code, message, atMs }) => ({ code, message, at: timeView(atMs) })),
      };
    },
  });

  app.route({
    method: 'GET',
    url: '/v1/oprf/evaluations',
    config: { route: 'GET /v1/oprf/evaluations' },
    schema: {
      summary: 'What this city evaluated for the officers of others: when, for whom, for which matter, how many.',
      querystring: Range,
      response: answers(200, Type.Object({ evaluations: Type.Array(Evaluation) })),
    },
    handler: async (request, reply) => {
      const evaluations = await oprf.evaluations(request.query);
      reply.header('cache-control', 'no-store');
      return {
        evaluations: evaluations.map(({ atMs, asker, ...entry }) => ({
          ...entry,
          ...{ at: timeView(atMs), city: name(asker) },
        })),
      };
    },
  });

  app.route({
    method: 'POST',
    url: '/v1/oprf/ceremony',
    config: { route: 'POST /v1/oprf/ceremony' },
    schema: {
      summary: 'Open a ceremony: for the first key, or for new shares of the present one.',
      querystring: WaitQuery('final'),
      body: Opening,
      response: answersOrPending(201, Opened),
    },
    handler: async (request, reply) => {
      const { wait = 'final' } = request.query;
      const opened = await services.ceremonies.open(request.body, idempotency.attemptOf(request), wait);
      request.log.info({ kind: request.body.kind }, 'an OPRF ceremony was opened by hand');
      return reply.code(opened.state === 'final' ? 201 : 202).send(opened);
    },
  });
}
