import { Type } from 'typebox';
import { timeView } from '../../services/views.ts';
import type { RouteContext } from '../route-context.ts';
import { answers, Choice, Time, Whole } from '../schemas.ts';

const Range = Type.Object(
  {
    from: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'First number; without it the newest.',
      }),
    ),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  },
  { additionalProperties: false },
);

const Check = Type.Object({
  number: Whole,
  at: Time,
  role: Type.String(),
  operator: Type.String({ description: 'The officer, or the role where none was named.' }),
  purpose: Type.String(),
  case: Type.String({ description: 'Reference of the matter.' }),
  given: Choice(['answer', 'receipt', 'details', 'paper', 'document']),
  result: Choice(['hit', 'none']),
  proof: Type.String({ description: 'Names what was asked about; two checks of one person have the same.' }),
  height: Whole,
});

/** Who asked why: for whoever supervises the city. */
export function addCheckBookRoutes({ app, registry }: RouteContext): void {
  app.route({
    method: 'GET',
    url: '/v1/checks',
    config: { route: 'GET /v1/checks' },
    schema: {
      summary: 'The checks that this city answered: when, in which role, for which purpose and matter.',
      querystring: Range,
      response: answers(200, Type.Object({ checks: Type.Array(Check) })),
    },
    handler: async (request, reply) => {
      const checks = await registry.checks(request.query);
      reply.header('cache-control', 'no-store');
      return { checks: checks.map(({ atMs, ...check }) => ({ ...check, at: timeView(atMs) })) };
    },
  });
}
